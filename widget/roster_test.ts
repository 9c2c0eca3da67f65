import { deepEqual, equal } from "node:assert/strict";
import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import {
  EMPTY_ROSTER,
  forgetAsked,
  hear,
  pictureOf,
  type Roster,
  settle,
  wantPicture,
} from "./roster.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";

const heard = (roster: Roster, ...infos: Info[]) =>
  infos.reduce<Roster>(hear, roster);
const ids = ({ cards }: Roster) => cards.map(({ id }) => id);
const started = settle(
  heard(
    hear(EMPTY_ROSTER, session()),
    info({ id: "b", order: 1 }),
    info({ id: "a", order: 0 }),
  ),
);

Deno.test("cards keep their order", () => {
  deepEqual(ids(started), ["a", "b"]);
});

Deno.test("a change of presence updates one card", () => {
  const changed = hear(started, info({ id: "b", order: 1, presence: "busy" }));

  deepEqual(changed.cards.map(({ presence }) => presence), ["online", "busy"]);
});

Deno.test("saving keeps the old cards until all new ones have arrived", () => {
  const saved = heard(hear(started, session()), info({ id: "c" }));

  deepEqual(ids(saved), ["a", "b"]);
  deepEqual(ids(settle(saved)), ["c"]);
});

Deno.test("a picture is requested once, however many cards show it", () => {
  const two = settle(heard(
    hear(EMPTY_ROSTER, session()),
    info({ id: "a", picture: "p" }),
    info({ id: "b", picture: "p", order: 1 }),
  ));
  const first = wantPicture(two, "a");
  const second = wantPicture(first.roster, "b");
  const url = "data:image/png;base64,AA==";
  const shown = hear(second.roster, { mt: "Picture", id: "a", url });

  deepEqual([first.ask, second.ask], [true, false]);
  deepEqual(shown.cards.map((card) => pictureOf(shown, card)), [url, url]);
  equal(wantPicture(shown, "b").ask, false);
});

Deno.test("a picture that was lost with the socket is requested again", () => {
  const one = settle(hear(
    hear(EMPTY_ROSTER, session()),
    info({ id: "a", picture: "p" }),
  ));
  const asked = wantPicture(one, "a").roster;

  equal(wantPicture(asked, "a").ask, false);
  equal(wantPicture(forgetAsked(asked), "a").ask, true);
});

Deno.test("only an image becomes a picture", () => {
  const one = settle(hear(
    hear(EMPTY_ROSTER, session()),
    info({ id: "a", picture: "p" }),
  ));
  const asked = wantPicture(one, "a").roster;
  const url = "https://tracker.example/pixel.png";
  const shown = hear(asked, { mt: "Picture", id: "a", url });

  equal(pictureOf(shown, info({ picture: "p" })), "");
});

import { deepEqual } from "node:assert/strict";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { rosterOf } from "./preview.ts";

Deno.test("a preview shows its cards in their order, with their pictures", () => {
  const infos = [
    info({ id: "ben", order: 2, picture: "p2" }),
    info({ id: "ada", order: 1, picture: "p1" }),
    info({ id: "cem", order: 10, picture: "p3" }),
  ];
  const start = session({ type: "sidebar" });

  const roster = rosterOf({
    session: start,
    infos,
    pictures: [{ mt: "Picture", id: "ada", url: "data:image/png;base64,AA==" }],
  });

  deepEqual(roster.cards.map(({ id }) => id), ["ada", "ben", "cem"]);
  deepEqual(roster.pictures, {
    p1: "data:image/png;base64,AA==",
    p2: "",
    p3: "",
  });
  deepEqual([roster.session, roster.incoming], [start, undefined]);
  deepEqual(infos.map(({ id }) => id), ["ben", "ada", "cem"]);
});

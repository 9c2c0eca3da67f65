import { deepEqual } from "node:assert/strict";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { DeskRoom } from "@/tests/support/desk_room.ts";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { Rung } from "@/tests/support/rung_desk.ts";
import type { Desk } from "./desk.ts";
import { newDesk } from "./desk_state.ts";
import { staysReachable } from "./stays_reachable.ts";

const LOCATION = new URL("https://example.com/desk");

Deno.test("[D42] leaving ends contacts if it signs out, or if it closes the last page", () => {
  using _ = replaceGlobals({ location: LOCATION });
  const ways = ["/admin", "/logout", "https://other.com/", undefined];
  const [only, oneOfTwo] = [{}, { pages: 2 }].map((known) =>
    ways.map((way) =>
      staysReachable(
        { ...newDesk("online"), ...known },
        way === undefined ? undefined : new URL(way, LOCATION),
      )
    )
  );

  deepEqual(only, [true, false, false, false]);
  deepEqual(oneOfTwo, [true, false, true, true]);
});

Deno.test("[D42] a call, and a message that has not arrived, end with the page", async () => {
  using _ = replaceGlobals({ location: LOCATION });
  const ends = ({ state }: Pick<Desk, "state">) =>
    !staysReachable(state.value, new URL("/admin", LOCATION));
  await using rung = await Rung.open();
  const ringing = ends(rung.desk);
  await rung.take(false);
  const inCall = ends(rung.desk);
  await using room = await DeskRoom.open();
  const page = new LossyDesk(room);
  page.desk.start();
  await page.deliver();
  const { id: chat } = await room.openChat("hello");
  await page.deliver();
  page.desk.dispatch({ type: "join", chat });
  await page.deliver();
  const before = ends(page.desk);
  page.desk.dispatch({ type: "draft", chat, text: "Hi" });
  page.desk.write(chat);
  const sending = ends(page.desk);
  await page.deliver();
  const sent = ends(page.desk);
  page.desk.stop();

  deepEqual([ringing, inCall], [false, true]);
  deepEqual([before, sending, sent], [false, true, false]);
});

import { deepEqual, equal, ok } from "node:assert/strict";
import { account, DeskRoom } from "@/tests/support/desk_room.ts";

const NONE = { online: 0, away: 0, busy: 0, dnd: 0, offline: 0 };

Deno.test("presences() counts each agent once, with the presence that visitors see", async () => {
  await using room = await DeskRoom.open([account("otto"), account("anna")]);
  deepEqual(room.bank.presences(), { ...NONE, offline: 2 });
  const page = room.page().connect();

  for (const presence of ["away", "busy", "dnd", "online"] as const) {
    page.say({ type: "choose", presence });

    deepEqual(room.bank.presences(), { ...NONE, offline: 1, [presence]: 1 });
  }
});

Deno.test("a disposed desk leaves no timer of its agents running", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  page.end(1006);
  const waiting = room.clock.pending;

  await room.bank[Symbol.asyncDispose]();

  ok(waiting > 0);
  equal(room.clock.pending, 0);
});

import { equal, ok } from "node:assert/strict";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import { account, DeskRoom } from "@/tests/support/desk_room.ts";

const settle = () => new Promise((done) => setTimeout(done, 0));

for (const store of ["fails", "hangs"] as const) {
  Deno.test(`[D12] a role that is taken away is gone, although the store ${store} for ten minutes`, async () => {
    await using room = await DeskRoom.open([account("otto")]);
    room.store = store;
    room.reads = 0;
    room.accounts = [account("otto", { roles: ["admin"] })];

    room.hub.tell("account-changed", { id: "id-otto" });
    for (let second = 0; second < 600; second++) {
      room.clock.advance(1_000);
      await settle();
    }
    ok(room.reads < 130, `${room.reads} reads in 600 s`);
    room.store = "ok";
    for (let second = 0; second < 40; second++) {
      room.clock.advance(1_000);
      await settle();
    }

    const page = room.page();
    page.connect();
    equal(page.closedWith, DESK_CLOSE.signedOut);
    equal(room.bank.owns("otto"), false);
  });
}

Deno.test("[D12] an agent who is added while the store fails can open a desk later", async () => {
  await using room = await DeskRoom.open([account("otto")]);
  room.store = "fails";
  room.accounts = [account("otto"), account("anna")];

  room.hub.tell("account-changed", { id: "id-anna" });
  await settle();
  equal(room.bank.owns("anna"), false);
  room.store = "ok";
  room.clock.advance(1_000);
  await room.bank.settled();

  equal(room.bank.owns("anna"), true);
});

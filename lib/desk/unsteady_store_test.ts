import { deepEqual, equal, ok } from "node:assert/strict";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import { account, DeskRoom } from "@/tests/support/desk_room.ts";

const settle = () => new Promise((done) => setTimeout(done, 0));

for (const store of ["fails", "hangs"] as const) {
  Deno.test(`[D12] a removed role takes effect although the store ${store} for ten minutes`, async () => {
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

Deno.test("[D12] an agent added while the store fails can open a desk later", async () => {
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

Deno.test("[D17] a choice that failed to store is stored when the store works again", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  room.store = "fails";

  page.say({ type: "choose", presence: "away" });
  for (let second = 0; second < 600; second++) {
    await settle();
    room.clock.advance(1_000);
  }
  ok(room.writes > 10 && room.writes < 60, `${room.writes} tries in 600 s`);
  const refusals = page.all("error").map(({ error }) => error);
  room.store = "ok";
  room.clock.advance(30_000);
  await settle();

  equal(room.choices.get("id-otto"), "away");
  deepEqual(refusals, ["not-stored"]);
  equal(page.all("choice-stored").length, 1);
});

Deno.test("[D17] if the store fails or is slow, the last of several choices is stored", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const slow = Promise.withResolvers<void>();
  room.choosing = slow.promise;

  page.say({ type: "choose", presence: "away" });
  page.say({ type: "choose", presence: "busy" });
  room.store = "fails";
  slow.resolve();
  await settle();
  const { writes } = room;
  page.say({ type: "choose", presence: "dnd" });
  page.say({ type: "choose", presence: "offline" });
  await settle();
  equal(room.writes, writes, "the retry writes them");
  const before = page.all("error").length;
  room.store = "ok";
  room.clock.advance(30_000);
  await settle();

  equal(room.choices.get("id-otto"), "offline");
  equal(before, 1);
  equal(page.all("choice-stored").length, 1);
  equal(room.writesAtOnceMax, 1);
});

Deno.test("[D17] a choice is stored even if the agent has closed the desk in the meantime", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  room.store = "fails";
  page.say({ type: "choose", presence: "dnd" });
  await settle();
  page.leave();

  room.store = "ok";
  room.clock.advance(30_000);
  await settle();

  equal(room.choices.get("id-otto"), "dnd");
});

Deno.test("[D17] stopping stores the last choice if the store works by then, and starts nothing else", async () => {
  const room = await DeskRoom.open();
  const page = room.page().connect();
  room.store = "fails";
  page.say({ type: "choose", presence: "away" });
  await settle();
  const slow = Promise.withResolvers<void>();
  room.choosing = slow.promise;
  room.store = "ok";
  room.clock.advance(1_000);
  await settle();
  page.say({ type: "choose", presence: "busy" });

  const stopped = room[Symbol.asyncDispose]();
  slow.resolve();
  await stopped;

  equal(room.choices.get("id-otto"), "busy");
  equal(room.clock.pending, 0);
});

Deno.test("[D12] an account change that is read while the service stops signs no page out", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const { promise, resolve } = Promise.withResolvers<void>();
  room.reading = promise;
  room.hub.tell("account-changed", { id: "id-otto" });

  const disposed = room.bank[Symbol.asyncDispose]();
  resolve();
  await disposed;

  equal(page.closedWith, 1012);
});

Deno.test("[D17] the choice of a deleted account isn't stored", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  room.store = "fails";
  page.say({ type: "choose", presence: "away" });
  await settle();

  room.store = "ok";
  room.accounts = [];
  room.hub.tell("account-changed", { id: "id-otto" });
  await room.bank.settled();
  room.clock.advance(30_000);
  await settle();

  equal(room.choices.has("id-otto"), false);
});

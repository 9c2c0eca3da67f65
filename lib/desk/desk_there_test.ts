import { deepEqual, equal } from "node:assert/strict";
import { account, DeskRoom } from "../../tests/support/desk_room.ts";
import { FakeDeskPage } from "../../tests/support/fake_desk_page.ts";

Deno.test("[D15] a page that is silent for 40 s counts as lost", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  const page = room.page().connect();
  room.clock.advance(600_000);
  equal(page.closedWith, undefined);

  page.answersPing = false;
  room.clock.advance(60_000);

  equal(page.closedWith, 4410);
  deepEqual(presences, ["offline", "online", "offline"]);
});

Deno.test("[D15] a page's ping is answered, even before hello", async () => {
  await using room = await DeskRoom.open();
  const page = room.page();

  page.open();
  page.say({ type: "ping" });

  deepEqual(page.heard.all, [{ type: "pong" }]);
});

Deno.test("[D16] each exceeded limit closes the socket with its own code", async () => {
  await using room = await DeskRoom.open();
  const long = room.page().connect();
  const bad = room.page().connect();
  const busy = room.page().connect();
  const slow = room.page().connect();

  long.send(" ".repeat(65_537));
  for (let n = 0; n < 5; n++) bad.send("{");
  for (let n = 0; n < 300; n++) busy.say({ type: "ping" });
  slow.bufferedAmount = 5_000_000;
  slow.say({ type: "ping" });

  deepEqual(
    [long, bad, busy, slow].map(({ closedWith }) => closedWith),
    [1009, 4400, 4429, 1013],
  );
});

Deno.test("[D16] a page that sends a little for a long time isn't closed", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();

  for (let n = 0; n < 2_000; n++) {
    page.say({ type: "ping" });
    room.clock.advance(34); // 295 in 10 s.
  }

  equal(page.closedWith, undefined);
});

Deno.test("[D16] a twenty-first page is rejected", async () => {
  await using room = await DeskRoom.open();
  for (let n = 0; n < 20; n++) room.page().connect();

  const page = room.page().connect();

  equal(page.closedWith, 1013);
});

Deno.test("[D16] a sixth ringing call gets busy", async () => {
  await using room = await DeskRoom.open();
  room.page().connect();
  for (let n = 0; n < 5; n++) await room.dial();

  const sixth = await room.dial();

  deepEqual(sixth.heard, [{ type: "terminated", cause: 17 }]);
});

Deno.test("[D17] the chosen presence survives a restart", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  page.say({ type: "choose", presence: "away" });

  await room.bank[Symbol.asyncDispose]();
  const closedWith = page.closedWith;
  await room.restart();
  const presences = room.presences();
  const again = room.page().connect();

  equal(closedWith, 1012);
  equal(again.last("welcome")?.choice, "away");
  deepEqual(presences, ["offline", "away"]);
});

Deno.test("[D17] an agent who is available or away is busy during a call", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  const page = room.page().connect();
  const call = await room.dial();

  page.say({ type: "call-take", call: call.id, n: 1 });
  page.say({ type: "choose", presence: "away" });
  page.say({ type: "choose", presence: "dnd" });
  page.say({ type: "call-hang-up", call: call.id, n: 2 });

  deepEqual(presences, ["offline", "online", "busy", "dnd"]);
  deepEqual(page.last("presence"), {
    type: "presence",
    choice: "dnd",
    presence: "dnd",
  });
});

Deno.test("[D17] a choice that can't be stored takes effect, and the page is notified", async () => {
  await using room = await DeskRoom.open();
  room.choices.set = () => {
    throw new Error("The disk is full");
  };
  const page = room.page().connect();

  page.say({ type: "choose", presence: "dnd" });
  await page.heard.until(({ type }) => type === "error");

  equal(page.last("presence")?.presence, "dnd");
  equal(page.last("error")?.error, "not-stored");
});

Deno.test("the page gets STUN and TURN servers on request", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();

  page.say({ type: "get-ice" });

  deepEqual(page.last("ice"), {
    type: "ice",
    stun: "stun.example.com",
    turn: "",
  });
});

Deno.test("search() returns agents sorted by name, page by page", async () => {
  await using room = await DeskRoom.open([
    account("c", { displayName: "Zoe" }),
    account("b", { displayName: "Anna" }),
    account("a", { displayName: "Anna" }),
    account("admin", { displayName: "Anna Admin", roles: ["admin"] }),
  ]);
  const { signal } = new AbortController();

  const first = await room.bank.search({ text: "", limit: 2 }, signal);
  const after = first.next ?? "";
  const second = await room.bank.search({ text: "", limit: 2, after }, signal);

  deepEqual(first.agents.map(({ address }) => address), ["a", "b"]);
  deepEqual(second.agents.map(({ address }) => address), ["c"]);
  equal(second.next, undefined);
});

Deno.test("DeskBank.overview() counts the contacts ringing for each agent", async () => {
  await using room = await DeskRoom.open();
  const id = room.accounts[0]?.id ?? "";
  const before = room.bank.overview(id);
  const page = room.page().connect();

  await room.openChat("hello");
  const call = await room.dial();
  const ringing = room.bank.overview(id);
  call.leg.send({ type: "hang-up", cause: 16 });

  deepEqual(before, { presence: "offline", waiting: 0 });
  deepEqual(ringing, { presence: "online", waiting: 2 });
  deepEqual(room.bank.overview(id)?.waiting, 1);
  equal(room.bank.overview("nobody"), undefined);
  equal(page.closedWith, undefined);
});

Deno.test("watchAll() reports who is there, then each change of all agents, until disposed of", async () => {
  await using room = await DeskRoom.open([account("otto"), account("Ida")]);
  const page = room.page().connect();
  const told: string[] = [];

  const watch = room.bank.watchAll((address, presence) =>
    told.push(`${address} ${presence}`)
  );
  page.say({ type: "choose", presence: "away" });
  new FakeDeskPage(room.bank, room.accounts[1]!).connect();
  watch[Symbol.dispose]();
  page.say({ type: "choose", presence: "dnd" });

  deepEqual(told, ["otto online", "otto away", "ida online"]);
});

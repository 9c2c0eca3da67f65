import { deepEqual, equal } from "node:assert/strict";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import { account, DeskRoom } from "@/tests/support/desk_room.ts";

Deno.test("[D16] a frame of 65,536 characters is read, a longer one closes with 1009", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();

  page.send(`{"type":"ping"}`.padEnd(65_536));
  deepEqual(page.last("pong"), { type: "pong" });
  equal(page.closedWith, undefined);
  page.send(`{"type":"ping"}`.padEnd(65_537));

  equal(page.closedWith, 1009);
});

Deno.test("[D16] the fifth unreadable message closes with 4400", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();

  for (let n = 0; n < 4; n++) page.send("{");
  equal(page.closedWith, undefined);
  page.send("{");

  equal(page.closedWith, 4400);
});

Deno.test("[D16] 300 messages in 10 s are read, as from visitors, and one more closes with 4429", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect(); // Its hello is the first message.

  for (let n = 0; n < 299; n++) page.say({ type: "ping" });
  room.clock.advance(9_999);
  equal(page.closedWith, undefined);
  page.say({ type: "ping" });

  equal(page.closedWith, 4429);
  equal(LIMITS.messagesPerWindow, 300);
  equal(LIMITS.windowMs, 10_000);
});

Deno.test("[D16] a page is too slow if more than 4 MiB are waiting for it", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();

  page.bufferedAmount = 4_194_304;
  page.say({ type: "ping" });
  equal(page.closedWith, undefined);
  page.bufferedAmount = 4_194_305;
  page.say({ type: "ping" });

  equal(page.closedWith, 1013);
});

Deno.test("[D16] a socket without hello closes with 4408 after 15 s", async () => {
  await using room = await DeskRoom.open();
  const page = room.page();
  page.open();

  room.clock.advance(14_999);
  equal(page.closedWith, undefined);
  room.clock.advance(1);

  equal(page.closedWith, 4408);
});

Deno.test("[D16] nothing that a rejected socket sends or does has an effect", async () => {
  await using room = await DeskRoom.open();
  const pages = Array.from({ length: 20 }, () => room.page().connect());
  const codes: number[] = [];
  const socket = {
    bufferedAmount: 0,
    send: () => {},
    close: (code: number) => codes.push(code),
  };

  const refused = room.bank.accept(socket, account("otto"));
  refused.message(`{"type":"choose","presence":"dnd"}`);
  refused.closed(1006);

  deepEqual(codes, [1013]);
  deepEqual(
    pages.map(({ closedWith }) => closedWith),
    pages.map(() => undefined),
  );
  equal(pages[0]?.last("presence"), undefined);
});

Deno.test("[D16] 50 chats can be open, and the next one gets busy", async () => {
  await using room = await DeskRoom.open();
  room.page().connect();
  const chats = [];
  for (let n = 0; n < 50; n++) chats.push(await room.openChat("Hello"));

  const next = await room.openChat("Hello");

  deepEqual(next.heard, [{ type: "terminated", cause: 17 }]);
  equal(
    chats.every(({ heard }) => heard.every((e) => e.type === "alerting")),
    true,
  );
});

Deno.test("[D15] a page is pinged after 15 s and counts as lost after 40 s of silence", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  page.answersPing = false;

  room.clock.advance(14_999);
  equal(page.last("ping"), undefined);
  room.clock.advance(1);
  deepEqual(page.last("ping"), { type: "ping" });
  room.clock.advance(24_999); // It looks at each ping: after 45 s.
  equal(page.closedWith, undefined);
  room.clock.advance(5_001);

  equal(page.closedWith, 4410);
});

Deno.test("[D15] a pause of the service closes no page, and a page that stays silent is lost afterwards", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const silent = room.page().connect();
  const greeting = room.page();
  greeting.open();
  silent.answersPing = false;

  room.clock.stall(60_000);
  const afterPause = [page, silent, greeting].map((one) => one.closedWith);
  room.clock.advance(45_000);

  deepEqual(afterPause, [undefined, undefined, undefined]);
  deepEqual([page, silent, greeting].map((one) => one.closedWith), [
    undefined,
    4410,
    4408,
  ]);
});

Deno.test("search() continues after the last agent of a page, and has no next page at the end", async () => {
  await using room = await DeskRoom.open([account("a"), account("b")]);
  const { signal } = new AbortController();

  const whole = await room.bank.search({ text: "", limit: 2 }, signal);
  const none = await room.bank.search({ text: "x", limit: 2 }, signal);

  deepEqual(whole.agents.map(({ address }) => address), ["a", "b"]);
  equal(whole.next, undefined);
  deepEqual(none, { agents: [] });
});

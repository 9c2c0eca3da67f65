import { deepEqual, equal, notEqual } from "node:assert/strict";
import {
  back,
  chatIn,
  openChatStore,
  settled,
  tokenOf,
} from "@/tests/support/stored_chat.ts";
import { fakeChatStore } from "@/tests/support/fake_chat_store.ts";
import { START, VisitorRoom } from "@/tests/support/visitor_room.ts";

// Leaving a room without closing it and opening another one on the same store
// plays a killed process.

Deno.test("[V40] a page finds its chat again after the process was killed", async () => {
  using kept = await openChatStore();
  const page = await chatIn(new VisitorRoom({}, { chatStore: kept.store }));

  using room = await VisitorRoom.restarted(kept.store);
  const [chat] = room.agents.chats.all;
  const again = await back(room, page, 1);
  again.say({ mt: "ChatMessage", id: "v2", text: "three" });
  again.say({ mt: "ChatMessage", id: "v3", text: "four" });
  await again.until("ChatAck", ({ id }) => id === "v3");

  equal(tokenOf(again), tokenOf(page));
  deepEqual(again.all("ChatInfo"), [
    { mt: "ChatInfo", state: "connected", dn: "Otto" },
  ]);
  deepEqual(again.all("ChatMessage").map(({ seq, text }) => [seq, text]), [
    [2, "two"],
    [3, "three"],
  ]);
  deepEqual(chat?.visitorTexts, ["one", "three", "four"]);
  deepEqual(chat.chat.visitor.name, "Ada");
});

Deno.test("[V40] a restored seat waits for its page until its time is up", async () => {
  using kept = await openChatStore();
  const page = await chatIn(new VisitorRoom({}, { chatStore: kept.store }));
  using room = await VisitorRoom.restarted(kept.store);
  const [chat] = room.agents.chats.all;

  room.clock.advance(119_000);
  equal(chat?.over, false);
  room.clock.advance(2_000);
  await settled();

  equal(chat?.over, true);
  deepEqual(room.records.map(({ cause, messages }) => [cause, messages]), [
    [16, 3],
  ]);
  deepEqual(await kept.texts(), []);
  notEqual(tokenOf(await back(room, page, 3)), tokenOf(page));
});

Deno.test("[V40] a restored seat that its page has left for too long is gone", async () => {
  using kept = await openChatStore();
  const page = await chatIn(new VisitorRoom({}, { chatStore: kept.store }));
  using room = await VisitorRoom.restarted(kept.store);
  const found = await back(room, page, 3);

  found.drop();
  room.clock.advance(61_000);
  await settled();
  const late = await back(room, page, 3);

  equal(tokenOf(found), tokenOf(page));
  notEqual(tokenOf(late), tokenOf(page));
});

Deno.test("[V40] nothing in the store gives access to a seat", async () => {
  using kept = await openChatStore();
  const page = await chatIn(new VisitorRoom({}, { chatStore: kept.store }));
  const [found] = await Array.fromAsync(kept.store.all());

  using room = await VisitorRoom.restarted(kept.store);
  const thief = room.open();
  const resume = found?.chat.seat ?? "";
  thief.say({ ...START, v: 1, resume, seq: 0 });
  await thief.until("Session");

  equal(JSON.stringify(found).includes(tokenOf(page)), false);
  notEqual(tokenOf(thief), resume);
  deepEqual(thief.all("ChatMessage"), []);
});

Deno.test("[CHAT22] an agent's bank that lost the chat ends it, keeping every message", async () => {
  using kept = await openChatStore();
  const page = await chatIn(new VisitorRoom({}, { chatStore: kept.store }));

  using room = await VisitorRoom.restarted(kept.store, {
    agents: ["atlantis"],
  });
  await settled();
  const again = await back(room, page, 1);

  deepEqual(again.all("ChatMessage").map(({ text }) => text), ["two", "three"]);
  deepEqual(again.all("ChatInfo"), [
    { mt: "ChatInfo", state: "terminated", cause: 41 },
  ]);
  deepEqual(room.records.map(({ cause, messages }) => [cause, messages]), [
    [41, 3],
  ]);
});

Deno.test("[CHAT22] a chat that was ringing keeps ringing after one restart, and after two", async () => {
  using kept = await openChatStore();
  const first = new VisitorRoom({}, { chatStore: kept.store });
  const page = await first.page();
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  first.agents.chats.all[0]?.emit({ type: "alerting" });
  page.say({ mt: "ChatMessage", id: "v1", text: "one" });
  await page.until("ChatAck");

  const second = await VisitorRoom.restarted(kept.store);
  const between = await back(second, page, 1);
  between.say({ mt: "ChatMessage", id: "v2", text: "two" });
  await between.until("ChatAck");
  using third = await VisitorRoom.restarted(kept.store);
  const again = await back(third, between, 0);
  const [chat] = third.agents.chats.all;
  chat?.emit({ type: "joined" });

  equal(chat?.before?.alerted, true);
  equal(chat.before.joinedAt, undefined);
  deepEqual(again.all("ChatInfo").map(({ state }) => state), [
    "alerting",
    "connected",
  ]);
  deepEqual(chat.visitorTexts, ["one", "two"]);
});

Deno.test("[CHAT23] the messages of an ended chat are deleted", async () => {
  using kept = await openChatStore();
  using room = new VisitorRoom({}, { chatStore: kept.store });
  const page = await chatIn(room);
  deepEqual(await kept.texts(), ["one", "two", "three"]);

  page.say({ mt: "ClearChat" });
  await page.until("ChatInfo", ({ state }) => state === "terminated");
  room.clock.advance(59_999);
  await settled();
  equal((await kept.texts()).length, 3);
  room.clock.advance(1);
  await settled();

  deepEqual(await kept.texts(), []);
});

Deno.test("[CHAT23] a page that leaves, or starts another chat, leaves nothing stored", async () => {
  using kept = await openChatStore();
  using room = new VisitorRoom({}, { chatStore: kept.store });
  const page = await chatIn(room);
  page.say({ mt: "ClearChat" });
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  page.say({ mt: "ChatMessage", id: "n1", text: "new" });
  await page.until("ChatAck", ({ id }) => id === "n1");
  await settled();
  deepEqual(await kept.texts(), ["new"]);

  page.drop();
  room.clock.advance(61_000);
  await settled();

  deepEqual(await kept.texts(), []);
});

Deno.test("[CHAT22] a page that missed the end of a chat before the kill receives it afterwards", async () => {
  using kept = await openChatStore();
  const first = new VisitorRoom({}, { chatStore: kept.store });
  const page = await chatIn(first);
  page.drop();
  first.agents.chats.all[0]?.emit({ type: "message", id: "a2", text: "bye" });
  first.agents.chats.all[0]?.end(16);
  await settled();

  using room = await VisitorRoom.restarted(kept.store);
  const again = await back(room, page, 3);

  deepEqual(again.all("ChatMessage").map(({ text }) => text), ["bye"]);
  deepEqual(again.all("ChatInfo").map(({ state }) => state), ["terminated"]);
  const [record] = first.records;
  deepEqual(room.records, [record]); // Nobody knew whether it was stored.
});

Deno.test("[CHAT22] a chat that continues after a restart stays in the store", async () => {
  using kept = await openChatStore();
  const page = await chatIn(new VisitorRoom({}, { chatStore: kept.store }));

  using room = await VisitorRoom.restarted(kept.store);
  await back(room, page, 3);
  for (let minute = 0; minute < 10; minute++) {
    room.clock.advance(60_000);
    await settled();
  }

  deepEqual(await kept.texts(), ["one", "two", "three"]);
});

Deno.test("[CHAT23] a chat that ended before a restart is deleted 60 s after it", async () => {
  using kept = await openChatStore();
  const first = new VisitorRoom({}, { chatStore: kept.store });
  const page = await chatIn(first);
  page.drop();
  first.agents.chats.all[0]?.end(16);
  await settled();

  using room = await VisitorRoom.restarted(kept.store);
  await back(room, page, 3);
  room.clock.advance(59_000);
  await settled();
  deepEqual(await kept.texts(), ["one", "two", "three"]);
  room.clock.advance(2_000);
  await settled();

  deepEqual(await kept.texts(), []);
});

Deno.test("[CHAT21] a store that rejects everything stops no chat", async () => {
  const broken = fakeChatStore(() => Promise.reject(new Error("disk full")));
  using room = new VisitorRoom({}, { chatStore: broken });

  const page = await chatIn(room);
  page.say({ mt: "ClearChat" });
  await page.until("ChatInfo", ({ state }) => state === "terminated");

  deepEqual(room.agents.chats.all[0]?.visitorTexts, ["one", "three"]);
});

import { deepEqual, equal } from "node:assert/strict";
import { FakePage } from "@/tests/support/fake_page.ts";
import { sampleOffer } from "@/tests/support/sdp.ts";
import {
  back,
  chatIn,
  openChatStore,
  settled,
  tokenOf,
} from "@/tests/support/stored_chat.ts";
import { settle, START, VisitorRoom } from "@/tests/support/visitor_room.ts";

Deno.test("[V23] a planned stop keeps a running chat for the next process", async () => {
  using kept = await openChatStore();
  const first = new VisitorRoom({}, { chatStore: kept.store });
  const page = await chatIn(first);
  const [leg] = first.agents.chats.all;
  const commands = leg?.commands.all.length;

  await first.bank.drain(60_000); // No call runs: there is nothing to wait for.
  equal(
    page.closedWith,
    undefined,
    "the chat continues while the service waits for calls",
  );
  first.bank[Symbol.dispose]();
  await first.bridge.settled();

  equal(page.closedWith, 1012);
  deepEqual(
    page.all("ChatInfo").map(({ state }) => state).includes("terminated"),
    false,
  );
  equal(leg?.commands.all.length, commands);
  deepEqual(first.records, []);
  equal(first.clock.pending, 0);
  deepEqual(await kept.texts(), ["one", "two", "three"]);
  using room = await VisitorRoom.restarted(kept.store);
  const again = await back(room, page, 1);
  await settled();
  deepEqual(again.all("ChatMessage").map(({ text }) => text), ["two", "three"]);
});

Deno.test("[V23] a page that loses its socket while the service drains keeps its chat", async () => {
  using kept = await openChatStore();
  const first = new VisitorRoom({}, { chatStore: kept.store });
  const page = await chatIn(first);
  const caller = await first.page();
  caller.say({ mt: "CreateCall", dest: "columbia", dn: "Bob" });
  const drained = first.bank.drain(300_000);

  page.drop();
  for (let second = 0; second < 120; second++) {
    first.clock.advance(1_000);
    await settle();
  }
  caller.say({ mt: "ClearCall" });
  first.clock.advance(1_000);
  await drained;
  first.bank[Symbol.dispose]();
  await first.bridge.settled();

  deepEqual(await kept.texts(), ["one", "two", "three"]);
});

Deno.test("[V23] a stop ends a chat with cause 41 if running chats aren't stored", async () => {
  const room = new VisitorRoom();
  const page = await chatIn(room);

  room.bank[Symbol.dispose]();
  await room.bridge.settled();

  deepEqual(page.all("ChatInfo").at(-1), {
    mt: "ChatInfo",
    state: "terminated",
    cause: 41,
  });
});

Deno.test("[V23] with other instances, a stopping one parks its chats immediately, and closes their pages with 1001 afterwards", async () => {
  using kept = await openChatStore();
  const first = new VisitorRoom({}, { chatStore: kept.store });
  const page = await chatIn(first);
  const [leg] = first.agents.chats.all;

  const drained = first.bank.drain(300_000, { toOthers: true });
  equal(page.closedWith, undefined, "its chat is not parked yet");
  await settled();
  first.clock.advance(1_000);
  await drained;
  const other = await VisitorRoom.restarted(kept.store);
  const again = await back(other, page, 1);

  equal(page.closedWith, 1001);
  equal(leg?.over, false);
  deepEqual(first.records, []);
  deepEqual(again.all("ChatMessage").map(({ text }) => text), ["two", "three"]);
  for (const room of [first, other]) room.bank[Symbol.dispose]();
  await other.bridge.settled();
});

Deno.test("[V23] with other instances, idle pages are closed evenly over a third of the drain time, 10 s at most", async () => {
  for (const [drainMs, spreadMs] of [[300_000, 10_000], [9_000, 3_000]]) {
    using room = new VisitorRoom();
    const pages = await Promise.all(
      Array.from({ length: 22 }, () => room.page()),
    );
    const closed = () =>
      pages.filter(({ closedWith }) => closedWith === 1012).length;

    const drained = room.bank.drain(drainMs ?? 0, { toOthers: true });
    const counts = [closed()];
    for (let ms = 0; ms < (spreadMs ?? 0); ms += 1_000) {
      room.clock.advance(1_000);
      counts.push(closed());
    }
    await drained;

    const steps = counts.map((count, n) => count - (counts[n - 1] ?? 0));
    const share = Math.ceil(22 / counts.length);
    equal(counts.at(-1), 22);
    equal(Math.max(...steps) <= share, true, `${steps} closed at a time`);
  }
});

Deno.test("[V23] an instance that is about to stop takes a relayed page only for its call", async () => {
  using kept = await openChatStore();
  const room = new VisitorRoom({}, { chatStore: kept.store });
  const { bank, agents } = room;
  const [chatting, calling] = [await chatIn(room), await room.page()];
  calling.say({ mt: "CreateCall", dest: "columbia", dn: "Bob" });
  calling.say({ mt: "Channels", cmd: "PROPOSAL", sdp: sampleOffer("voice") });
  const resume = (page: FakePage) => {
    const token = tokenOf(page);
    let isTaken = false;
    const again = new FakePage((...args) => {
      const events = bank.acceptRelayed(token, ...args);
      isTaken = events !== undefined;
      return events ?? { message() {}, closed() {} };
    });
    if (isTaken) again.say({ ...START, v: 1, resume: token });
    return isTaken ? again : undefined;
  };
  equal(resume(chatting) === undefined, false);

  const drained = bank.drain(300_000, { toOthers: true });
  equal(resume(chatting), undefined, "its chat is about to move");
  const again = resume(calling);
  await again?.until("Session");
  again?.say({ mt: "ClearCall" });
  await settled();
  room.clock.advance(1_000);
  await drained;

  equal(agents.calls.all.length, 1);
  equal(agents.calls.all[0]?.over, true);
  room[Symbol.dispose]();
  await room.bridge.settled();
});

import { deepEqual, equal } from "node:assert/strict";
import {
  back,
  chatIn,
  openChatStore,
  settled,
} from "@/tests/support/stored_chat.ts";
import { settle, VisitorRoom } from "@/tests/support/visitor_room.ts";

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

import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { RunningChatStore } from "@/lib/store/running_chat_store.ts";
import { sampleOffer } from "@/tests/support/sdp.ts";
import { back, chatIn, settled, tokenOf } from "@/tests/support/stored_chat.ts";
import { VisitorRoom } from "@/tests/support/visitor_room.ts";

/** Two instances on one store, of which only the first has visitors. */
async function openTwo() {
  const kv = await Deno.openKv(":memory:");
  const [first, second] = ["first", "second"].map((own) =>
    new VisitorRoom({}, { chatStore: new RunningChatStore(kv, own) })
  );
  if (first === undefined || second === undefined) throw new Error("no room");
  return { first, second, kv, [Symbol.dispose]: () => kv.close() };
}

Deno.test("[V44] the page of a chat that another instance has claimed is closed with 1001, and its chat continues there", async () => {
  using rooms = await openTwo();
  const { first, second } = rooms;
  const page = await chatIn(first);
  const [leg] = first.agents.chats.all;
  const commands = leg?.commands.all.length;

  await second.bank.adopt(tokenOf(page));
  equal(second.bank.hasSeat(tokenOf(page)), true);
  page.say({ mt: "ChatMessage", id: "v3", text: "four" });
  while (page.closedWith === undefined) await settled();
  const again = await back(second, page, 3);
  again.say({ mt: "ChatMessage", id: "v3", text: "four" });
  await again.until("ChatAck");
  await Promise.all([first.bridge.settled(), second.bridge.settled()]);

  equal(page.closedWith, 1001);
  deepEqual(page.all("ChatAck").map(({ id }) => id), ["v1", "v2"]);
  deepEqual(again.all("ChatAck").map(({ id, seq }) => [id, seq]), [["v3", 4]]);
  equal(leg?.commands.all.length, commands, "the old home said nothing more");
  deepEqual(first.records, []);
  equal(first.bank.hasSeat(tokenOf(page)), false);
  second.bank[Symbol.dispose]();
  first.bank[Symbol.dispose]();
  await Promise.all([first.bridge.settled(), second.bridge.settled()]);
});

Deno.test("[V44] a call of a page that is sent to its chat ends with 41", async () => {
  using rooms = await openTwo();
  const { first, second } = rooms;
  const page = await chatIn(first);
  page.say({ mt: "CreateCall", dest: "columbia", dn: "Ada" });
  page.say({ mt: "Channels", cmd: "PROPOSAL", sdp: sampleOffer("voice") });
  const [call] = first.agents.calls.all;

  await second.bank.adopt(tokenOf(page));
  page.say({ mt: "ChatMessage", id: "v3", text: "four" });
  equal(await page.closing(), 1001);

  const hangUp = { type: "hang-up", cause: CAUSE.temporaryFailure };
  deepEqual(call?.commands.all.at(-1), hangUp);
  for (const room of [first, second]) room.bank[Symbol.dispose]();
  await Promise.all([first.bridge.settled(), second.bridge.settled()]);
});

Deno.test("[V44] a seat is adopted once, and only with a token that has a chat", async () => {
  using rooms = await openTwo();
  const { first, second } = rooms;
  const page = await chatIn(first);
  const token = tokenOf(page);

  await second.bank.adopt("0123456789abcdef");
  await Promise.all([second.bank.adopt(token), second.bank.adopt(token)]);
  await settled();

  equal(second.bank.hasSeat("0123456789abcdef"), false);
  equal(second.agents.chats.all.length, 1);
  for (const room of [first, second]) room.bank[Symbol.dispose]();
  await Promise.all([first.bridge.settled(), second.bridge.settled()]);
});

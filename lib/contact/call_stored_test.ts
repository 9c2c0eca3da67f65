import { deepEqual } from "node:assert/strict";
import { fakeChatStore } from "@/tests/support/fake_chat_store.ts";
import { ADA, DeskRoom } from "@/tests/support/desk_room.ts";
import { CallVisitor, SEAT, settled } from "@/tests/support/kept_call_room.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";
import { Bridge } from "./bridge.ts";
import { type ChatStore, KEEP_WITHIN_MS } from "./chat_keeper.ts";
import type { MediaMessage } from "./ports.ts";

/** A call that the agent has just answered, in a store with this `write`. */
async function answered(write: ChatStore["write"]) {
  const desk = await DeskRoom.open();
  const bridge = new Bridge({
    agents: desk.bank,
    records: { add: () => Promise.resolve() },
    chatStore: fakeChatStore(write),
    clock: desk.clock,
  });
  const visitor = new CallVisitor();
  const page = desk.page().connect();
  const contacts = bridge.contacts(visitor, SEAT);
  contacts.createCall({ address: "otto", visitor: ADA, video: true });
  const offer = { cmd: "PROPOSAL", sdp: sampleOffer() } as const;
  contacts.call.dispatch({ type: "channels", channels: offer });
  await settled();
  const call = page.last("call")?.call.id ?? "";
  const next = () => ({ call, n: page.n(call) });
  page.say({ type: "call-take", ...next() });
  page.say({ type: "call-answer", ...next(), sdp: sampleAnswer() });
  const say = (media: MediaMessage) =>
    page.say({ type: "call-media", ...next(), media });
  const hold = () => page.say({ type: "call-hold", ...next(), held: true });
  await settled();
  const heard = () =>
    visitor.heard.map((message) =>
      "state" in message ? message.state : message.mt
    );
  return { desk, bridge, contacts, say, hold, heard };
}

Deno.test("[CALL21] the visitor learns that a call is connected once it is stored, and of later events after that", async () => {
  const written = Promise.withResolvers<readonly string[]>();
  const { desk, bridge, contacts, hold, heard } = await answered(() =>
    written.promise
  );
  await using _desk = desk;
  hold();
  await settled();
  const before = heard();

  written.resolve([]);
  await bridge.settled();
  contacts.call.dispatch({ type: "clear" });

  deepEqual(before, ["alerting"]);
  deepEqual(heard(), ["alerting", "connected", "CallHold", "terminated"]);
  await bridge.settled();
});

Deno.test("[CALL21] the visitor receives an answer of the agent once it is stored", async () => {
  let written = Promise.resolve<readonly string[]>([]);
  const { desk, bridge, contacts, say, heard } = await answered(() => written);
  await using _desk = desk;
  await bridge.settled();
  const offer = { cmd: "PROPOSAL", sdp: sampleOffer() } as const;
  contacts.call.dispatch({ type: "channels", channels: offer });
  await bridge.settled();
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  written = promise;

  say({ cmd: "SELECT", sdp: sampleAnswer() });
  await settled();
  const before = heard();
  resolve([]);
  await bridge.settled();
  contacts.call.dispatch({ type: "clear" });

  deepEqual(before, ["alerting", "connected"]);
  deepEqual(heard(), ["alerting", "connected", "Channels", "terminated"]);
  await bridge.settled();
});

Deno.test("[CALL21] a store that does not answer delays a connected call by a second, and one that fails does not", async () => {
  const silent = Promise.withResolvers<readonly string[]>();
  const slow = await answered(() => silent.promise);
  await using _slow = slow.desk;
  const failing = await answered(() => Promise.reject(new Error("disk full")));
  await using _failing = failing.desk;

  slow.desk.clock.advance(KEEP_WITHIN_MS - 1);
  const before = slow.heard();
  slow.desk.clock.advance(1);

  deepEqual(before, ["alerting"]);
  deepEqual(slow.heard(), ["alerting", "connected"]);
  deepEqual(failing.heard(), ["alerting", "connected"]);
  silent.resolve([]);
  for (const { contacts } of [slow, failing]) {
    contacts.call.dispatch({ type: "clear" });
  }
  await slow.bridge.settled();
});

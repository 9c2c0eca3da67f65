import { deepEqual, equal } from "node:assert/strict";
import { ADA, brief, callOver, TestBridge } from "@/tests/support/bridge.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";

const HANG_UP = (cause: number) => ({ type: "hang-up", cause });

Deno.test("[CALL1] the first offer rings, with alerting once and then connected with the answer", () => {
  const bridge = new TestBridge();
  bridge.create();
  const before = bridge.calls.length;

  bridge.offer();
  const [call] = bridge.calls;
  call?.emit({ type: "alerting" });
  call?.emit({ type: "alerting" });
  call?.emit({ type: "connected", sdp: sampleAnswer(), name: "Ben" });

  equal(before, 0);
  deepEqual({ ...call?.call, id: "" }, {
    id: "",
    address: "atlantis",
    visitor: ADA,
    ...{ media: "video", sdp: sampleOffer(), canHandOver: true },
  });
  const connected = { mt: "CallInfo", state: "connected", cmd: "SELECT" };
  deepEqual(bridge.told, [
    { mt: "CallInfo", state: "alerting" },
    { ...connected, sdp: sampleAnswer(), dn: "Ben" },
  ]);
});

Deno.test("[CALL2] an early answer is held until the agent picks up", () => {
  const bridge = new TestBridge();
  const call = bridge.ring();
  const early = (sdp: string) =>
    call.emit({ type: "channels", channels: { cmd: "SELECT", sdp } });

  early(sampleAnswer().replace("4554", "5000"));
  early(sampleAnswer());
  const before = bridge.look();
  call.emit({ type: "connected" });

  deepEqual(before, []);
  deepEqual(bridge.told, [
    {
      mt: "CallInfo",
      state: "connected",
      cmd: "SELECT",
      sdp: sampleAnswer(),
    },
  ]);
});

Deno.test("[CALL3] a pickup without an answer waits for it", () => {
  const bridge = new TestBridge();
  const call = bridge.ring();

  call.emit({ type: "connected" });
  const before = bridge.look();
  bridge.clock.advance(1_000);
  const sdp = sampleAnswer();
  call.emit({ type: "channels", channels: { cmd: "SELECT", sdp } });
  bridge.clock.advance(1_000_000);
  bridge.page.clearCall();

  deepEqual(before, []);
  deepEqual(brief(bridge.told), [
    "CallInfo connected",
    "CallInfo terminated",
  ]);
  const [record] = bridge.records;
  equal(record?.answeredAt, record?.startedAt);
});

Deno.test("[CALL4] a call without an offer ends before it rings", () => {
  const bridge = new TestBridge({ offerWithinMs: 5_000 });
  bridge.create();

  bridge.clock.advance(4_999);
  const before = bridge.look();
  bridge.clock.advance(1);
  bridge.offer();

  deepEqual(before, []);
  deepEqual(bridge.told, [callOver(102)]);
  deepEqual(bridge.calls, []);
});

Deno.test("[CALL5] an unanswered call is hung up in time", () => {
  const bridge = new TestBridge({ answerWithinMs: 60e3, mediaWithinMs: 30e3 });
  const ringing = bridge.ring();
  bridge.clock.advance(60_000);
  const unanswered = bridge.look();
  const picked = bridge.ring();
  bridge.clock.advance(59_000);
  picked.emit({ type: "connected" });

  bridge.clock.advance(29_999);
  const before = bridge.look();
  bridge.clock.advance(1);

  deepEqual(before, []);
  deepEqual(unanswered, [callOver(19)]);
  deepEqual(ringing.commands.all, [HANG_UP(19)]);
  deepEqual(bridge.told, [callOver(102)]);
  deepEqual(picked.commands.all, [HANG_UP(102)]);
});

Deno.test("[CALL6] a call ends once, even if more events follow", () => {
  const bridge = new TestBridge();
  const call = bridge.connect();

  bridge.page.clearCall();
  bridge.page.clearCall();
  call.tellPeer({ type: "terminated", cause: 27 });
  call.tellPeer({ type: "connected", sdp: sampleAnswer() });
  bridge.page.close();
  bridge.clock.advance(1_000_000);

  deepEqual(bridge.told, [callOver(16)]);
  deepEqual(call.commands.all, [HANG_UP(16)]);
  equal(bridge.records.length, 1);
});

Deno.test("[CALL7] a second CreateCall gets busy, and the first call continues", () => {
  const bridge = new TestBridge();
  const call = bridge.ring();

  bridge.create();
  call.emit({ type: "connected", sdp: sampleAnswer() });

  deepEqual(brief(bridge.told), ["CallInfo terminated", "CallInfo connected"]);
  deepEqual(bridge.told[0], callOver(17));
  deepEqual(call.commands.all, []);
});

Deno.test("[CALL8] ClearCall ends a call in any state with cause 16, and the agent's hang-up with its own cause", () => {
  const bridge = new TestBridge();

  bridge.create();
  bridge.page.clearCall();
  const ringing = bridge.ring();
  bridge.page.clearCall();
  bridge.ring().end(21);

  deepEqual(bridge.told, [callOver(16), callOver(16), callOver(21)]);
  deepEqual(ringing.commands.all, [HANG_UP(16)]);
});

Deno.test("[CALL9] events from an earlier call are ignored", () => {
  const bridge = new TestBridge();
  const first = bridge.ring();
  bridge.page.clearCall();
  bridge.ring();
  bridge.look();

  first.tellPeer({ type: "alerting" });
  first.tellPeer({ type: "connected", sdp: sampleAnswer() });
  first.tellPeer({ type: "terminated", cause: 16 });

  deepEqual(bridge.told, []);
});

Deno.test("[CALL10] a call that rang leaves one record, any other call none", () => {
  const bridge = new TestBridge();
  bridge.create();
  bridge.page.clearCall();
  const startedAt = bridge.clock.now();
  const call = bridge.ring();
  bridge.clock.advance(3_000);
  call.emit({ type: "connected", sdp: sampleAnswer() });
  bridge.clock.advance(5_000);

  call.end(16);

  deepEqual(bridge.records, [{
    id: call.call.id,
    widget: ADA.widget.uuid,
    address: "atlantis",
    media: "video",
    startedAt,
    answeredAt: startedAt + 3_000,
    endedAt: startedAt + 8_000,
    cause: 16,
    messages: 0,
    consent: ADA.consent,
  }]);
});

Deno.test("[CALL14] a page that resumes gets the state of its call", () => {
  const bridge = new TestBridge();
  const seen: string[][] = [];
  const resume = () => {
    bridge.look();
    bridge.page.back(0);
    seen.push(brief(bridge.look()));
  };

  resume();
  bridge.create();
  resume();
  bridge.offer();
  resume();
  const [call] = bridge.calls;
  call?.emit({ type: "alerting" });
  resume();
  call?.emit({ type: "connected", sdp: sampleAnswer() });
  resume();
  call?.emit({ type: "hold", held: true });
  const sdp = sampleOffer();
  call?.emit({ type: "channels", channels: { cmd: "PROPOSAL", sdp } });
  resume();
  call?.end(16);
  resume();

  deepEqual(seen, [
    [],
    ["Channels REQUEST"],
    [],
    ["CallInfo alerting"],
    ["CallInfo connected"],
    ["CallInfo connected", "CallHold", "Channels PROPOSAL"],
    ["CallInfo terminated"],
  ]);
});

const REQUEST = { address: "atlantis", visitor: ADA, video: true };

Deno.test("[CALL7] CreateCall with the same contact changes nothing, with another it replaces the call", () => {
  const bridge = new TestBridge();
  bridge.page.createCall({ ...REQUEST, contact: "first" });
  bridge.offer();
  const [first] = bridge.calls;

  bridge.page.createCall({ ...REQUEST, contact: "first" });
  const repeated = bridge.look();
  bridge.page.createCall({ ...REQUEST, contact: "second" });
  const replaced = bridge.look();
  bridge.offer();

  deepEqual(repeated, []);
  deepEqual(replaced, [{ ...callOver(16), contact: "first" }]);
  deepEqual(first?.commands.all, [HANG_UP(16)]);
  equal(bridge.calls.length, 2);
});

Deno.test("[CALL9] Channels of another call are ignored", () => {
  const bridge = new TestBridge();
  bridge.page.createCall({ ...REQUEST, contact: "this" });
  const offer = {
    mt: "Channels",
    cmd: "PROPOSAL",
    sdp: sampleOffer(),
  } as const;

  bridge.page.channels({ ...offer, contact: "other" });
  const rung = bridge.calls.length;
  bridge.page.channels({ ...offer, contact: "this" });

  deepEqual([rung, bridge.calls.length], [0, 1]);
});

Deno.test("[CALL14] a call named in Start that the bridge doesn't know has ended", () => {
  const bridge = new TestBridge();
  const lost = { ...callOver(41), contact: "lost" };

  bridge.page.back(0, { call: "lost" });
  const without = bridge.look();
  bridge.page.createCall({ ...REQUEST, contact: "this" });
  bridge.page.back(0, { call: "lost" });
  const other = bridge.look();
  bridge.page.back(0, { call: "this" });

  deepEqual(without, [lost]);
  deepEqual(other.slice(1), [lost]);
  deepEqual(brief(bridge.look()), ["Channels REQUEST"]);
});

Deno.test("[CALL20] every message about a call carries the page's contact", () => {
  const bridge = new TestBridge();
  bridge.page.createCall({ ...REQUEST, contact: "c1" });
  bridge.offer();
  const [call] = bridge.calls;
  call?.emit({ type: "alerting" });
  call?.emit({ type: "connected", sdp: sampleAnswer() });
  call?.emit({ type: "hold", held: true });
  call?.emit({ type: "renamed", name: "Ben" });
  const sdp = sampleOffer();
  call?.emit({ type: "channels", channels: { cmd: "PROPOSAL", sdp } });
  call?.end(16);

  const told = bridge.look();

  equal(told.length, 6);
  for (const message of told) {
    equal("contact" in message && message.contact, "c1", message.mt);
  }
});

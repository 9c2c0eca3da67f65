import { deepEqual, equal } from "node:assert/strict";
import { CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import { OFFERS_MAX } from "@/lib/model/handover.ts";
import { brief, callOver, TestBridge } from "@/tests/support/bridge.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";

const TO_BOB = {
  ...{ type: "offer-call", to: "bob", name: "Otto", note: "VIP" } as const,
};
const SELECT = {
  type: "channels",
  channels: { cmd: "SELECT", sdp: sampleAnswer() },
} as const;

/** A connected call, which is offered to Bob. */
function requested() {
  const bridge = new TestBridge();
  for (const address of ["bob", "carol"]) {
    bridge.agents.add({ address, name: address, email: "" });
  }
  const first = bridge.connect();
  first.emit(TO_BOB);
  return { bridge, first };
}

/** The same, and the leg of Bob, who is asked. */
function offered() {
  const { bridge, first } = requested();
  bridge.page.move({ cmd: "PROPOSAL", peer: 1, sdp: sampleOffer() });
  const other = bridge.calls.at(-1);
  if (other === undefined || other === first) {
    throw new Error("Cannot find the offer");
  }
  bridge.look();
  return { bridge, first, other };
}

/** The same, and Bob's answer has reached the visitor. */
function answered() {
  const all = offered();
  all.other.emit({ type: "connected", name: "Bob" });
  all.other.emit(SELECT);
  all.bridge.look();
  return all;
}

Deno.test("[CALL23] the other agent is rung with an offer of another connection, and has the call once media flow over it", () => {
  const { bridge, first } = requested();
  const asked = bridge.look();
  bridge.page.move({ cmd: "PROPOSAL", peer: 1, sdp: sampleOffer() });
  const other = bridge.calls.at(-1);
  other?.emit({ type: "alerting" });
  other?.emit({ type: "connected", name: "Bob" });
  const taken = bridge.look();
  other?.emit(SELECT);
  const answer = bridge.look();
  const before = first.commands.all.length;
  bridge.page.move({ cmd: "READY", peer: 1 });

  deepEqual(asked, [{ mt: "CallMove", cmd: "REQUEST", peer: 1 }]);
  const { offeredBy, address, media, sdp } = other?.call ?? {};
  deepEqual([offeredBy, address, media, sdp], [
    { name: "Otto", note: "VIP" },
    "bob",
    "video",
    sampleOffer(),
  ]);
  deepEqual(taken, []);
  deepEqual(answer, [
    { mt: "CallMove", cmd: "SELECT", peer: 1, sdp: sampleAnswer() },
  ]);
  equal(before, 0);
  deepEqual(bridge.look(), [
    { mt: "CallMove", cmd: "DONE", peer: 1, dn: "Bob" },
  ]);
  deepEqual(first.commands.all, [{ type: "hang-up", cause: HANDED_OVER }]);
  equal(other?.over, false);
});

Deno.test("[CALL23] after a handover, media of the new connection reach the new agent, and those of the old one nobody", () => {
  const { bridge, first, other } = answered();
  const channels = { cmd: "PROPOSAL", mt: "Channels", sdp: sampleOffer() };
  bridge.page.move({ cmd: "READY", peer: 1 });
  bridge.look();

  bridge.page.channels({ ...channels, cmd: "PROPOSAL", mt: "Channels" });
  const old = other.commands.all.length;
  bridge.page.channels({
    ...{ cmd: "PROPOSAL", mt: "Channels", sdp: sampleOffer(), peer: 1 },
  });
  other.emit(SELECT);
  first.tellPeer({ type: "hold", held: true });
  first.tellPeer({ type: "terminated", cause: CAUSE.normal });

  equal(old, 0);
  deepEqual(other.commands.all.map(({ type }) => type), ["channels"]);
  deepEqual(brief(bridge.look()), ["Channels SELECT"]);
});

Deno.test("[CALL23] what the new agent does before media flow counts afterwards", () => {
  const { bridge, first, other } = answered();
  first.emit({ type: "hold", held: true });
  bridge.look();
  other.emit({
    type: "channels",
    channels: { cmd: "PROPOSAL", sdp: sampleOffer() },
  });
  const before = bridge.look();

  bridge.page.move({ cmd: "READY", peer: 1 });

  deepEqual(before, []);
  deepEqual(brief(bridge.look()), [
    ...["CallMove DONE", "CallHold", "Channels PROPOSAL"],
  ]);
});

Deno.test("[CALL23] a call stays if the page does not offer within 5 s, the other agent does not answer within 20 s, or media do not flow within 30 s", () => {
  const unheard = requested();
  const silent = offered();
  const mute = offered();
  mute.other.emit({ type: "connected", name: "Bob" });
  const broken = answered();

  for (
    const [{ bridge, first }, ms, cause] of [
      [unheard, 5_000, CAUSE.outOfOrder],
      [silent, 20_000, CAUSE.noAnswer],
      [mute, 30_000, CAUSE.outOfOrder],
      [broken, 30_000, CAUSE.outOfOrder],
    ] as const
  ) {
    bridge.look();
    bridge.clock.advance(ms - 1);
    const before = first.commands.all.length;
    bridge.clock.advance(1);

    equal(before, 0);
    deepEqual(first.commands.all, [{ type: "not-taken", cause }]);
    deepEqual(bridge.look(), [{ mt: "CallMove", cmd: "CLOSE", peer: 1 }]);
    deepEqual(bridge.calls.filter(({ over }) => !over), [first]);
  }
});

Deno.test("[CALL23] a call stays if the other agent declines, the first one keeps it, or the media are not encrypted", () => {
  const declined = offered();
  declined.other.end(CAUSE.rejected);
  const kept = answered();
  kept.first.emit({ type: "keep-call" });
  const open = requested();
  const sdp = sampleOffer().replace(/a=fingerprint.*\r\n/g, "");
  open.bridge.look();
  open.bridge.page.move({ cmd: "PROPOSAL", peer: 1, sdp });
  const insecure = offered();
  insecure.other.emit({ type: "connected", name: "Bob", sdp });

  for (
    const [{ bridge, first }, cause] of [
      [declined, CAUSE.rejected],
      [kept, CAUSE.normal],
      [open, CAUSE.mediaRefused],
      [insecure, CAUSE.mediaRefused],
    ] as const
  ) {
    deepEqual(first.commands.all, [{ type: "not-taken", cause }]);
    deepEqual(bridge.look(), [{ mt: "CallMove", cmd: "CLOSE", peer: 1 }]);
    deepEqual(bridge.calls.filter(({ over }) => !over), [first]);
    bridge.page.move({ cmd: "READY", peer: 1 });
    deepEqual(bridge.look(), [{ mt: "CallMove", cmd: "CLOSE", peer: 1 }]);
  }
});

Deno.test("[CALL23] an agent cannot hand a call over to themself, nor during an offer, nor more than 50 times", () => {
  const { bridge, first } = requested();
  first.emit({ ...TO_BOB, to: "carol" });
  const during = bridge.look();
  first.emit({ type: "keep-call" });
  bridge.look();
  first.emit({ ...TO_BOB, to: "ATLANTIS" });
  const own = bridge.look();
  for (let n = 1; n < OFFERS_MAX; n++) {
    first.emit(TO_BOB);
    first.emit({ type: "keep-call" });
  }
  bridge.look();
  first.emit(TO_BOB);

  deepEqual([brief(during), own], [["CallMove REQUEST"], []]);
  deepEqual(bridge.look(), []);
  deepEqual(first.commands.all.at(-1), {
    type: "not-taken",
    cause: CAUSE.unallocated,
  });
});

Deno.test("[CALL23] an offer ends with the call, on either side", () => {
  const byVisitor = answered();
  byVisitor.bridge.page.clearCall();
  const byAgent = answered();
  byAgent.first.end(CAUSE.temporaryFailure);

  for (
    const [{ bridge, first, other }, cause] of [
      [byVisitor, CAUSE.normal],
      [byAgent, CAUSE.temporaryFailure],
    ] as const
  ) {
    deepEqual([first.over, other.over], [true, true]);
    deepEqual(bridge.look(), [callOver(cause)]);
    deepEqual(bridge.records.map((one) => one.handovers), [undefined]);
  }
});

Deno.test("[CALL24] a page that resumes during a handover, or after it, receives what it has missed", () => {
  const { bridge, first } = requested();
  bridge.look();
  bridge.page.back(0);
  const unasked = brief(bridge.look());
  const offer = { cmd: "PROPOSAL", peer: 1, sdp: sampleOffer() } as const;
  bridge.page.move(offer);
  bridge.page.move(offer); // Nobody has answered.
  const other = bridge.calls.at(-1);
  other?.emit({ type: "connected", name: "Bob" });
  other?.emit(SELECT);
  bridge.look();
  bridge.page.move(offer);
  const missedAnswer = brief(bridge.look());
  bridge.page.move({ cmd: "READY", peer: 1 });
  bridge.look();
  bridge.page.move({ cmd: "READY", peer: 1 });
  const missedEnd = brief(bridge.look());
  bridge.page.back(0);
  const later = brief(bridge.look());

  deepEqual(unasked, ["CallInfo connected", "CallMove REQUEST"]);
  deepEqual(missedAnswer, ["CallMove SELECT"]);
  deepEqual(missedEnd, ["CallMove DONE"]);
  deepEqual(later, ["CallInfo connected", "CallMove DONE"]);
  equal(bridge.calls.length, 2);
  equal(first.over, true);
});

Deno.test("[CALL23] the record of a call names each agent who had it", () => {
  const { bridge, other } = answered();
  bridge.clock.advance(5_000);
  bridge.page.move({ cmd: "READY", peer: 1 });
  bridge.clock.advance(5_000);
  other.end(CAUSE.normal);

  const [record] = bridge.records;
  const { startedAt = NaN } = record ?? {};
  deepEqual(
    [record?.address, record?.agent, record?.handovers],
    ["atlantis", undefined, [
      { at: startedAt + 5_000, from: "atlantis", to: "bob" },
    ]],
  );
  deepEqual(
    [record?.answeredAt, record?.endedAt],
    [startedAt, startedAt + 10_000],
  );
});

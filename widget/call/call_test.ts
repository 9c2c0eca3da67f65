import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { refusal, stepCall } from "./call.ts";
import {
  newCall,
  type PageCall,
  type PageCallEffect,
  type PageCallEvent,
} from "./call_state.ts";
import { reasonOf } from "./end_reason.ts";

const told = (message: ContactMessage): PageCallEvent => ({
  type: "told",
  message,
});
const offered: PageCallEvent = { type: "offered", sdp: "offer" };
const alerting = told({ mt: "CallInfo", state: "alerting" });
const answer = told({
  mt: "CallInfo",
  state: "connected",
  cmd: "SELECT",
  sdp: "answer",
});
const proposal = told({ mt: "Channels", cmd: "PROPOSAL", sdp: "theirs" });
const select = told({ mt: "Channels", cmd: "SELECT", sdp: "answer 2" });
const CONNECTED = [offered, alerting, answer];

function walk(...events: PageCallEvent[]) {
  let call: PageCall = newCall({
    agent: { id: "ada", name: "Ada" },
    visitor: "Bob",
    contact: "c1",
  });
  let last: readonly PageCallEffect[] = [];
  for (const event of events) {
    const step = stepCall(call, event, 7_000);
    call = step.state;
    last = step.effects;
  }
  return { call, last, did: last.map(nameOf) };
}

function nameOf(effect: PageCallEffect): string {
  if (effect.type === "offer") return effect.restart ? "restart" : "offer";
  if (effect.type !== "say") return effect.type;
  const { message } = effect;
  return "cmd" in message ? message.cmd : message.mt;
}

Deno.test("a call is created with its offer, rings, and is connected", () => {
  deepEqual(walk(offered).did, ["CreateCall", "PROPOSAL"]);
  equal(walk(offered, alerting).call.state, "alerting");
  deepEqual(walk(...CONNECTED).did, ["take-answer"]);
  equal(walk(...CONNECTED).call.since, 7_000);
});

Deno.test("a call that was answered has ended, whatever ended it", () => {
  for (const cause of [CAUSE.normal, CAUSE.busy, CAUSE.temporaryFailure, 1]) {
    const over = told({ mt: "CallInfo", state: "terminated", cause });

    const { reason, cause: shown } = walk(...CONNECTED, over).call;

    deepEqual([reason, shown], ["ended", cause]);
  }
});

Deno.test("every cause has a message", () => {
  deepEqual(
    [16, 17, 18, 19, 102, 21, 88, 27, 41, 1].map(reasonOf),
    [
      "ended",
      "endedBusy",
      "endedNoAnswer",
      "endedNoAnswer",
      "endedNoAnswer",
      "endedRejected",
      "endedMedia",
      "endedLine",
      "endedLine",
      "endedLine",
    ],
  );
});

Deno.test("each refusal of a call has a reason that the visitor is told", () => {
  const reasons = ([
    "dest-refused",
    "media-refused",
    "rate-limited",
    "proof-required",
    "closed",
  ] as const).map((error) => {
    const event = refusal(error);
    return event && walk(offered, event).call.reason;
  });

  deepEqual(reasons, [
    "endedMedia",
    "endedMedia",
    "tooMany",
    "proofFailed",
    "closed",
  ]);
  deepEqual(
    ([
      "unknown-widget",
      "origin-refused",
      "bad-message",
      "unavailable",
    ] as const)
      .map(refusal),
    Array(4).fill(undefined),
  );
});

Deno.test("a hang-up is sent once, and only for a call that was created", () => {
  const hangUp: PageCallEvent = { type: "hang-up" };

  deepEqual(walk(hangUp).did, ["close"]);
  deepEqual(walk(offered, hangUp).did, ["ClearCall", "close"]);
  deepEqual(walk(offered, hangUp, hangUp).did, []);
});

Deno.test("the agent's hang-up, a rejection and missing devices end the call", () => {
  const ends = [
    told({ mt: "CallInfo", state: "terminated", cause: CAUSE.busy }),
    { type: "refused" },
    { type: "failed", reason: "noPermission" },
  ] as const;

  deepEqual(
    ends.map((event) => walk(offered, event).call.reason),
    ["endedBusy", "endedMedia", "noPermission"],
  );
});

Deno.test("a network change restarts the media of the same call", () => {
  const { did } = walk(...CONNECTED, { type: "broken" });
  const answered = walk(
    ...CONNECTED,
    { type: "broken" },
    { type: "reoffered", sdp: "offer 2" },
    select,
    { type: "flowing" },
  );

  deepEqual(did, ["restart"]);
  equal(answered.call.state, "connected");
  equal(answered.call.broken, false);
  deepEqual(walk(...CONNECTED, { type: "network" }).did, ["restart"]);
});

Deno.test("a restart waits for the connection to the service", () => {
  const away = walk(...CONNECTED, { type: "disconnected" }, { type: "broken" });
  const back = walk(
    ...CONNECTED,
    { type: "disconnected" },
    { type: "broken" },
    { type: "reconnected", resumed: true },
  );

  deepEqual(away.did, []);
  deepEqual(back.did, ["restart"]);
});

Deno.test("an offer whose answer was lost with the connection is sent again", () => {
  const { did } = walk(
    ...CONNECTED,
    { type: "changed" },
    { type: "disconnected" },
    { type: "reconnected", resumed: true },
  );

  deepEqual(did, ["offer"]);
});

Deno.test("a call whose seat has expired is lost", () => {
  const { call } = walk(
    ...CONNECTED,
    { type: "disconnected" },
    { type: "reconnected", resumed: false },
  );

  equal(call.reason, "endedLost");
});

Deno.test("the agent's offer wins over the widget's, which is repeated", () => {
  const both: PageCallEvent[] = [
    ...CONNECTED,
    { type: "changed" },
    proposal,
  ];

  deepEqual(walk(...both).did, ["take-offer"]);
  deepEqual(walk(...both, { type: "reoffered", sdp: "late" }).did, []);
  deepEqual(walk(...both, { type: "answered", sdp: "a" }).did, [
    "SELECT",
    "offer",
  ]);
});

Deno.test("offers are sent one after the other", () => {
  const changed: PageCallEvent = { type: "changed" };

  deepEqual(walk(...CONNECTED, changed, changed).did, []);
  deepEqual(walk(...CONNECTED, changed, changed, select).did, [
    "take-answer",
    "offer",
  ]);
});

Deno.test("the agent can ask for an offer, hold and retrieve", () => {
  const request = told({ mt: "Channels", cmd: "REQUEST" });
  const hold = (held: boolean) => told({ mt: "CallHold", held });

  deepEqual(walk(...CONNECTED, request).did, ["offer"]);
  equal(walk(...CONNECTED, hold(true)).call.held, true);
  equal(walk(...CONNECTED, hold(true), hold(false)).call.held, false);
});

Deno.test("after a transfer the call has another name but the same address", () => {
  const { call } = walk(...CONNECTED, told({ mt: "CallName", dn: "Ben" }));

  equal(call.agent.name, "Ben");
  equal(call.agent.id, walk(...CONNECTED).call.agent.id);
});

Deno.test("messages of an earlier call change nothing", () => {
  equal(walk(alerting).call.state, "preparing");
  equal(
    walk(told({ mt: "CallInfo", state: "terminated", cause: 16 })).call.state,
    "preparing",
  );
  deepEqual(walk(offered, proposal).did, []);
});

const back: PageCallEvent = { type: "reconnected", resumed: true };
const away: PageCallEvent = { type: "disconnected" };

Deno.test("a call without any response is created again after the reconnect", () => {
  deepEqual(walk(offered, away, back).did, ["CreateCall", "PROPOSAL"]);
  deepEqual(walk(offered, alerting, away, back).did, []);
  deepEqual(
    walk(offered, told({ mt: "Channels", cmd: "REQUEST" })).did,
    ["PROPOSAL"],
  );
});

Deno.test("an unanswered call ends, and the service is notified", () => {
  const until = (...events: PageCallEvent[]) => walk(...events).call.until;
  const late: PageCallEvent = { type: "time" };

  equal(until(offered), 207_000);
  equal(until(offered, alerting), 207_000);
  equal(until(offered, away), 82_000);
  equal(until(...CONNECTED), undefined);
  deepEqual(walk(offered, late).did, ["ClearCall", "close"]);
  equal(walk(offered, late).call.reason, "endedNoAnswer");
  equal(walk(offered, away, late).call.reason, "endedLost");
});

Deno.test("a call that this page can't handle also ends at the service", () => {
  const failed: PageCallEvent = { type: "failed", reason: "endedLine" };

  deepEqual(walk(...CONNECTED, failed).did, ["ClearCall", "close"]);
  deepEqual(walk(offered, { type: "refused" }).did, ["ClearCall", "close"]);
});

Deno.test("messages for the contact of another call change nothing", () => {
  const of = (contact: string) =>
    told({ mt: "CallInfo", state: "terminated", cause: 16, contact });

  equal(walk(offered, of("c0")).call.state, "calling");
  equal(walk(offered, of("c1")).call.state, "ended");
});

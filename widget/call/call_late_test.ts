import { deepEqual, equal } from "node:assert/strict";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { stepCall } from "./call.ts";
import { newCall, type PageCall, type PageCallEvent } from "./call_state.ts";

// Events that come late, twice or in the wrong state.

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
const select = told({ mt: "Channels", cmd: "SELECT", sdp: "late" });
const over = told({ mt: "CallInfo", state: "terminated", cause: 16 });
const lost: PageCallEvent = { type: "disconnected" };
const back: PageCallEvent = { type: "reconnected", resumed: true };
const CONNECTED = [offered, alerting, answer];

/** Runs events, one second apart. */
function walk(...events: PageCallEvent[]) {
  let call: PageCall = newCall({
    agent: { id: "ada", name: "Ada" },
    visitor: "",
    contact: "c1",
  });
  let did: string[] = [];
  events.forEach((event, n) => {
    const step = stepCall(call, event, 1_000 * n);
    call = step.state;
    did = step.effects.map((effect) =>
      effect.type === "say" ? effect.message.mt : effect.type
    );
  });
  return { call, did };
}

Deno.test("a second offer of the page isn't a second call", () => {
  const { call, did } = walk(offered, offered);

  deepEqual([call.state, did], ["calling", []]);
});

Deno.test("a call whose connection is lost before its offer is made ends", () => {
  const { call, did } = walk(lost, offered);

  deepEqual([call.state, call.reason, did], ["ended", "endedLost", ["close"]]);
});

Deno.test("a call that waits for the microphone doesn't notice a short interruption", () => {
  const { call, did } = walk(lost, back);

  deepEqual([call.state, call.isOnline, did], ["preparing", true, []]);
  equal(walk(lost, back, offered).call.state, "calling");
  equal(
    walk(lost, { type: "reconnected", resumed: false }).call.state,
    "preparing",
  );
});

Deno.test("a call that the service doesn't know yet can't be answered", () => {
  const { call, did } = walk(answer);

  deepEqual([call.state, did], ["preparing", []]);
});

Deno.test("a repeated answer changes nothing", () => {
  const once = walk(...CONNECTED);
  const twice = walk(...CONNECTED, answer);

  deepEqual(twice.did, []);
  deepEqual(twice.call, once.call);
});

Deno.test("an answer to an offer that the page didn't make is ignored", () => {
  const { call, did } = walk(...CONNECTED, select);

  deepEqual([call.state, did], ["connected", []]);
});

Deno.test("a call that rings has its full time again after an interruption", () => {
  const { call } = walk(offered, alerting, lost, back);

  equal(call.until, 3_000 + 200_000);
});

Deno.test("a call that is over stays over", () => {
  const ended = walk(...CONNECTED, over);
  const events = [
    offered,
    alerting,
    answer,
    select,
    over,
    lost,
    back,
    { type: "reconnected", resumed: false },
    { type: "hang-up" },
    { type: "broken" },
  ] as const;

  for (const event of events) {
    const { call, did } = walk(...CONNECTED, over, event);

    deepEqual(
      [call.state, call.reason, did],
      ["ended", "ended", []],
      event.type,
    );
    equal(call.since, ended.call.since);
  }
});

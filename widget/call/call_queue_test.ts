import { deepEqual, equal } from "node:assert/strict";
import { en } from "@/lib/i18n/widget/en.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { translator } from "../translate.ts";
import { stepCall } from "./call.ts";
import {
  ANSWER_MS,
  LINK_MS,
  newCall,
  type PageCall,
  type PageCallEvent,
} from "./call_state.ts";
import { spokenState } from "./spoken.ts";

const told = (message: ContactMessage): PageCallEvent => ({
  type: "told",
  message,
});
const offered: PageCallEvent = { type: "offered", sdp: "offer" };
const second = told({ mt: "QueueInfo", of: "call", position: 2 });
const alerting = told({ mt: "CallInfo", state: "alerting" });
const answer = told({
  mt: "CallInfo",
  state: "connected",
  cmd: "SELECT",
  sdp: "answer",
});
const over = told({ mt: "CallInfo", state: "terminated", cause: 19 });

/** Returns a call after its offer and these events, all at time 0. */
function after(...events: PageCallEvent[]): PageCall {
  return [offered, ...events].reduce(
    (call, event) => stepCall(call, event, 0).state,
    newCall({
      agent: { id: "sales", name: "Sales" },
      visitor: "",
      contact: "c1",
    }),
  );
}

Deno.test("a waiting call has its place in the queue until an agent is rung or answers, or the call ends", () => {
  const place = (...events: PageCallEvent[]) =>
    after(...events).queue?.position;

  deepEqual(
    [place(), place(second), place(alerting, second)],
    [undefined, 2, 2],
  );
  for (const event of [alerting, answer, over, { type: "hang-up" } as const]) {
    equal(place(second, event), undefined);
  }
  equal(place(answer, second), undefined);
  equal(place(over, second), undefined);
  equal(place(told({ mt: "QueueInfo", of: "chat", position: 5 })), undefined);
});

Deno.test("a call may wait in a queue for any time, but not without the service", () => {
  const until = (...events: PageCallEvent[]) => after(...events).until;

  deepEqual([until(), until(second)], [ANSWER_MS, undefined]);
  equal(until(second, { type: "disconnected" }), LINK_MS);
  equal(until(second, alerting), ANSWER_MS);
});

Deno.test("a call that was rung and waits again says its place, and doesn't ring", () => {
  const waiting = after(alerting, second);

  equal(waiting.state, "calling");
  equal(
    spokenState(waiting, translator({ ...en })),
    "You are number 2 in the queue.",
  );
});

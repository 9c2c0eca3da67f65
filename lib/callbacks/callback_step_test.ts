import { deepEqual, equal } from "node:assert/strict";
import { property } from "@/tests/support/chance.ts";
import type { CallbackState } from "@/lib/model/callback.ts";
import {
  type CallbackEvent,
  dueAt,
  RETRY_MS,
  RING_MS,
  RINGS_MAX,
  stateOf,
  step,
} from "./callback_step.ts";

const FROM = Date.UTC(2030, 0, 7, 9);
const time = (now: number, opensAt?: number): CallbackEvent => ({
  type: "time",
  opensAt,
  retryAt: now + RETRY_MS,
});

Deno.test("[DUE1] [DUE3] a callback rings three times, ten minutes apart, and is a message then", () => {
  let call = stateOf({ from: FROM });
  const seen: [string, number][] = [];
  for (let now = FROM - 60_000; now < FROM + 3_600_000; now += 5_000) {
    const next = step(call, time(now), now);
    if (next !== call) seen.push([next.state, (now - FROM) / 1_000]);
    call = next;
  }

  deepEqual(seen, [
    ["ringing", 0],
    ["waiting", 60],
    ["ringing", 660],
    ["waiting", 720],
    ["ringing", 1_320],
    ["over", 1_380],
  ]);
  deepEqual(call, { state: "over", tries: RINGS_MAX });
});

Deno.test("[DUE2] [DUE3] a taken callback does not ring until its agent has not reached the visitor", () => {
  const ringing = step(stateOf({ from: FROM }), time(FROM), FROM);

  const taken = step(ringing, { type: "take" }, FROM + 5);
  const later = step(taken, time(FROM + RETRY_MS), FROM + RETRY_MS);
  const missed = step(taken, { type: "missed", retryAt: FROM + 100 }, FROM + 9);

  deepEqual(taken, { state: "taken", at: FROM + 5, tries: 0 });
  equal(later, taken);
  deepEqual(missed, { state: "waiting", at: FROM + 100, tries: 1 });
  equal(step(taken, { type: "take" }, FROM + 6), taken);
  equal(
    step(missed, { type: "missed", retryAt: 0 }, FROM + 10),
    missed,
  );
});

Deno.test("[DUE3] a taken callback is missed an hour later if its agent says nothing", () => {
  const at = FROM + 3_600_000;
  for (const tries of [0, RINGS_MAX - 1]) {
    const taken: CallbackState = { state: "taken", at: FROM, tries };

    const before = step(taken, time(at - 1), at - 1);
    const after = step(taken, time(at), at);

    equal(before, taken);
    equal(dueAt(taken), at);
    const next = tries + 1 < RINGS_MAX
      ? { state: "waiting", at: at + RETRY_MS, tries: tries + 1 }
      : { state: "over", tries: RINGS_MAX };
    deepEqual(after, next);
  }
});

Deno.test("[DUE4] outside opening hours it waits for the next one, and that is no ring", () => {
  const call = step(stateOf({ from: FROM }), time(FROM, FROM + 7_000), FROM);

  deepEqual(call, { state: "waiting", at: FROM + 7_000, tries: 0 });
});

Deno.test("[DUE3] over any order of events, a callback rings at most three times and is over at the end", () => {
  property(500, (chance) => {
    let call: CallbackState = stateOf({ from: FROM });
    let now = FROM - 1_000;
    let rings = 0;
    const dispatch = (event: CallbackEvent) => {
      const next = step(call, event, now);
      if (next.state === "ringing" && call.state !== "ringing") rings++;
      call = next;
    };
    for (let n = 0; n < 60; n++) {
      now += chance.below(RETRY_MS);
      const pick = chance.below(4);
      if (pick === 0) dispatch({ type: "take" });
      else if (pick === 1) {
        dispatch({ type: "missed", retryAt: now + RETRY_MS });
      } else dispatch(time(now));
    }
    for (let n = 0; n < 20; n++) {
      now += RETRY_MS + RING_MS;
      dispatch({ type: "missed", retryAt: now });
      dispatch(time(now));
    }
    equal(dueAt(call), undefined);
    equal(call.state, "over");
    equal(rings <= RINGS_MAX, true, `${rings}`);
  });
});

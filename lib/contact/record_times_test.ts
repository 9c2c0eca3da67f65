import { deepEqual } from "node:assert/strict";
import { TestBridge } from "@/tests/support/bridge.ts";
import { sampleAnswer } from "@/tests/support/sdp.ts";

const HOUR_MS = 3_600_000;

for (const jump of [HOUR_MS, -HOUR_MS]) {
  const by = `${jump / HOUR_MS} h`;

  Deno.test(`[CALL10] a call's record has the true duration, although the clock is set by ${by} twice`, () => {
    const bridge = new TestBridge();
    const startedAt = bridge.clock.wall();
    const call = bridge.ring();
    bridge.clock.jumpWall(jump);
    bridge.clock.advance(3_000);
    call.emit({ type: "connected", sdp: sampleAnswer() });
    bridge.clock.jumpWall(jump);
    bridge.clock.advance(5_000);

    call.end(16);

    deepEqual(timesOf(bridge), [
      startedAt,
      startedAt + 3_000,
      startedAt + 8_000,
    ]);
  });

  Deno.test(`[CHAT12] a chat's record has the true duration, although the clock is set by ${by} twice`, () => {
    const bridge = new TestBridge();
    const startedAt = bridge.clock.wall();
    const chat = bridge.openChat();
    bridge.clock.jumpWall(jump);
    bridge.clock.advance(2_000);
    chat.emit({ type: "joined" });
    bridge.clock.jumpWall(jump);
    bridge.clock.advance(1_000);

    chat.end(16);

    deepEqual(timesOf(bridge), [
      startedAt,
      startedAt + 2_000,
      startedAt + 3_000,
    ]);
  });

  Deno.test(`[CALL10] the next contact's record starts at the time to which the clock was set by ${by}`, () => {
    const bridge = new TestBridge();
    bridge.ring().end(16);
    bridge.clock.jumpWall(jump);
    const startedAt = bridge.clock.wall();

    const call = bridge.ring();
    bridge.clock.advance(1_000);
    call.end(17);

    deepEqual(timesOf(bridge), [startedAt, undefined, startedAt + 1_000]);
  });
}

function timesOf({ records }: TestBridge) {
  const record = records.at(-1);
  return [record?.startedAt, record?.answeredAt, record?.endedAt];
}

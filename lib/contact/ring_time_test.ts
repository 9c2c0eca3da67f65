import { deepEqual } from "node:assert/strict";
import { brief, callOver, TestBridge } from "@/tests/support/bridge.ts";

Deno.test("[CALL5] a call whose leg rings longer is hung up later, but never after the limit", () => {
  const bridge = new TestBridge({ answerWithinMs: 60e3, ringMsMax: 120e3 });
  for (const [forMs, endsAt] of [[90e3, 90e3], [1e9, 120e3], [1e3, 60e3]]) {
    const ringing = bridge.ring();
    ringing.emit({ type: "alerting", forMs: forMs ?? 0 });
    bridge.clock.advance((endsAt ?? 0) - 1);
    const before = bridge.look();
    bridge.clock.advance(1);

    deepEqual(brief(before), ["CallInfo alerting"]);
    deepEqual(bridge.look(), [callOver(19)]);
    deepEqual(ringing.commands.all, [{ type: "hang-up", cause: 19 }]);
  }
});

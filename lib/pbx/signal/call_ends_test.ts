import { deepEqual, equal } from "node:assert/strict";
import {
  inState,
  PROPOSAL,
  SELECT,
  STATES,
  summary,
} from "@/tests/support/call_run.ts";
import { SIGNAL_TYPES } from "./signal.ts";

Deno.test("[P28] each end has its cause, and disc is answered with rel", () => {
  for (const state of STATES) {
    const cases: [object, number, number[]][] = [
      [{ type: "rel", cau: { num: 17 } }, 17, []],
      [{ type: "rel" }, 16, []],
      [{ type: "rel", cau: { num: 4711 } }, 16, []],
      [{ type: "disc", cau: { num: 21 } }, 21, [21]],
    ];
    for (const [signal, cause, released] of cases) {
      const call = inState(state);
      call.signal(signal);
      deepEqual(call.told, [{ type: "terminated", cause }]);
      deepEqual(
        call.signals.map((s) => s.cau),
        released.map((num) => ({ num })),
      );
    }
  }
});

Deno.test("[P28] a hang-up, a timeout and a lost link end a call in every state", () => {
  for (const state of STATES) {
    const hungUp = inState(state);
    hungUp.command({ type: "hang-up", cause: 16 });
    deepEqual(hungUp.signals, [{ type: "rel", cau: { num: 16 } }]);
    deepEqual(hungUp.told, [{ type: "terminated", cause: 16 }]);

    const late = inState(state);
    late.on({ type: "late", cause: 19 });
    deepEqual(late.signals, [{ type: "rel", cau: { num: 19 } }]);
    deepEqual(late.told, [{ type: "terminated", cause: 19 }]);

    const lost = inState(state);
    lost.on({ type: "lost" });
    deepEqual(lost.signals, []);
    deepEqual(lost.told, [{ type: "terminated", cause: 41 }]);
  }
});

Deno.test("[P28] progress with a cause ends an unanswered call", () => {
  for (const state of STATES) {
    const call = inState(state);
    call.signal({ type: "progress", cau: { num: 1 } });
    deepEqual(
      call.told.map(summary),
      state === "connected" ? [] : ["terminated"],
    );
  }
});

Deno.test("[P26] every signal in every state leads to a state of the diagram", () => {
  for (const state of STATES) {
    for (const type of SIGNAL_TYPES) {
      for (const media of [{}, SELECT, PROPOSAL, { channels_cmd: "CLOSE" }]) {
        const call = inState(state);
        call.signal({ type, ...media });
        call.on({ type: "lost" });
        call.signal({ type, ...media });
        call.command({ type: "hang-up", cause: 16 });

        equal(call.state.state, "ended");
        const ends = call.told.filter((event) => event.type === "terminated");
        equal(ends.length, 1, `${state} ${type}`);
        equal(call.told.at(-1)?.type, "terminated");
      }
    }
  }
});

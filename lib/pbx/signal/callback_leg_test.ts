import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import {
  type PbxCallbackState,
  type PbxCallbackStimulus,
  startCallback,
  stepCallback,
} from "./callback_leg.ts";
import { Signal } from "./signal.ts";

const CALL = {
  address: "atlantis",
  number: "+4970317300",
  visitor: { name: "Ada", widget: { uuid: "w", name: "Shop" }, lang: "en" },
};

/** Before the number is called, and while it is. */
const BEFORE = ["dialling", "proceeding", "alerting", "answered"] as const;

const signal = (signal: object): PbxCallbackStimulus => ({
  type: "signal",
  signal: v.parse(Signal, signal),
});
const result = (members: object) =>
  signal({
    type: "facility",
    fty: [{ type: "ct_initiate_result", ...members }],
  });
const CONNECT: PbxCallbackStimulus = {
  type: "command",
  command: { type: "connect" },
};

function inState(state: Exclude<PbxCallbackState["state"], "ended">) {
  const { state: { ...first } } = startCallback(CALL, false);
  if (first.state === "ended") throw new Error();
  return { ...first, state };
}

Deno.test("[P66] the setup has the agent, the visitor's name and no media, and the transfer has the number", () => {
  const { state, effects } = startCallback(CALL, true);
  const answered = stepCallback(state, signal({ type: "conn" }));
  const connecting = stepCallback(answered.state, CONNECT);

  deepEqual(effects, [{
    type: "signal",
    signal: {
      ...{ type: "setup", bc: "8090a2", cd: { sip: "atlantis" } },
      ...{ complete: true, channel: -1 },
      fty: [
        { type: "name_identification", name: "Ada" },
        { type: "cli_override" },
      ],
    },
  }]);
  deepEqual(answered.effects, [{ type: "tell", event: { type: "answered" } }]);
  deepEqual(connecting.effects, [{
    type: "signal",
    signal: {
      type: "facility",
      fty: [{ type: "ct_initiate", dst: { num: "I4970317300" } }],
    },
  }]);
});

Deno.test("[P66] a call goes through its states, and tells once that the agent has answered", () => {
  let { state } = startCallback(CALL, false);
  const walk = ["setup_ack", "call_proc", "progress", "alert", "conn", "conn"]
    .map((type) => {
      const step = stepCallback(state, signal({ type }));
      state = step.state;
      return [state.state, step.effects.length];
    });

  deepEqual(walk, [
    ["proceeding", 0],
    ["proceeding", 0],
    ["proceeding", 0],
    ["alerting", 0],
    ["answered", 1],
    ["answered", 0],
  ]);
});

Deno.test("[P66] the number is called only after the agent has answered", () => {
  for (const name of ["dialling", "proceeding", "alerting"] as const) {
    const before = inState(name);

    deepEqual(stepCallback(before, CONNECT), { state: before, effects: [] });
  }
});

Deno.test("[P66] a call that ends before the transfer has called nobody, and one that ends without its result may have", () => {
  const ends: [PbxCallbackStimulus, number, boolean][] = [
    [signal({ type: "rel", cau: { num: 21 } }), 21, false],
    [signal({ type: "disc", cau: { num: 17 } }), 17, true],
    [{ type: "late", cause: 19 }, 19, true],
    [{ type: "lost" }, 41, false],
    [{ type: "command", command: { type: "hang-up", cause: 26 } }, 26, true],
  ];
  for (const [event, cause, isReleased] of ends) {
    for (const name of [...BEFORE, "connecting"] as const) {
      const { state, effects } = stepCallback(inState(name), event);

      equal(state.state, "ended");
      const wasCalled = name === "connecting";
      const rel = { type: "rel", cau: { num: cause } };
      deepEqual(effects, [
        ...isReleased ? [{ type: "signal", signal: rel }] : [],
        { type: "tell", event: { type: "ended", wasCalled, cause } },
      ]);
      deepEqual(stepCallback(state, event).effects, []);
    }
  }
});

Deno.test("[P66] the result of the transfer says whether the number was called", () => {
  const cases: [object, boolean][] = [
    [{}, true],
    [{ error: null }, true],
    [{ error: 0 }, true],
    [{ error: 7, cause: 34 }, false],
    [{ error: "busy" }, false],
  ];
  for (const [members, wasCalled] of cases) {
    const { effects } = stepCallback(inState("connecting"), result(members));

    deepEqual(effects, [
      { type: "signal", signal: { type: "rel", cau: { num: 16 } } },
      { type: "tell", event: { type: "ended", wasCalled, cause: 16 } },
    ]);
  }
  const early = inState("alerting");
  deepEqual(stepCallback(early, result({})), { state: early, effects: [] });
});

Deno.test("[P66] progress with a cause ends a call that is not answered yet", () => {
  const failed = signal({ type: "progress", cau: { num: 34 } });

  equal(stepCallback(inState("alerting"), failed).state.state, "ended");
  equal(stepCallback(inState("answered"), failed).state.state, "answered");
});

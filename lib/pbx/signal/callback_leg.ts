import { CAUSE } from "@/lib/base/causes.ts";
import type { Transition } from "@/lib/base/machine.ts";
import { phoneThenNumber } from "./phone_then_number.ts";
import type { OutgoingCallback } from "./phone_then_number.ts";
import { causeOf, nameOf, type OutgoingSignal, type Signal } from "./signal.ts";

/**
 * A call to an agent's phone that becomes a call to the number of a visitor
 * (P66):
 *
 *     dialling --call_proc--> proceeding --alert--> alerting
 *         |                       |                    |
 *         +--- conn --------------+--------------------+--> answered
 *                                                              | connect
 *     ended <--- result, disc, rel, late, link lost --- connecting
 *
 * Any state may be skipped, and each of them may end.
 */
export type PbxCallbackState =
  | { state: "dialling" | "proceeding" | "alerting"; ways: Ways }
  /** The agent is on the phone; nobody has called the number yet. */
  | { state: "answered"; ways: Ways }
  /** The PBX was asked to call the number. */
  | { state: "connecting"; ways: Ways }
  | { state: "ended" };

type Ways = ReturnType<typeof phoneThenNumber>;

export type PbxCallbackCommand =
  /** The agent may have the visitor, so the number is called. Ignored unless the
   * agent has answered. */
  | { type: "connect" }
  /** `cause`: Q.850. */
  | { type: "hang-up"; cause: number };

export type PbxCallbackEvent =
  /** The agent has answered, and waits for `connect`. */
  | { type: "answered"; name?: string }
  /** The last event. `wasCalled`: the number was called, or may have been. */
  | { type: "ended"; wasCalled: boolean; cause: number };

export type PbxCallbackStimulus =
  | { type: "signal"; signal: Signal }
  | { type: "command"; command: PbxCallbackCommand }
  /** The state's time has expired. */
  | { type: "late"; cause: number }
  | { type: "lost" };

export type PbxCallbackEffect =
  | { type: "signal"; signal: OutgoingSignal }
  | { type: "tell"; event: PbxCallbackEvent };

export type PbxCallbackStep = Transition<PbxCallbackState, PbxCallbackEffect>;

type Running = Exclude<PbxCallbackState, { state: "ended" }>;

/** Returns the first step: the setup. */
export function startCallback(
  call: OutgoingCallback,
  cliOverride: boolean,
): PbxCallbackStep {
  const ways = phoneThenNumber(call, cliOverride);
  const { setup: signal } = ways;
  return stay({ state: "dialling", ways }, { type: "signal", signal });
}

export function stepCallback(
  call: PbxCallbackState,
  event: PbxCallbackStimulus,
): PbxCallbackStep {
  if (call.state === "ended") return stay(call); // P26
  switch (event.type) {
    case "lost":
      return end(call, CAUSE.temporaryFailure);
    case "late":
      return release(call, event.cause);
    case "command":
      return command(call, event.command);
    case "signal":
      return onSignal(call, event.signal);
  }
}

function command(call: Running, command: PbxCallbackCommand): PbxCallbackStep {
  if (command.type === "hang-up") return release(call, command.cause);
  if (call.state !== "answered") return stay(call);
  const { ways } = call;
  const { transfer: signal } = ways;
  return stay({ state: "connecting", ways }, { type: "signal", signal });
}

function onSignal(call: Running, signal: Signal): PbxCallbackStep {
  const cause = causeOf(signal);
  if (signal.type === "rel") return end(call, cause);
  if (signal.type === "disc") return release(call, cause);
  if (call.state === "answered") return stay(call);
  if (call.state === "connecting") return inConnecting(call, signal);
  const { ways } = call;
  switch (signal.type) {
    case "call_proc":
    case "setup_ack":
      return call.state === "dialling"
        ? stay({ state: "proceeding", ways })
        : stay(call);
    case "alert":
      return stay({ state: "alerting", ways });
    case "conn": {
      const name = nameOf(signal);
      return stay({ state: "answered", ways }, {
        type: "tell",
        event: { type: "answered", ...name !== undefined && { name } },
      });
    }
    case "progress": // With a cause, there is only a tone left to hear.
      return signal.cau === undefined ? stay(call) : release(call, cause);
    default:
      return stay(call);
  }
}

function inConnecting(call: Running, signal: Signal): PbxCallbackStep {
  const result = call.ways.resultOf(signal);
  return result === undefined
    ? stay(call)
    : release(call, CAUSE.normal, result === "called");
}

/** Ends the call, also at the PBX. */
function release(
  call: Running,
  cause: number,
  wasCalled?: boolean,
): PbxCallbackStep {
  const { state, effects } = end(call, cause, wasCalled);
  const signal: OutgoingSignal = { type: "rel", cau: { num: cause } };
  return stay(state, { type: "signal", signal }, ...effects);
}

/** Ends the call without a signal to the PBX. Without a result of the transfer,
 * the number may have been called. */
function end(
  { state }: Running,
  cause: number,
  wasCalled = state === "connecting",
): PbxCallbackStep {
  const event: PbxCallbackEvent = { type: "ended", wasCalled, cause };
  return stay({ state: "ended" }, { type: "tell", event });
}

function stay(
  state: PbxCallbackState,
  ...effects: PbxCallbackEffect[]
): PbxCallbackStep {
  return { state, effects };
}

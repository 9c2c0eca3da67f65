import { assertNever } from "@/lib/base/assert_never.ts";
import { evenFrom } from "@/lib/base/clock.ts";
import { Machine } from "@/lib/base/machine.ts";
import { contactOf, stepCall } from "./call.ts";
import {
  type BridgeCall,
  type BridgeCallEffect,
  type BridgeCallStep,
  callDueAt,
  type CallInput,
} from "./call_state.ts";
import type { BridgeContext } from "./bridge_context.ts";
import type { CallLeg, OutgoingCall, VisitorPort } from "./ports.ts";

/** Runs the state machine of call.ts for one visitor. */
export class CallRunner {
  readonly #visitor: VisitorPort;
  readonly #context: BridgeContext;
  readonly #machine: Machine<BridgeCall, CallInput, BridgeCallEffect>;
  /** The call's clock, so that its record has the true duration. */
  #time: () => number;
  #leg: CallLeg | undefined;

  constructor(visitor: VisitorPort, context: BridgeContext) {
    this.#visitor = visitor;
    this.#context = context;
    const { clock } = context;
    this.#time = () => clock.wall();
    this.#machine = new Machine({
      initial: { state: "idle" },
      step: (call, input) => this.#step(call, input),
      perform: (effect) => this.#perform(effect),
      clock: {
        now: () => this.#time(),
        after: (ms, run) => clock.after(ms, run),
      },
      dueAt: callDueAt,
    });
  }

  /** True if a page that reconnects would find something to resume. */
  get busy(): boolean {
    return this.#machine.state.state !== "idle";
  }

  /** True while a call is running. */
  get running(): boolean {
    return this.busy && this.#machine.state.state !== "over";
  }

  /** The page's id of its call, running or ended. */
  get contact(): string | undefined {
    return contactOf(this.#machine.state);
  }

  dispatch(input: CallInput): void {
    this.#machine.dispatch(input);
  }

  #step(call: BridgeCall, input: CallInput): BridgeCallStep {
    const { clock, limits } = this.#context;
    if (input.type === "create" && !this.running) {
      this.#time = evenFrom(clock, input.plan.startedAt);
    }
    return stepCall(call, input, { now: this.#time(), limits });
  }

  #perform(effect: BridgeCallEffect): void {
    switch (effect.type) {
      case "tell":
        return this.#visitor.tell(effect.message);
      case "dial":
        return this.#dial(effect.call);
      case "command":
        return this.#leg?.send(effect.command);
      case "record":
        this.#leg = undefined;
        return this.#context.record(effect.record);
      default:
        return assertNever(effect);
    }
  }

  #dial(call: OutgoingCall): void {
    this.#leg = this.#context.agents.dial(
      call,
      (event) => this.dispatch({ type: "agent", call: call.id, event }),
    );
  }
}

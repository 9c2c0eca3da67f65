import { assertNever } from "@/lib/base/assert_never.ts";
import { evenFrom } from "@/lib/base/clock.ts";
import { contactOf, stepCall } from "./call.ts";
import type { Call, CallEffect, CallInput } from "./call_state.ts";
import type { ContactContext } from "./contact_context.ts";
import { OneByOne } from "@/lib/base/one_by_one.ts";
import type { CallLeg, OutgoingCall, VisitorPort } from "./ports.ts";

/** Runs the state machine of call.ts for one visitor. */
export class CallLine {
  readonly #visitor: VisitorPort;
  readonly #context: ContactContext;
  readonly #inputs = new OneByOne((input: CallInput) => this.#step(input));
  #call: Call = { state: "idle" };
  /** The call's clock, so that its record has the true duration. */
  #time: () => number;
  #leg: CallLeg | undefined;
  #timer: Disposable | undefined;

  constructor(visitor: VisitorPort, context: ContactContext) {
    this.#visitor = visitor;
    this.#context = context;
    this.#time = () => context.clock.wall();
  }

  /** True if a page that reconnects would find something to resume. */
  get busy(): boolean {
    return this.#call.state !== "idle";
  }

  /** True while a call is running. */
  get running(): boolean {
    return this.busy && this.#call.state !== "over";
  }

  /** The page's id of its call, running or ended. */
  get contact(): string | undefined {
    return contactOf(this.#call);
  }

  take(input: CallInput): void {
    this.#inputs.take(input);
  }

  #step(input: CallInput): void {
    const { clock, limits } = this.#context;
    if (input.type === "create" && !this.running) {
      this.#time = evenFrom(clock, input.plan.startedAt);
    }
    const at = { now: this.#time(), limits };
    const { call, effects } = stepCall(this.#call, input, at);
    this.#call = call;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: CallEffect): void {
    switch (effect.type) {
      case "tell":
        return this.#visitor.tell(effect.message);
      case "dial":
        return this.#dial(effect.call);
      case "command":
        return this.#leg?.send(effect.command);
      case "timer":
        return this.#setTimer(effect.ms);
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
      (event) => this.take({ type: "agent", call: call.id, event }),
    );
  }

  #setTimer(ms: number | undefined): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = ms === undefined
      ? undefined
      : this.#context.clock.after(ms, () => this.take({ type: "time" }));
  }
}

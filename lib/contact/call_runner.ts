import { assertNever } from "@/lib/base/assert_never.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import { evenFrom } from "@/lib/base/clock.ts";
import { Machine } from "@/lib/base/machine.ts";
import type { RunningChat } from "@/lib/model/running_chat.ts";
import { contactOf, stepCall } from "./call.ts";
import {
  type BridgeCall,
  type BridgeCallEffect,
  type BridgeCallStep,
  callDueAt,
  type CallInput,
} from "./call_state.ts";
import type { BridgeContext } from "./bridge_context.ts";
import { legOf } from "./call_handover.ts";
import { CallLegs } from "./call_legs.ts";
import { fromKeptCall, toKeptCall } from "./kept.ts";
import type { OutgoingCall, VisitorMessage, VisitorPort } from "./ports.ts";

/** Runs the state machine of call.ts for one visitor, and keeps a connected call
 * in the store. */
export class CallRunner {
  readonly #visitor: VisitorPort;
  readonly #context: BridgeContext;
  readonly #seat: string;
  #machine: Machine<BridgeCall, CallInput, BridgeCallEffect>;
  /** The call's clock, so that its record has the true duration. */
  #time: () => number;
  readonly #legs: CallLegs;
  /** The id under which the call is stored. */
  #kept: string | undefined;
  /** The id of a call that was deleted from the store, which takes nothing more
   * of it. */
  #deleted: string | undefined;
  #isResumed = false;
  /** True once the visitor knows, or is about to, that the call is connected. */
  #isAnnounced = false;
  /** Messages that wait until the connected call is stored. */
  #unsaid: VisitorMessage[] = [];
  /** Number of stored calls that they wait for. */
  #waits = 0;
  #hasMoved = false;

  /** @param seat Identifies the visitor's seat in the store. */
  constructor(visitor: VisitorPort, context: BridgeContext, seat: string) {
    this.#visitor = visitor;
    this.#context = context;
    this.#seat = seat;
    this.#time = () => context.clock.wall();
    this.#legs = new CallLegs(
      context.agents,
      () => this.#time(),
      (call, event) => this.dispatch({ type: "agent", call, event }),
    );
    this.#machine = this.#run({ state: "idle" });
  }

  /** True if a page that reconnects would find something to resume. */
  get busy(): boolean {
    return !this.#hasMoved && this.#machine.state.state !== "idle";
  }

  /** True once another instance continues the call. */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  /** True while a call is running. */
  get running(): boolean {
    return this.busy && this.#machine.state.state !== "over";
  }

  /** True if the next process can continue the call. */
  get canSuspend(): boolean {
    return this.running && this.#kept !== undefined;
  }

  /** The page's id of its call, running or ended. */
  get contact(): string | undefined {
    return contactOf(this.#machine.state);
  }

  dispatch(input: CallInput): void {
    this.#machine.dispatch(input);
  }

  /** Leaves the stored call to the next process. */
  suspend(): void {
    this.#machine[Symbol.dispose]();
    if (this.#kept !== undefined) this.#context.keeper?.park(this.#kept);
    this.#legs.leave();
  }

  /** Continues a stored call. Its page is away, and media flow. */
  resume(kept: RunningChat): void {
    const found = fromKeptCall(kept);
    if (found === undefined) return;
    const { call, out, before } = found;
    const { clock } = this.#context;
    this.#time = evenFrom(clock, Math.max(clock.wall(), before.answeredAt));
    this.#isResumed = this.#isAnnounced = true;
    this.#machine = this.#run(call);
    this.#watch(kept.id);
    const leg = legOf(call);
    if (this.#legs.resume(leg, out, before)) return;
    const cause = CAUSE.temporaryFailure;
    const event = { type: "terminated", cause } as const;
    this.dispatch({ type: "agent", call: leg, event });
  }

  #run(initial: BridgeCall): Machine<BridgeCall, CallInput, BridgeCallEffect> {
    const { clock } = this.#context;
    return new Machine({
      initial,
      step: (call, input) => this.#step(call, input),
      onChange: () => this.#keep(),
      perform: (effect) => this.#perform(effect),
      clock: {
        now: () => this.#time(),
        after: (ms, run) => clock.after(ms, run),
      },
      dueAt: callDueAt,
    });
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
        return this.#tell(effect.message);
      case "dial":
        return this.#dial(effect.call);
      case "command":
        return this.#send(effect);
      case "hand-over":
        return this.#handOver(effect);
      case "record": {
        this.#legs.clear();
        const { record, recordAgain } = this.#context;
        return (this.#isResumed ? recordAgain : record)(effect.record);
      }
      default:
        return assertNever(effect);
    }
  }

  /** CALL21: a call is stored before the visitor sees that it is connected, so
   * that every connected call survives the process. So is each answer: another
   * process must not take the agent's repetition of it for the answer to the
   * visitor's next offer. */
  #tell(message: VisitorMessage): void {
    const isFirst = !this.#isAnnounced && message.mt === "CallInfo" &&
      message.state === "connected";
    const isAnswer = message.mt === "Channels" && message.cmd === "SELECT";
    this.#isAnnounced ||= isFirst;
    this.#unsaid.push(message);
    if ((isFirst || isAnswer) && this.#kept !== undefined) {
      this.#waits++;
      this.#context.keeper?.whenWritten(() => {
        this.#waits--;
        this.#tellUnsaid();
      });
    }
    this.#tellUnsaid();
  }

  #tellUnsaid(): void {
    if (this.#waits > 0 || this.#hasMoved) return;
    for (const message of this.#unsaid.splice(0)) this.#visitor.tell(message);
  }

  #dial(call: OutgoingCall): void {
    if (!call.offeredBy) this.#isResumed = this.#isAnnounced = false;
    this.#legs.dial(call);
  }

  #send({ command, leg = this.#leg }: Command): void {
    if (leg !== undefined) this.#legs.send(leg, command);
    this.#keep();
  }

  /** The id of the leg that has the connected call. */
  get #leg(): string | undefined {
    const { state } = this.#machine;
    return state.state === "connected" ? legOf(state) : undefined;
  }

  /** CALL24: the previous agent's leg ends, and the visitor's page closes its
   * connection, once the handover is stored. */
  #handOver({ call, to, from }: HandOver): void {
    const { keeper, handedOver } = this.#context;
    const end = this.#legs.ending(from);
    const done = () => {
      end();
      handedOver?.(call, to);
    };
    if (keeper === undefined || this.#kept === undefined) return done();
    this.#waits++;
    keeper.whenWritten(() => {
      this.#waits--;
      done();
      this.#tellUnsaid();
    });
  }

  /** CALL21: stores a connected call, and deletes one that has ended. */
  #keep(): void {
    const { keeper } = this.#context;
    const { state } = this.#machine;
    const before = this.#leg && this.#legs.before(this.#leg);
    const kept = state.state === "connected" && before
      ? toKeptCall(this.#seat, state, before)
      : undefined;
    if (this.#kept !== undefined && this.#kept !== kept?.id) {
      keeper?.forget(this.#kept);
      this.#deleted = this.#kept;
      this.#kept = undefined;
    }
    if (kept === undefined || kept.id === this.#deleted) return;
    if (keeper === undefined) return;
    if (this.#kept === undefined) this.#watch(kept.id);
    keeper.keep(kept);
  }

  /** CALL22: another instance may continue the call, and its page has to go
   * there. */
  #watch(id: string): void {
    this.#kept = id;
    this.#context.keeper?.watch(id, () => {
      this.#hasMoved = true;
      this.#kept = undefined;
      this.#machine[Symbol.dispose]();
      this.#legs.leave();
      this.#visitor.move?.();
    });
  }
}

type HandOver = Extract<BridgeCallEffect, { type: "hand-over" }>;
type Command = Extract<BridgeCallEffect, { type: "command" }>;

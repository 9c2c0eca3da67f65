import * as v from "valibot";
import { CAUSE } from "@/lib/base/causes.ts";
import type { AgentPort, CallEvent, CallLeg } from "@/lib/contact/ports.ts";
import { unreachable } from "@/lib/contact/unreachable.ts";
import {
  CallEventMessage,
  CallHomeMessage,
  type DialOpening,
  isLater,
} from "./agent_messages.ts";
import type { Pipe, PipeEvents } from "./pipes.ts";

export interface ServedCallOptions {
  bank: AgentPort;
  /** The call is no longer served. */
  onOver(): void;
  onBadMessage(): void;
}

/** A call of another instance with an agent of this one. If its home dies, the
 * bank keeps a connected call for a while, until its next home continues it. */
export class ServedCall implements PipeEvents, Disposable {
  readonly #pipe: Pipe;
  readonly #options: ServedCallOptions;
  #leg: CallLeg | undefined;
  #isOver = false;
  #isAlone = false;

  constructor(pipe: Pipe, options: ServedCallOptions) {
    this.#pipe = pipe;
    this.#options = options;
  }

  /** The instance that is its home; undefined while no instance is. */
  get home(): string | undefined {
    return this.#isOver || this.#isAlone ? undefined : this.#pipe.to;
  }

  /** True if the bank has it. */
  get isOpen(): boolean {
    return this.#leg !== undefined;
  }

  /** Begins the call at the bank, or continues it there. */
  start({ call, before }: DialOpening): void {
    const { bank } = this.#options;
    const tell = (event: CallEvent) => this.#tell(event);
    this.#leg = before === undefined
      ? bank.dial(call, tell)
      : bank.resumeCall?.(call, tell, before) ??
        unreachable(CAUSE.temporaryFailure, tell);
  }

  message(message: unknown): void {
    if (this.#isOver || isLater(message)) return;
    const read = v.safeParse(CallHomeMessage, message);
    if (!read.success) return this.#reject();
    if (read.output.type !== "moved") return this.#leg?.send(read.output);
    this.#finish();
    this.#leg?.forget?.();
    this.#pipe.close();
  }

  /** The call's home is dead. */
  broken(): void {
    if (this.#isOver) return;
    this.#isAlone = true;
    if (this.#leg?.leave) this.#leg.leave();
    else this.#hangUp();
  }

  /** Another instance is the call's home from now on. */
  replace(): void {
    if (this.#isOver) return;
    this.#finish();
    this.#pipe.send({ type: "replaced" });
    this.#pipe.close();
  }

  [Symbol.dispose](): void {
    if (!this.#isOver) this.#finish();
  }

  #tell(event: CallEvent): void {
    if (this.#isOver) return;
    if (!v.is(CallEventMessage, event)) return this.#reject();
    const isEnd = event.type === "terminated";
    if (isEnd) this.#finish();
    this.#pipe.send(event);
    if (isEnd) this.#pipe.close();
  }

  #reject(): void {
    this.#options.onBadMessage();
    this.#hangUp();
  }

  #hangUp(): void {
    this.#leg?.send({ type: "hang-up", cause: CAUSE.temporaryFailure });
  }

  #finish(): void {
    this.#isOver = true;
    this.#options.onOver();
  }
}

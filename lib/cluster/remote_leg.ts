import * as v from "valibot";
import { CAUSE } from "@/lib/base/causes.ts";
import { isLater } from "./agent_messages.ts";
import type { Pipe, Pipes } from "./pipes.ts";

interface Terminated {
  type: "terminated";
  cause: number;
}

export interface RemoteLegOptions<Event extends { type: string }> {
  pipes: Pick<Pipes, "open">;
  /** The instance with the agent. */
  to: string;
  /** The messages of the other instance, besides `terminated`. */
  schema: v.GenericSchema<unknown, Event>;
  /** Receives the events, `terminated` last. Not called before the constructor
   * has returned. */
  tell(event: Event | Terminated): void;
  /** The other instance is gone, and has not ended the leg. The last call. */
  onLost(): void;
  /** A message of the other instance could not be read; the leg ends. */
  onBadMessage(): void;
}

/** A call or chat with an agent at another instance: this side of its pipe. */
export class RemoteLeg<Command extends object, Event extends { type: string }> {
  readonly #options: RemoteLegOptions<Event>;
  readonly #pipe: Pipe;
  /** The command that ends the leg. */
  readonly #end: (cause: number) => Command;
  #early: (() => void)[] | undefined = [];
  #isOver = false;

  constructor(
    opening: object,
    end: (cause: number) => Command,
    options: RemoteLegOptions<Event>,
  ) {
    this.#options = options;
    this.#end = end;
    this.#pipe = options.pipes.open(options.to, {
      message: (message) => this.#inTime(() => this.#hear(message)),
      broken: () => this.#inTime(() => this.#lose()),
    });
    this.#pipe.send(opening);
    queueMicrotask(() => {
      const early = this.#early ?? [];
      this.#early = undefined;
      for (const run of early) run();
    });
  }

  send(command: Command): void {
    if (!this.#isOver) this.#pipe.send(command);
  }

  /** Lets go without an end, after a last command. */
  leave(command: Command): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#pipe.send(command);
    this.#pipe.close();
  }

  /** Keeps an event that arrives before the constructor has returned. */
  #inTime(run: () => void): void {
    if (this.#early !== undefined) this.#early.push(run);
    else run();
  }

  #hear(message: unknown): void {
    if (this.#isOver || isLater(message)) return;
    const read = v.safeParse(this.#options.schema, message);
    if (!read.success) return this.#reject();
    if (read.output.type === "terminated") this.#finish();
    this.#options.tell(read.output);
  }

  #lose(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.onLost();
  }

  #reject(): void {
    this.#options.onBadMessage();
    this.leave(this.#end(CAUSE.temporaryFailure));
    this.#options.tell({
      type: "terminated",
      cause: CAUSE.temporaryFailure,
    });
  }

  #finish(): void {
    this.#isOver = true;
    this.#pipe.close();
  }
}

import type { Clock } from "@/lib/base/clock.ts";
import {
  type DataFrame,
  FRAME_BYTES_MAX,
  FRAME_MESSAGES_MAX,
  MESSAGE_BYTES_MAX,
} from "./pipe_frames.ts";

/** Waits for an ack, after each of which the oldest messages are sent again. After
 * the last one, 5 s in all, the pipe is broken. They grow, because an instance
 * that is busy must not get more work for it. */
const WAITS_MS = [200, 200, 300, 400, 500, 600, 800, 1_000, 1_000];
/** If a wait ends later than this, this process was busy or suspended. So an ack
 * may already be here, but unread, and is awaited once more. */
const LATE_MS = 100;
/** Messages that the first repetition has. If they are acknowledged, the next one
 * has twice as many. */
const REPEATED_FIRST = 8;
/** Bytes that wait for an ack, at most: then the pipe is broken. */
const UNHEARD_BYTES_MAX = 16 * 1_024 * 1_024;

/** The events of one end of a pipe. */
export interface PipeEvents {
  message(message: unknown): void;
  /** The last event, and the only one without a message: the other instance is
   * gone, or has closed the pipe while this end was still open. It is not called
   * if this end was closed before. */
  broken(): void;
}

/** One end of a pipe to another instance. */
export interface Pipe {
  /** The other instance. */
  readonly to: string;
  /** Sends a message of JSON; nothing if the pipe is closed or broken. Throws a
   * RangeError if it has more than {@linkcode MESSAGE_BYTES_MAX} bytes. */
  send(message: unknown): void;
  /** Closes both ends. The other one still receives all messages before. */
  close(): void;
}

/** The surroundings of a pipe's end. */
export interface PipeOwner {
  clock: Clock;
  /** Sends a frame of this pipe. */
  tell(frame: Omit<DataFrame, "type" | "pipe" | "from">): void;
  /** Sends `heard` in this turn, unless another frame does it before. */
  acknowledge(): void;
  /** Messages were sent again because no ack came. */
  onResent(): void;
  /** This end has finished. `isOver`: the other end knows it already. */
  onEnd(isOver: boolean): void;
}

/**
 * One end of a pipe: numbers its messages and sends them again until they are
 * acknowledged; passes on the other end's messages once and in order.
 *
 *     open --close()--> closed --all acknowledged--> ended
 *       \________________\__other end closed, gone or silent__/
 */
export class PipeEnd implements Pipe {
  readonly id: string;
  readonly to: string;
  /** Undefined: closed or ended. */
  events: PipeEvents | undefined;
  readonly #owner: PipeOwner;
  /** The messages without an ack as JSON, oldest first. */
  readonly #unheard: { text: string; bytes: number }[] = [];
  #unheardBytes = 0;
  /** Number of the newest message that was sent. */
  #sent = 0;
  #heard = 0;
  #isClosed = false;
  #isEnded = false;
  #tries = 0;
  /** Messages up to this number are sent again without further waiting, because an
   * earlier one was lost and the other end drops what follows a gap. */
  #repeatTo = 0;
  /** The number of messages in the next repetition. */
  #repeated = REPEATED_FIRST;
  #timer: Disposable | undefined;

  constructor(owner: PipeOwner, { id, to }: { id: string; to: string }) {
    this.#owner = owner;
    this.id = id;
    this.to = to;
  }

  /** Number of the newest message that has arrived. */
  get heard(): number {
    return this.#heard;
  }

  get isOpen(): boolean {
    return !this.#isClosed && !this.#isEnded;
  }

  send(message: unknown): void {
    if (!this.isOpen) return;
    const text = JSON.stringify(message);
    const bytes = bytesOf(text);
    if (bytes > MESSAGE_BYTES_MAX) {
      throw new RangeError(
        `Cannot send a message of ${bytes} bytes to another instance: the limit is ${MESSAGE_BYTES_MAX}`,
      );
    }
    this.#sent++;
    this.#unheard.push({ text, bytes });
    this.#unheardBytes += bytes;
    this.#tell(this.#sent, [message]);
    this.#wait();
  }

  close(): void {
    if (!this.isOpen) return;
    this.#isClosed = true;
    this.events = undefined;
    if (this.#sent === 0 && this.#heard === 0) return this.#end(true);
    this.#tell(this.#sent + 1, []);
    this.#wait();
  }

  /** Handles a frame of the other end. */
  hear({ n, heard, messages, last }: Omit<DataFrame, "pipe" | "from">): void {
    if (this.#isEnded) return;
    this.forget(heard);
    if (messages.length > 0) this.#owner.acknowledge();
    const fresh = n > this.#heard + 1
      ? []
      : messages.slice(this.#heard + 1 - n);
    this.#heard += fresh.length;
    for (const message of fresh) this.events?.message(message);
    if (last === this.#heard) this.break(false);
  }

  /** Ends the pipe. `isOver`: the other end knows it. */
  break(isOver: boolean): void {
    if (this.#isEnded) return;
    const { events } = this;
    this.#end(isOver);
    events?.broken();
  }

  #end(isOver: boolean): void {
    this.#isEnded = true;
    this.events = undefined;
    this.#timer?.[Symbol.dispose]();
    this.#owner.onEnd(isOver);
  }

  /** Forgets the messages that have arrived at the other end. */
  forget(heard: number): void {
    const done = heard - (this.#sent - this.#unheard.length);
    if (done <= 0 || done > this.#unheard.length) return;
    for (const { bytes } of this.#unheard.splice(0, done)) {
      this.#unheardBytes -= bytes;
    }
    this.#tries = 0;
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    if (heard < this.#repeatTo) this.#repeat();
    else this.#repeated = REPEATED_FIRST;
    if (this.#unheard.length > 0 || this.#isClosed) this.#wait();
  }

  #wait(isAgain = false): void {
    if (this.#timer !== undefined) return;
    const { clock, onResent } = this.#owner;
    const waitMs = WAITS_MS[this.#tries] ?? 0;
    const dueAt = clock.now() + waitMs;
    this.#timer = clock.after(waitMs, () => {
      this.#timer = undefined;
      const isLate = clock.now() - dueAt > LATE_MS;
      if (isLate && !isAgain) return this.#wait(true);
      const isTooMuch = this.#unheardBytes > UNHEARD_BYTES_MAX;
      if (++this.#tries >= WAITS_MS.length || isTooMuch) {
        return this.break(false);
      }
      onResent();
      this.#repeatTo = this.#sent;
      this.#repeated = REPEATED_FIRST;
      this.#repeat();
      this.#wait();
    });
  }

  /** Sends the oldest messages without an ack again, as many as fit. */
  #repeat(): void {
    let all = 0;
    const fitting = this.#unheard.slice(0, this.#repeated)
      .filter(({ bytes }) => (all += bytes) <= FRAME_BYTES_MAX);
    this.#repeated = Math.min(2 * this.#repeated, FRAME_MESSAGES_MAX);
    const first = this.#sent - this.#unheard.length + 1;
    this.#tell(first, fitting.map(({ text }) => JSON.parse(text)));
  }

  #tell(n: number, messages: unknown[]): void {
    const last = this.#isClosed ? { last: this.#sent } : {};
    this.#owner.tell({ n, heard: this.#heard, messages, ...last });
  }
}

const encoder = new TextEncoder();

function bytesOf(text: string): number {
  // Three bytes per unit is the most, and nearly all messages are short.
  const most = text.length * 3;
  return most <= 4_096 ? most : encoder.encode(text).length;
}

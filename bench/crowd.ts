import { OPCODE, RawWebSocket } from "../tests/support/raw_websocket.ts";
import { nowMs } from "./clock.ts";

export interface OpenOptions {
  url: string;
  count: number;
  /** Number of connections that are opened at the same time. */
  atOnce: number;
  /** The first messages, which the members use in turn. */
  starts: string[];
  /** Number of frames in the answer. */
  frames: number;
  /** Number of visitors of other crowds, whose addresses these ones don't share. */
  others?: number;
}

export interface Opened {
  /** Time from the first connect to the last frame of the last answer. */
  tookMs: number;
  /** Text of all frames for the first member. */
  first: string[];
}

/** Members per address, because limits count by address; a quarter of them with
 * several instances. */
const PER_ADDRESS = 50;

/** Many simultaneous visitors, who count their frames. */
export class Crowd {
  readonly #members: RawWebSocket[] = [];
  #opened = 0;
  /** Number of frames that each member still waits for. */
  #missing: number[] = [];
  #waiting = 0;
  #done: ((at: number) => void) | undefined;
  lost = 0;

  /** Opens visitors in addition to the open ones; all wait for their answer. */
  async open(options: OpenOptions): Promise<Opened> {
    const first: string[] = [];
    const startedAt = nowMs();
    let left = options.count;
    const worker = async () => {
      while (left-- > 0) await this.#openOne(options, first);
    };
    await Promise.all(Array.from({ length: options.atOnce }, worker));
    return { tookMs: nowMs() - startedAt, first };
  }

  /** Resolves when each has received `frames` more, with the time of the last
   * one. */
  heard(frames: number): Promise<number> {
    this.#missing = this.#members.map(() => frames);
    this.#waiting = this.#members.length;
    return new Promise((done) => this.#done = done);
  }

  close(): void {
    this.#done = undefined;
    for (const member of this.#members) member.drop();
    this.#members.length = 0;
    this.#missing = [];
  }

  async #openOne(
    { url, starts, frames, others = 0 }: OpenOptions,
    first: string[],
  ): Promise<void> {
    const number = this.#opened++;
    const { promise: answered, resolve, reject } = Promise.withResolvers<
      void
    >();
    let left = frames;
    const socket = await RawWebSocket.connect(url, {
      headers: { "x-forwarded-for": addressOf(others + number) },
      onFrame: (opcode, payload) => {
        if (opcode !== OPCODE.text) return;
        if (number === 0 && left > 0) {
          first.push(new TextDecoder().decode(payload));
        }
        if (--left === 0) resolve();
        else if (left < 0) this.#count(index);
      },
      onClosed: (code) => {
        this.lost++;
        reject(new Error(`Visitor ${number} was closed with ${code}`));
      },
    });
    const index = this.#members.push(socket) - 1;
    await socket.send(starts[number % starts.length] ?? "");
    await answered;
  }

  #count(index: number): void {
    const missing = this.#missing[index];
    if (missing === undefined || missing === 0) return;
    this.#missing[index] = missing - 1;
    if (missing === 1 && --this.#waiting === 0) this.#done?.(nowMs());
  }
}

/** Returns the address that a visitor claims to have, for a server that trusts
 * it. */
export function addressOf(number: number): string {
  const host = Math.floor(number / PER_ADDRESS);
  return `10.${host >> 16 & 255}.${host >> 8 & 255}.${host & 255}`;
}

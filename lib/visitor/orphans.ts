import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import { rendezvousRank } from "@/lib/base/rendezvous.ts";

const log = getLogger(["widgets", "visitor"]);

/** Time between two looks at all stored chats. */
const LOOK_MS = 3_000;
/** A chat that has been left on purpose waits this long for its page. */
const PARKED_MS = 10_000;
/** If the instance that is to continue a chat does not, the next one does after
 * this time. */
const NEXT_MS = 6_000;

/** A stored chat, and the instance that continues it. */
interface OwnedChat {
  seat: string;
  id: string;
  home?: string;
}

export interface OrphansOptions {
  /** Id of this instance. */
  own: string;
  clock: Clock;
  /** Returns all stored chats. */
  chats(): AsyncIterable<OwnedChat>;
  /** False for instances that did not renew their row in the store in time. */
  isAlive(home: string): Promise<boolean>;
  /** Returns the other instances that could continue a chat. */
  others(): string[];
  /** Continues the chat of a seat here. */
  adopt(seat: string): Promise<void>;
}

/**
 * Continues chats that an instance has left, and whose visitors don't come back:
 * so their agents learn that, and each chat gets its record (V46). Of the living
 * instances, each begins with its own share.
 */
export class Orphans implements Disposable {
  readonly #options: OrphansOptions;
  /** When each chat without a home was first seen. */
  #since = new Map<string, number>();
  #looking: Promise<unknown> | undefined;
  #hasFailed = false;
  readonly #timer: Disposable;
  #isOver = false;

  constructor(options: OrphansOptions) {
    this.#options = options;
    this.#timer = every(options.clock, LOOK_MS, () => this.look(), 0);
  }

  /** Looks now, unless it is looking already. */
  look(): void {
    this.#looking ??= this.#look()
      .then(() => this.#hasFailed = false, (error) => this.#fail(error))
      .finally(() => this.#looking = undefined);
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#timer[Symbol.dispose]();
  }

  async #look(): Promise<void> {
    const { own, clock, chats, isAlive, adopt } = this.#options;
    const since = new Map<string, number>();
    const alive = new Map<string, Promise<boolean>>();
    const due: OwnedChat[] = [];
    for await (const chat of chats()) {
      const { id, home } = chat;
      if (home === own) continue;
      if (home !== undefined) {
        const known = alive.get(home) ?? isAlive(home);
        alive.set(home, known);
        if (await known) continue;
      }
      const first = this.#since.get(id) ?? clock.now();
      since.set(id, first);
      if (clock.now() >= first + this.#waitMs(chat)) due.push(chat);
    }
    this.#since = since;
    for (const { id, seat } of due) {
      if (this.#isOver) return;
      await adopt(seat).catch((error) => {
        log.warn("Cannot continue chat {id}: {error}", { id, error });
      });
    }
  }

  /** Logs the first of several failures. */
  #fail(error: unknown): void {
    if (!this.#hasFailed) {
      log.warn("Cannot look for chats without a home: {error}", { error });
    }
    this.#hasFailed = true;
  }

  /** The row of a dead instance was valid for 10 s, so its chats have waited. */
  #waitMs({ id, home }: OwnedChat): number {
    const { own, others } = this.#options;
    const rank = rendezvousRank(id, own, others());
    return (home === undefined ? PARKED_MS : 0) + rank * NEXT_MS;
  }
}

import { getLogger } from "@logtape/logtape";
import { type Counters, NOT_COUNTED } from "@/lib/base/counters.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { newUuid } from "@/lib/base/ids.ts";
import type { ContactMedia } from "@/lib/model/media.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import type { ContactContext } from "./contact_context.ts";
import { Line } from "./line.ts";
import type { ContactLimits } from "./plan.ts";
import type { AgentPort, VisitorPort } from "./ports.ts";

/** Where records of finished calls and chats go. */
export interface Records {
  add(record: ContactRecord): Promise<unknown>;
}

export interface ContactOptions {
  agents: Pick<AgentPort, "dial" | "openChat">;
  records: Records;
  clock: Clock;
  newId?: () => string;
  limits?: Partial<ContactLimits>;
  /** Counts `contact_started` (media) and `contact_ended` (media, cause, answered). */
  counters?: Counters;
}

const log = getLogger(["widgets", "contact"]);

/** The bridge between visitors and whoever answers (ARCHITECTURE.md). */
export class Contact {
  readonly #records: Records;
  readonly #newId: () => string;
  readonly #counters: Counters;
  readonly #context: ContactContext;
  readonly #writing = new Set<Promise<void>>();
  /** What is going on, by id. */
  readonly #running = new Map<string, ContactMedia>();

  constructor(options: ContactOptions) {
    const { agents, records, clock, limits } = options;
    this.#records = records;
    this.#newId = options.newId ?? newUuid;
    this.#counters = options.counters ?? NOT_COUNTED;
    this.#context = {
      agents: {
        dial: (call, tell) => {
          this.#start(call.id, call.media);
          return agents.dial(call, tell);
        },
        openChat: (chat, tell) => {
          this.#start(chat.id, "chat");
          return agents.openChat(chat, tell);
        },
      },
      clock,
      limits: { ...LIMITS, ...limits },
      record: (record) => this.#end(record),
    };
  }

  /** Calls and chats that are going on, ringing ones too. */
  get running(): Record<ContactMedia, number> {
    const running = { voice: 0, video: 0, chat: 0 };
    for (const media of this.#running.values()) running[media]++;
    return running;
  }

  /** A line for one visitor's seat; the seat closes it when it goes. */
  line(visitor: VisitorPort): Line {
    return new Line(visitor, this.#context, this.#newId);
  }

  /** Resolves when all records so far are stored, or have been given up. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  #start(id: string, media: ContactMedia): void {
    this.#running.set(id, media);
    this.#counters.count("contact_started", { media });
  }

  #end(record: ContactRecord): void {
    const { id, media, cause } = record;
    const answered = String(record.answeredAt !== undefined);
    this.#running.delete(id);
    this.#counters.count("contact_ended", {
      media,
      cause: String(cause),
      answered,
    });
    log.info("{media} {id} ended: {cause}, answered: {answered}", {
      media,
      id,
      cause,
      answered,
    });
    const writing = this.#add(record)
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  async #add(record: ContactRecord): Promise<void> {
    try {
      await this.#records.add(record);
    } catch (error) {
      log.error("Cannot store the record of {media} {id}: {error}", {
        media: record.media,
        id: record.id,
        error,
      });
    }
  }
}

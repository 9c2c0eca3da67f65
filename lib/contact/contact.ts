import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { newUuid } from "@/lib/base/ids.ts";
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
}

const log = getLogger(["widgets", "contact"]);

/** The bridge between visitors and whoever answers (design.md, section 4). */
export class Contact {
  readonly #records: Records;
  readonly #newId: () => string;
  readonly #context: ContactContext;
  readonly #writing = new Set<Promise<void>>();

  constructor(
    { agents, records, clock, newId = newUuid, limits }: ContactOptions,
  ) {
    this.#records = records;
    this.#newId = newId;
    this.#context = {
      agents,
      clock,
      limits: { ...LIMITS, ...limits },
      record: (record) => this.#record(record),
    };
  }

  /** A line for one visitor's seat; the seat closes it when it goes. */
  line(visitor: VisitorPort): Line {
    return new Line(visitor, this.#context, this.#newId);
  }

  /** Resolves when all records so far are stored, or have been given up. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  #record(record: ContactRecord): void {
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

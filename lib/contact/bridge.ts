import { getLogger } from "@logtape/logtape";
import { type Counters, NOT_COUNTED } from "@/lib/base/counters.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { newUuid } from "@/lib/base/ids.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { AgentLeg } from "@/lib/model/handover.ts";
import type { KeptChat } from "@/lib/model/running_chat.ts";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import { ChatKeeper, type ChatStore } from "./chat_keeper.ts";
import type { BridgeContext } from "./bridge_context.ts";
import { SeatContacts } from "./seat_contacts.ts";
import type { ContactLimits } from "./plan.ts";
import type { ContactAgents, VisitorPort } from "./ports.ts";

/** The store for records of ended calls and chats. */
export interface Records {
  add(record: ContactRecord): Promise<unknown>;
  /** True if it was added before the process was killed. */
  has?(record: ContactRecord): Promise<boolean>;
}

export interface BridgeOptions {
  agents: ContactAgents;
  records: Records;
  /** The store for running chats; if absent, they are only in memory. */
  chatStore?: ChatStore;
  /** True for instances that have ended. By default all other ones have,
   * because a store belongs to one process. */
  isDead?: (home: string) => boolean | Promise<boolean>;
  /** True while another instance works that has the store. */
  canBeClaimed?: () => boolean;
  clock: Clock;
  newId?: () => string;
  limits?: Partial<ContactLimits>;
  /** Finds the way to a team, for handovers. Absent if there are no teams. */
  routeTo?: BridgeContext["routeTo"];
  /** Stores that another agent has the call or chat now, too. */
  handedOver?: (contact: string, to: AgentLeg) => Promise<void>;
  /** Counts `contact_ended` (media, cause, answered) and `chats_claimed`. */
  counters?: Counters;
}

/** The stored contacts of a seat. */
interface Lost {
  widget: string;
  call?: KeptChat;
  chat?: KeptChat;
}

/** A seat whose process was stopped or killed, with its chat and its call. */
export interface LostChat {
  /** The name of its visitor's seat. */
  seat: string;
  widget: string;
  /** Resumes them. Call it once. */
  resume(visitor: VisitorPort): SeatContacts;
}

const log = getLogger(["widgets", "contact"]);

/** The bridge between visitors and agents (ARCHITECTURE.md). */
export class Bridge {
  readonly #records: Records;
  readonly #newId: () => string;
  readonly #counters: Counters;
  readonly #context: BridgeContext;
  readonly #keeper: ChatKeeper | undefined;
  readonly #chatStore: ChatStore | undefined;
  readonly #isDead: (home: string) => boolean | Promise<boolean>;
  readonly #writing = new Set<Promise<void>>();

  constructor(options: BridgeOptions) {
    const { agents, records, clock, limits, chatStore, canBeClaimed } = options;
    const { handedOver, routeTo } = options;
    this.#records = records;
    this.#newId = options.newId ?? newUuid;
    const counters = options.counters ?? NOT_COUNTED;
    this.#counters = counters;
    this.#chatStore = chatStore;
    this.#isDead = options.isDead ?? (() => true);
    this.#keeper = chatStore &&
      new ChatKeeper({ store: chatStore, clock, canBeClaimed, counters });
    this.#context = {
      agents,
      ...(this.#keeper && { keeper: this.#keeper }),
      clock,
      limits: { ...LIMITS, ...limits },
      record: (record) => this.#end(record),
      recordAgain: (record) => this.#endAgain(record),
      ...routeTo && { routeTo },
      ...handedOver && {
        handedOver: (...to) => this.#write(handedOver(...to)),
      },
    };
  }

  /** Creates the contacts of a visitor's seat, which closes them at its end.
   * `seat` identifies it in the store of running chats. */
  contacts(visitor: VisitorPort, seat = ""): SeatContacts {
    return new SeatContacts(visitor, this.#context, {
      newId: this.#newId,
      seat,
    });
  }

  /** Claims the chats and calls whose process was stopped or killed, and returns
   * them, one of each per seat. */
  async lost(): Promise<LostChat[]> {
    const bySeat = new Map<string, Lost>();
    for await (const { chat: { id } } of this.#chatStore?.all() ?? []) {
      const kept = await this.#claim(id);
      if (kept === undefined) continue;
      const { seat } = kept.chat;
      bySeat.set(seat, this.#with(bySeat.get(seat), kept));
    }
    return [...bySeat].map(([seat, lost]) => this.#toLost(seat, lost));
  }

  /** The same for one seat. */
  async lostOf(seat: string): Promise<LostChat | undefined> {
    let lost: Lost | undefined;
    for (const { id } of await this.#chatStore?.ofSeat(seat) ?? []) {
      const kept = await this.#claim(id);
      if (kept !== undefined) lost = this.#with(lost, kept);
    }
    return lost && this.#toLost(seat, lost);
  }

  /** Resolves when all records and chats so far are stored, or storing them has
   * failed. */
  async settled(): Promise<void> {
    await this.#keeper?.settled();
    await Promise.all(this.#writing);
  }

  async #claim(id: string): Promise<KeptChat | undefined> {
    const kept = await this.#chatStore?.claim(id, this.#isDead);
    if (kept !== undefined) this.#counters.count("chats_claimed");
    return kept;
  }

  /** A seat has one chat and one call, so the previous one was about to be
   * deleted. */
  #with(lost: Lost | undefined, kept: KeptChat): Lost {
    const { call, visitor: { widget } } = kept.chat;
    const kind = call ? "call" : "chat";
    const other = lost?.[kind];
    const isOlder = other && other.chat.startedAt > kept.chat.startedAt;
    const older = isOlder ? kept : other;
    if (older !== undefined) this.#keeper?.forget(older.chat.id);
    const newest = isOlder ? other : kept;
    return { ...lost, widget: widget.uuid, [kind]: newest };
  }

  #toLost(seat: string, { widget, call, chat }: Lost): LostChat {
    return {
      seat,
      widget,
      resume: (visitor) => {
        const contacts = this.contacts(visitor, seat);
        if (call) contacts.call.resume(call.chat);
        if (chat) contacts.chat.resume(chat);
        return contacts;
      },
    };
  }

  #end(record: ContactRecord): void {
    const { id, media, cause } = record;
    const answered = String(record.answeredAt !== undefined);
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

  /** The process was killed at the end of this chat, so its record may be
   * stored or not. */
  #endAgain(record: ContactRecord): void {
    const looking = (async () => {
      if (!await this.#records.has?.(record)) this.#end(record);
    })().catch((error) => {
      log.error("Cannot look up a record: {error}", { error });
    }).finally(() => this.#writing.delete(looking));
    this.#writing.add(looking);
  }

  #write(storing: Promise<void>): void {
    const writing = storing
      .catch((error) =>
        log.error("Cannot store a handover: {error}", { error })
      )
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

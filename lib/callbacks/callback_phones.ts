import { getLogger } from "@logtape/logtape";
import { STORE_BACKOFF } from "@/lib/base/backoff.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { UntilDone } from "@/lib/base/until_done.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { WidgetContent } from "@/lib/model/widget.ts";
import type { InquiryChange, InquiryStore } from "@/lib/store/inquiry_store.ts";
import { readable } from "@/lib/store/stored.ts";
import type { UsedOnceStore } from "@/lib/store/used_once_store.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import { RING_MS, stateOf, step } from "./callback_step.ts";
import { type CallbackCounted, countedChange } from "./outcome.ts";
import { PhonedRing } from "./phoned_ring.ts";
import type { Phones } from "./phones.ts";
import { phonesOf } from "./phones_of.ts";
import { ringOf } from "./rings_for.ts";
import { timesOf } from "./times.ts";

const log = getLogger(["widgets", "callbacks"]);

/** Number of times that a change is tried while others change the message. */
const TRIES_MAX = 5;

export interface CallbackPhonesOptions {
  inquiries: Pick<InquiryStore, "get" | "change">;
  widgets: Pick<WidgetStore, "get">;
  usedOnce: Pick<UsedOnceStore, "use">;
  phones: Phones;
  /** True for the addresses of desks, which ring anyway. */
  isAtDesk(address: string): boolean;
  hub: Hub<Topics>;
  clock: Clock;
  /** Counts callbacks, for the statistics. */
  happened?(counted: CallbackCounted): void;
}

interface Ring {
  id: string;
  phones: PhonedRing;
}

/** Lets the phones of agents on the PBX ring for callbacks, and connects the
 * first one who answers with the visitor's number (DUE10). */
export class CallbackPhones implements Disposable {
  readonly #options: CallbackPhonesOptions;
  /** By number of the callback. */
  readonly #rings = new Map<string, Ring>();
  readonly #changed = new Set<string>();
  readonly #looking: UntilDone;
  readonly #listening: Disposable;
  #isOver = false;

  constructor(options: CallbackPhonesOptions) {
    this.#options = options;
    const { hub, clock } = options;
    this.#looking = new UntilDone(() => this.#look(), {
      ...{ clock, backoff: STORE_BACKOFF },
      onError: (error) =>
        log.warn("Cannot look for phones of callbacks: {error}", { error }),
    });
    this.#listening = hub.on("callbacks-changed", ({ number }) => {
      this.#changed.add(number);
      void this.#looking.run();
    });
  }

  /** Resolves when no look is in flight. */
  settled(): Promise<void> {
    return this.#looking.settled();
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#listening[Symbol.dispose]();
    this.#looking[Symbol.dispose]();
    for (const { phones } of this.#rings.values()) phones[Symbol.dispose]();
  }

  async #look(): Promise<void> {
    for (const number of [...this.#changed]) {
      this.#changed.delete(number); // It may change again meanwhile.
      await this.#lookAt(number).catch((error: unknown) => {
        this.#changed.add(number);
        throw error;
      });
    }
  }

  async #lookAt(number: string): Promise<void> {
    const inquiry = (await this.#options.inquiries.get(number))?.value;
    const id = inquiry && ringOf(inquiry);
    const before = this.#rings.get(number);
    if (before?.id === id) return;
    before?.phones[Symbol.dispose]();
    this.#rings.delete(number);
    if (inquiry === undefined || id === undefined) return;
    const content = await this.#content(inquiry);
    if (this.#isOver) return;
    this.#rings.set(number, { id, phones: this.#ring(inquiry, id, content) });
  }

  #ring(
    inquiry: Inquiry,
    id: string,
    content: WidgetContent | undefined,
  ): PhonedRing {
    const { phones, usedOnce, clock, isAtDesk } = this.#options;
    const { number, name, widget: uuid, lang, reply } = inquiry;
    const rung = phonesOf(inquiry, content, clock.wall())
      .filter(({ address }) => !isAtDesk(address));
    return new PhonedRing({
      ...{ phones, rung, number: reply.replace(/[^\d+]/g, "") },
      visitor: { name, widget: { uuid, name: content?.name ?? "" }, lang },
      mayRing: (address) =>
        usedOnce.use("callback-phone", `${id} ${address}`, 2 * RING_MS),
      claim: (agent) => this.#claim(number, id, agent),
      failed: (agent) => void this.#failed(number, agent),
      onError: (error) =>
        log.error("Callback {number} cannot be connected by a phone: {error}", {
          ...{ number, error },
        }),
    });
  }

  /** Stores that nobody else may call, before the number is called: so it is
   * called at most once, even if this instance dies. */
  #claim(
    number: string,
    ring: string,
    { address, name }: { address: string; name: string },
  ): Promise<boolean> {
    return this.#change(number, (inquiry, now) => {
      const { callback } = inquiry;
      if (callback === undefined || ringOf(inquiry) !== ring) return undefined;
      const call = step(stateOf(callback), { type: "connect" }, now);
      const assignee = { id: phoneId(address), name };
      return { callback: { ...callback, call }, assignee };
    }, "taken");
  }

  /** The number was not called, so the callback was missed. */
  async #failed(
    number: string,
    { address }: { address: string },
  ): Promise<void> {
    try {
      const inquiry = (await this.#options.inquiries.get(number))?.value;
      const content = inquiry && await this.#content(inquiry);
      await this.#change(number, (inquiry, now) => {
        const { callback, assignee, state } = inquiry;
        const isOwn = assignee?.id === phoneId(address) && state === "open";
        if (callback === undefined || !isOwn) return undefined;
        const { retryAt } = timesOf(inquiry, content, now);
        const event = { type: "not-connected", retryAt } as const;
        const call = step(stateOf(callback), event, now);
        return { callback: { ...callback, call }, assignee: null };
      });
    } catch (error) {
      log.error("Callback {number} is an open message, uncalled: {error}", {
        ...{ number, error },
      });
    }
  }

  /** Changes the message as long as it can be. Returns false if it cannot. */
  async #change(
    number: string,
    changeOf: (inquiry: Inquiry, now: number) => InquiryChange | undefined,
    outcome?: "taken",
  ): Promise<boolean> {
    const { inquiries, clock, hub, happened } = this.#options;
    for (let n = 0; n < TRIES_MAX; n++) {
      const stored = await inquiries.get(number);
      const change = stored && changeOf(stored.value, clock.wall());
      if (stored === undefined || change === undefined) return false;
      const done = await inquiries.change(number, stored.revision, change);
      if (!done.ok) continue;
      hub.tell("callbacks-changed", { number });
      const counted = countedChange(done.value.value);
      if (counted) {
        happened?.({ ...counted, outcome: outcome ?? counted.outcome });
      }
      log.info("Callback {number} is {state}", {
        ...{ number, state: change.callback?.call?.state },
      });
      return true;
    }
    return false;
  }

  async #content({ widget }: Pick<Inquiry, "widget">) {
    const stored = await readable(() => this.#options.widgets.get(widget));
    return stored?.value.content;
  }
}

/** Stands for the agent as the assignee of a message; no account has this id. */
function phoneId(address: string): string {
  return `pbx:${address}`;
}

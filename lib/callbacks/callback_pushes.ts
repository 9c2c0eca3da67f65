import { getLogger } from "@logtape/logtape";
import { STORE_BACKOFF } from "@/lib/base/backoff.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { UntilDone } from "@/lib/base/until_done.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { InquiryStore } from "@/lib/store/inquiry_store.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import { ringOf, ringsFor } from "./rings_for.ts";

const log = getLogger(["widgets", "callbacks"]);

/** Interval at which agents who have closed their desks meanwhile are looked for
 * while a callback rings. */
export const PUSH_LOOK_MS = 5_000;

export interface CallbackPushesOptions {
  inquiries: Pick<InquiryStore, "get">;
  widgets: Pick<WidgetStore, "overviews">;
  /** The desks of this instance. */
  desk: {
    /** Returns the agents whose desk is closed and whose devices can be
     * notified. */
    notifiable(): readonly Pick<Account, "id" | "name">[];
  };
  push: {
    /** Notifies the devices of an agent. A repetition notifies none again. */
    ring(
      account: string,
      ring: { id: string; kind: "callback"; tag: string },
    ): Promise<boolean>;
    over(id: string): Promise<void>;
  };
  hub: Hub<Topics>;
  clock: Clock;
}

/** A ring whose agents were notified. */
interface PushedRing {
  id: string;
  accounts: Set<string>;
}

/** Notifies the devices of agents whose desk is closed when a callback rings for
 * them, and when it does not ring any more (DUE9). */
export class CallbackPushes implements Disposable {
  readonly #options: CallbackPushesOptions;
  /** By number of the callback. */
  readonly #rings = new Map<string, PushedRing>();
  readonly #changed = new Set<string>();
  readonly #looking: UntilDone;
  readonly #listening: Disposable;
  #timer: Disposable | undefined;

  constructor(options: CallbackPushesOptions) {
    this.#options = options;
    const { hub, clock } = options;
    this.#looking = new UntilDone(() => this.#look(), {
      ...{ clock, backoff: STORE_BACKOFF },
      onError: (error) =>
        log.warn("Cannot notify agents of callbacks: {error}", { error }),
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
    this.#listening[Symbol.dispose]();
    this.#looking[Symbol.dispose]();
    this.#timer?.[Symbol.dispose]();
  }

  async #look(): Promise<void> {
    this.#timer?.[Symbol.dispose]();
    for (const number of this.#rings.keys()) this.#changed.add(number);
    for (const number of [...this.#changed]) {
      this.#changed.delete(number); // It may change again meanwhile.
      await this.#lookAt(number).catch((error: unknown) => {
        this.#changed.add(number);
        throw error;
      });
    }
    if (this.#rings.size === 0) return;
    const { clock } = this.#options;
    this.#timer = clock.after(PUSH_LOOK_MS, () => this.#looking.run());
  }

  async #lookAt(number: string): Promise<void> {
    const { inquiries, widgets, desk } = this.#options;
    const inquiry = (await inquiries.get(number))?.value;
    const id = inquiry && ringOf(inquiry);
    const before = this.#rings.get(number);
    if (before !== undefined && before.id !== id) this.#end(number, before);
    if (inquiry === undefined || id === undefined) return;
    const ring = this.#rings.get(number) ?? { id, accounts: new Set() };
    this.#rings.set(number, ring);
    const overviews = await widgets.overviews();
    for (const agent of desk.notifiable()) {
      if (ringsFor(inquiry, agent, overviews)) this.#ring(agent.id, ring);
    }
  }

  #ring(account: string, { id: tag, accounts }: PushedRing): void {
    accounts.add(account);
    const id = pushId(account, tag);
    void this.#options.push.ring(account, { id, kind: "callback", tag });
  }

  #end(number: string, { id, accounts }: PushedRing): void {
    this.#rings.delete(number);
    for (const account of accounts) {
      void this.#options.push.over(pushId(account, id));
    }
  }
}

/** A callback rings for several agents, whose notifications end separately. */
function pushId(account: string, ring: string): string {
  return `${account} ${ring}`;
}

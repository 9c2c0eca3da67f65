import type { Clock } from "@/lib/base/clock.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { InquiryStore } from "@/lib/store/inquiry_store.ts";

/** The messages are read again after this time, because each open page of each
 * user asks every few seconds. */
const VALID_MS = 5_000;
/** Maximum number of messages that are read. */
const READ_MAX = 2_000;

/** The members of a message that decide who sees it. */
export type Addressed = Pick<Inquiry, "address" | "widget" | "assignee">;

/** The newest messages that are not done, read once for the counts of all
 * users. */
export class OpenInquiries {
  readonly #inquiries: Pick<InquiryStore, "newest">;
  readonly #clock: Pick<Clock, "now">;
  #known: { until: number; all: Promise<readonly Addressed[]> } | undefined;

  constructor(
    inquiries: Pick<InquiryStore, "newest">,
    clock: Pick<Clock, "now">,
  ) {
    this.#inquiries = inquiries;
    this.#clock = clock;
  }

  /** Returns them as they were at most VALID_MS ago. */
  all(): Promise<readonly Addressed[]> {
    const now = this.#clock.now();
    if (this.#known !== undefined && now < this.#known.until) {
      return this.#known.all;
    }
    const all = this.#read();
    const known = { until: now + VALID_MS, all };
    this.#known = known;
    all.catch(() => {
      if (this.#known === known) this.changed();
    });
    return all;
  }

  /** Lets the next count read them again. */
  changed(): void {
    this.#known = undefined;
  }

  async #read(): Promise<readonly Addressed[]> {
    const all: Addressed[] = [];
    for await (const { value } of this.#inquiries.newest({ isOpen: true })) {
      const { address, widget, assignee } = value;
      all.push({ address, widget, ...assignee && { assignee } });
      if (all.length === READ_MAX) break;
    }
    return all;
  }
}

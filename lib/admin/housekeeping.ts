import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import type { AuditLog } from "@/lib/store/audit_log.ts";
import type { ContactRecordStore } from "@/lib/store/contact_record_store.ts";
import type { InquiryStore } from "@/lib/store/inquiry_store.ts";
import type { StatisticsStore } from "@/lib/store/statistics_store.ts";
import type { TaskStore } from "@/lib/store/task_store.ts";
import type { Pictures } from "./pictures.ts";

const log = getLogger(["widgets", "housekeeping"]);

/** The first round waits until the start is complete. */
const FIRST_ROUND_MS = 60_000;

/** Time for which audit log entries are stored: two years. */
export const AUDIT_MS = 730 * DAY_MS;

/** Days for which data are stored. */
interface KeptDays {
  recordDays: number;
  messageDays: number;
  statisticsDays: number;
}

type Clearable = {
  pictures: Pick<Pictures, "sweep">;
  store: {
    audit: Pick<AuditLog, "deleteBefore">;
    contactRecords: Pick<ContactRecordStore, "deleteBefore">;
    inquiries: Pick<InquiryStore, "deleteBefore">;
    statistics: Pick<StatisticsStore, "deleteBefore">;
    tasks: Pick<TaskStore, "run">;
  };
};

/**
 * Deletes once a day: unused pictures, records of calls and chats older than
 * `recordDays`, messages of visitors older than `messageDays`, statistics older
 * than `statisticsDays`, and audit log entries older than AUDIT_MS. Of several
 * instances, one at a time does it.
 */
export class Housekeeping implements Disposable {
  readonly #clearable: Clearable;
  readonly #days: KeptDays;
  readonly #clock: Clock;
  readonly #timer: Disposable;

  constructor(
    { pictures, store, clock, ...days }: Clearable & KeptDays & {
      clock: Clock;
    },
  ) {
    this.#clearable = { pictures, store };
    this.#days = days;
    this.#clock = clock;
    this.#timer = every(clock, DAY_MS, () => this.#start(), FIRST_ROUND_MS);
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #start(): void {
    const { tasks } = this.#clearable.store;
    tasks.run("housekeeping", () => this.#round()).catch((error) => {
      // Nothing is lost, because the next round tries again.
      log.warn("Cannot delete expired data: {error}", { error });
    });
  }

  async #round(): Promise<void> {
    const { pictures, store } = this.#clearable;
    // If the clock was set forward by mistake, data must not expire early.
    const now = Math.min(this.#clock.now(), this.#clock.wall());
    const { recordDays, messageDays, statisticsDays } = this.#days;
    const records = await store.contactRecords
      .deleteBefore(now - recordDays * DAY_MS);
    const messages = await store.inquiries
      .deleteBefore(now - messageDays * DAY_MS);
    const today = Math.floor(now / DAY_MS);
    const counts = await store.statistics
      .deleteBefore(today - statisticsDays);
    const changes = await store.audit.deleteBefore(now - AUDIT_MS);
    const unused = await pictures.sweep();
    if (records + messages + counts + changes + unused === 0) return;
    log.info(
      "Deleted {records} contact records, {messages} messages of visitors, {counts} days of statistics, {changes} entries of the audit log, {unused} pictures",
      { records, messages, counts, changes, unused },
    );
  }
}

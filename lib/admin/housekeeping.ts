import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import type { AuditLog } from "@/lib/store/audit_log.ts";
import type { Pictures } from "./pictures.ts";

const log = getLogger(["widgets", "housekeeping"]);

/** The first round waits until the start is over. */
const FIRST_ROUND_MS = 60_000;
const ROUND_MS = 24 * 60 * 60 * 1_000;

/** How long the audit log goes back: two years. */
export const AUDIT_MS = 730 * ROUND_MS;

type Sweepable = Pick<Pictures, "sweep">;
type Log = Pick<AuditLog, "deleteBefore">;

/**
 * What is thrown away once a day: pictures that no widget shows any more, and
 * entries of the audit log that are older than AUDIT_MS.
 */
export class Housekeeping implements Disposable {
  readonly #pictures: Sweepable;
  readonly #audit: Log;
  readonly #clock: Clock;
  #timer: Disposable;

  constructor(
    { pictures, audit, clock }: {
      pictures: Sweepable;
      audit: Log;
      clock: Clock;
    },
  ) {
    this.#pictures = pictures;
    this.#audit = audit;
    this.#clock = clock;
    this.#timer = clock.after(FIRST_ROUND_MS, () => this.#start());
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #start(): void {
    this.#timer = this.#clock.after(ROUND_MS, () => this.#start());
    this.#round().catch((error) => {
      // Nothing is lost: the next round looks again.
      log.warn("Cannot clear out: {error}", { error });
    });
  }

  async #round(): Promise<void> {
    await this.#audit.deleteBefore(this.#clock.now() - AUDIT_MS);
    const pictures = await this.#pictures.sweep();
    if (pictures > 0) {
      log.info("Deleted {pictures} unused pictures", { pictures });
    }
  }
}

import type { Subject, TallyRow } from "@/lib/model/tally.ts";
import type { Counted } from "./counting.ts";
import { DAY_MS, HOUR_MS } from "@/lib/base/times.ts";

/** Counts that are not stored yet. Another count for an existing row needs no
 * more memory. */
export class Pending {
  readonly #rowsMax: number;
  readonly #rows = new Map<string, TallyRow>();

  constructor(rowsMax: number) {
    this.#rowsMax = rowsMax;
  }

  /** Number of rows: one per subject and day. */
  get size(): number {
    return this.#rows.size;
  }

  /**
   * Adds all counts, or nothing if there is no room; returns whether it did.
   */
  add({ at, subjects, counts }: Counted): boolean {
    const day = Math.floor(at / DAY_MS);
    const hour = String(Math.floor(at % DAY_MS / HOUR_MS));
    const ids = subjects.map((subject) => idOf(day, subject));
    const more = ids.filter((id) => !this.#rows.has(id)).length;
    if (this.#rows.size + more > this.#rowsMax) return false;
    for (const [n, id] of ids.entries()) {
      const row = this.#rows.get(id) ??
        { day, subject: subjects[n] ?? {}, counts: {} };
      this.#rows.set(id, row);
      for (const [name, count] of counts) {
        const hours = row.counts[name] ??= {};
        hours[hour] = (hours[hour] ?? 0) + count;
      }
    }
    return true;
  }

  /** Removes and returns all rows. */
  take(): TallyRow[] {
    const rows = [...this.#rows.values()];
    this.#rows.clear();
    return rows;
  }
}

function idOf(day: number, { widget, agent }: Subject): string {
  return JSON.stringify([day, widget, agent]);
}

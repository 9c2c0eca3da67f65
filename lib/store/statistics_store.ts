import {
  addTally,
  pack,
  PackedTally,
  type Subject,
  type TallyRow,
  unpack,
} from "@/lib/model/tally.ts";
import { commitWithRetry } from "./commit_with_retry.ts";
import { CHECKS_MAX, type StoreEngine } from "./store_engine.ts";
import { decode, deleteAll, has, readable } from "./stored.ts";

// The day comes first: expired data is one range, and the data of all widgets
// on one day is another. A period of one subject needs one key per day.
const key = {
  row: (day: number, subject: Subject) => [
    "statistics",
    day,
    ...subjectKey(subject),
  ],
  part: (day: number, ...part: [Kind, ...string[]]) => ({
    prefix: ["statistics", day, ...part],
  }),
  all: { prefix: ["statistics"] },
  before: (day: number) => ({
    start: ["statistics"],
    end: ["statistics", day],
  }),
};

/** A row in its stored form. */
export type PackedRow = Omit<TallyRow, "counts"> & { counts: PackedTally };

/** `both` means an agent in one widget. */
type Kind = "all" | "widget" | "agent" | "both";

/** Each row is checked. A row has at most 36 KiB, a commit 800. */
const ROWS_PER_COMMIT = CHECKS_MAX;
/** Deno KV reads ten keys at a time. */
const KEYS_PER_READ = 10;

/** The counts: one value per day and subject, which contains its hours. */
export class StatisticsStore {
  readonly #kv: StoreEngine;

  constructor(kv: StoreEngine) {
    this.#kv = kv;
  }

  /** Adds the counts of each row to the stored ones. Rows must differ. */
  async add(rows: readonly TallyRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_PER_COMMIT) {
      await this.#addSome(rows.slice(at, at + ROWS_PER_COMMIT));
    }
  }

  /** Returns the counts from the day `from` to the day `to`, both included. */
  async read(
    subject: Subject,
    { from, to }: { from: number; to: number },
  ): Promise<Map<number, PackedTally>> {
    const days = Array.from({ length: to - from + 1 }, (_, n) => from + n);
    const reads: Promise<Deno.KvEntryMaybe<unknown>[]>[] = [];
    for (let at = 0; at < days.length; at += KEYS_PER_READ) {
      const keys = days.slice(at, at + KEYS_PER_READ)
        .map((day) => key.row(day, subject));
      reads.push(this.#kv.getMany(keys));
    }
    const found = new Map<number, PackedTally>();
    for (const [n, entry] of (await Promise.all(reads)).flat().entries()) {
      const counts = await countsOf(entry);
      if (counts !== undefined) found.set(from + n, counts);
    }
    return found;
  }

  /** Returns the counts of one day: of each widget, of each agent, or of each
   * agent in one widget. */
  async *ofDay(
    day: number,
    of: { kind: "widget" | "agent"; widget?: string },
  ): AsyncGenerator<PackedRow> {
    const options = { batchSize: 500 };
    const selector = of.kind === "agent" && of.widget !== undefined
      ? key.part(day, "both", of.widget)
      : key.part(day, of.kind);
    for await (const entry of this.#kv.list(selector, options)) {
      const row = await rowOf(entry);
      if (row !== undefined) yield row;
    }
  }

  /** Returns the first day with counts, or undefined. */
  async firstDay(): Promise<number | undefined> {
    for await (const entry of this.#kv.list(key.all, { limit: 1 })) {
      return Number(entry.key[1]);
    }
    return undefined;
  }

  /** Returns every row, day by day. */
  async *all(): AsyncGenerator<TallyRow> {
    for await (const entry of this.#kv.list(key.all)) {
      const row = await rowOf(entry);
      if (row !== undefined) yield { ...row, counts: unpack(row.counts) };
    }
  }

  /** True if there are counts of this day and subject. */
  async has({ day, subject }: Omit<TallyRow, "counts">): Promise<boolean> {
    return await has(this.#kv, key.row(day, subject));
  }

  /** Deletes the days before one. Returns the number of rows. */
  async deleteBefore(day: number): Promise<number> {
    return await deleteAll(this.#kv, key.before(day));
  }

  /** A write between reading and writing is detected, and the rows are read
   * again. */
  async #addSome(rows: readonly TallyRow[]): Promise<void> {
    await commitWithRetry("add statistics", async () => {
      const commit = this.#kv.atomic();
      for (const { day, subject, counts } of rows) {
        const own = key.row(day, subject);
        const entry = await this.#kv.get(own);
        // An unreadable value is logged, and counting starts again from 0.
        const before = await countsOf(entry);
        const sum = before === undefined ? {} : unpack(before);
        addTally(sum, counts);
        commit.check(entry).set(own, pack(sum));
      }
      return (await commit.commit()).ok || undefined;
    });
  }
}

function subjectKey({ widget, agent }: Subject): [Kind, ...string[]] {
  if (widget === undefined) {
    return agent === undefined ? ["all"] : ["agent", agent];
  }
  return agent === undefined ? ["widget", widget] : ["both", widget, agent];
}

function subjectOf([kind, first, second]: readonly Deno.KvKeyPart[]): Subject {
  switch (kind) {
    case "widget":
      return { widget: String(first) };
    case "agent":
      return { agent: String(first) };
    case "both":
      return { widget: String(first), agent: String(second) };
    default:
      return {};
  }
}

async function countsOf(
  entry: Deno.KvEntryMaybe<unknown>,
): Promise<PackedTally | undefined> {
  if (entry.versionstamp === null) return undefined;
  return (await readable(() => decode(PackedTally, entry)))?.value;
}

async function rowOf(
  entry: Deno.KvEntry<unknown>,
): Promise<PackedRow | undefined> {
  const counts = await countsOf(entry);
  if (counts === undefined) return undefined;
  const [, day, ...subject] = entry.key;
  return { day: Number(day), subject: subjectOf(subject), counts };
}

import {
  addTally,
  pack,
  PackedTally,
  type Subject,
  type TallyRow,
  unpack,
} from "@/lib/model/tally.ts";
import { decode, readable } from "./stored.ts";

// By day first: what is too old is one range, and what a day holds of all widgets
// is another. A period of one subject is as many single keys as it has days.
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

/** A row as it is stored. */
export type PackedRow = Omit<TallyRow, "counts"> & { counts: PackedTally };

/** `both`: an agent in one widget. */
type Kind = "all" | "widget" | "agent" | "both";

/** Rows that one commit changes. One has 36 KiB at most, a commit 800. */
const ROWS_PER_COMMIT = 20;
/** Deno KV reads ten keys at once. */
const KEYS_PER_READ = 10;

/** What was counted: one value a day and subject, with its hours inside. */
export class StatisticsStore {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** Adds the counts of each row to what is there. Rows must differ. */
  async add(rows: readonly TallyRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_PER_COMMIT) {
      await this.#addSome(rows.slice(at, at + ROWS_PER_COMMIT));
    }
  }

  /** What was counted from the day `from` to the day `to`, both inside. */
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

  /** What is there of one day: of each widget, of each agent, or of each agent in
   * one widget. */
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

  /** The first day that has counts, or undefined. */
  async firstDay(): Promise<number | undefined> {
    for await (const entry of this.#kv.list(key.all, { limit: 1 })) {
      return Number(entry.key[1]);
    }
    return undefined;
  }

  /** Every row, day by day. */
  async *all(): AsyncGenerator<TallyRow> {
    for await (const entry of this.#kv.list(key.all)) {
      const row = await rowOf(entry);
      if (row !== undefined) yield { ...row, counts: unpack(row.counts) };
    }
  }

  /** Whether there are counts of this day and subject. */
  async has({ day, subject }: Omit<TallyRow, "counts">): Promise<boolean> {
    const entry = await this.#kv.get(key.row(day, subject));
    return entry.versionstamp !== null;
  }

  /** Deletes the days before one. Returns how many rows that were. */
  async deleteBefore(day: number): Promise<number> {
    let deleted = 0;
    for await (const entry of this.#kv.list(key.before(day))) {
      await this.#kv.delete(entry.key);
      deleted++;
    }
    return deleted;
  }

  /** Who writes between reading and writing is seen, and read again. */
  async #addSome(rows: readonly TallyRow[]): Promise<void> {
    for (;;) {
      const commit = this.#kv.atomic();
      for (const { day, subject, counts } of rows) {
        const own = key.row(day, subject);
        const entry = await this.#kv.get(own);
        // One that cannot be read is logged, and begins anew.
        const before = await countsOf(entry);
        const sum = before === undefined ? {} : unpack(before);
        addTally(sum, counts);
        commit.check(entry).set(own, pack(sum));
      }
      const { ok } = await commit.commit();
      if (ok) return;
    }
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

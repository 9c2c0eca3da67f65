import * as v from "valibot";

/** Hours of a day in UTC. */
export const HOURS = 24;

/**
 * The counts of one day in UTC: by name (lib/statistics/names.ts), then by
 * hour, "0" to "23". Missing counts are 0.
 */
export const DayTally = v.record(
  v.pipe(v.string(), v.maxLength(40)),
  v.record(v.pipe(v.string(), v.regex(/^(1?\d|2[0-3])$/)), v.number()),
);
export type DayTally = v.InferOutput<typeof DayTally>;

/** The subject of counts: everything, a widget, an agent, or an agent in a
 * widget. */
export const Subject = v.strictObject({
  widget: v.exactOptional(v.string()),
  agent: v.exactOptional(v.string()),
});
export type Subject = v.InferOutput<typeof Subject>;

/** A {@linkcode DayTally} with its subject and day. */
export const TallyRow = v.strictObject({
  /** Days since 1970, UTC. */
  day: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  subject: Subject,
  counts: DayTally,
});
export type TallyRow = v.InferOutput<typeof TallyRow>;

/** A {@linkcode DayTally} in its stored form, in which a year can be read in a
 * few ms. */
export const PackedTally = v.pipe(
  v.strictObject({
    names: v.array(v.string()),
    /** For each count, the index of its name, times {@linkcode HOURS}, plus the
     * hour. */
    cells: v.instance(Uint16Array<ArrayBuffer>),
    counts: v.instance(Float64Array<ArrayBuffer>),
  }),
  v.check(({ names, cells, counts }) =>
    cells.length === counts.length &&
    cells.every((cell) => cell < names.length * HOURS)
  ),
);
export type PackedTally = v.InferOutput<typeof PackedTally>;

export function pack(tally: DayTally): PackedTally {
  const names = Object.keys(tally);
  const all = names.flatMap((name, place) =>
    Object.entries(tally[name] ?? {})
      .map(([hour, count]) => [place * HOURS + Number(hour), count] as const)
  );
  return {
    names,
    cells: Uint16Array.from(all, ([cell]) => cell),
    counts: Float64Array.from(all, ([, count]) => count),
  };
}

export function unpack({ names, cells, counts }: PackedTally): DayTally {
  const tally: DayTally = {};
  for (const [n, cell] of cells.entries()) {
    const name = names[Math.floor(cell / HOURS)] ?? "";
    (tally[name] ??= {})[String(cell % HOURS)] = counts[n] ?? 0;
  }
  return tally;
}

/** Adds the counts of `more` to `counts`. */
export function addTally(counts: DayTally, more: DayTally): void {
  for (const [name, hours] of Object.entries(more)) {
    const own = counts[name] ??= {};
    for (const [hour, count] of Object.entries(hours)) {
      own[hour] = (own[hour] ?? 0) + count;
    }
  }
}

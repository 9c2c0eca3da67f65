import * as v from "valibot";

/** Hours of a day, of UTC. */
export const HOURS = 24;

/**
 * What was counted on one day of UTC: by name (lib/statistics/names.ts), then by
 * hour, "0" to "23". What is not there is 0.
 */
export const DayTally = v.record(
  v.pipe(v.string(), v.maxLength(40)),
  v.record(v.pipe(v.string(), v.regex(/^(1?\d|2[0-3])$/)), v.number()),
);
export type DayTally = v.InferOutput<typeof DayTally>;

/** Whose counts: of everything, of a widget, of an agent, of one in the other. */
export const Subject = v.strictObject({
  widget: v.exactOptional(v.string()),
  agent: v.exactOptional(v.string()),
});
export type Subject = v.InferOutput<typeof Subject>;

/** A {@linkcode DayTally} and where it belongs. */
export const TallyRow = v.strictObject({
  /** Days since 1970, UTC. */
  day: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  subject: Subject,
  counts: DayTally,
});
export type TallyRow = v.InferOutput<typeof TallyRow>;

/** A {@linkcode DayTally} as it is stored and read: a year of them in a few ms. */
export const PackedTally = v.pipe(
  v.strictObject({
    names: v.array(v.string()),
    /** Of each count: the place of its name, times {@linkcode HOURS}, plus hour. */
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

/** Adds what `more` counts to `counts`. */
export function addTally(counts: DayTally, more: DayTally): void {
  for (const [name, hours] of Object.entries(more)) {
    const own = counts[name] ??= {};
    for (const [hour, count] of Object.entries(hours)) {
      own[hour] = (own[hour] ?? 0) + count;
    }
  }
}

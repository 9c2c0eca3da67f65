/** The least round distance of labels that is not below `atLeast`. */
export type RoundStep = (atLeast: number) => number;

/** For numbers of things: 1, 2, 5, 10, 20, … */
export const countStep: RoundStep = (atLeast) => {
  const size = 10 ** Math.floor(Math.log10(Math.max(atLeast, 1)));
  return (ROUND.find((n) => n * size >= atLeast) ?? 10) * size;
};

/** For seconds: as clocks divide them, then round numbers of hours. */
export const secondStep: RoundStep = (atLeast) =>
  CLOCK.find((seconds) => seconds >= atLeast) ??
    countStep(atLeast / HOUR) * HOUR;

/** Where the scale ends: at a label, not below `most`. */
export function topOf(most: number, step: RoundStep): number {
  const every = step(most / LABELS);
  return Math.max(1, Math.ceil(most / every)) * every;
}

/** Where labels stand, from 0 to the end of the scale. */
export function placesOf(top: number, step: RoundStep): number[] {
  const every = step(top / LABELS);
  const count = Math.floor(top / every + 1e-9) + 1;
  return Array.from({ length: count }, (_, n) => n * every);
}

/** Above 0, at most. */
const LABELS = 4;
const ROUND = [1, 2, 5];
const HOUR = 3_600;
const CLOCK = [
  ...[1, 2, 5, 10, 15, 20, 30],
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * 60),
  HOUR,
];

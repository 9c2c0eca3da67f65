/** Returns the smallest round distance of labels that is not below `atLeast`. */
export type RoundStep = (atLeast: number) => number;

/** For counts: 1, 2, 5, 10, 20, … */
export const countStep: RoundStep = (atLeast) => {
  const size = 10 ** Math.floor(Math.log10(Math.max(atLeast, 1)));
  return (ROUND.find((n) => n * size >= atLeast) ?? 10) * size;
};

/** For seconds: divisions of a clock, then round numbers of hours. */
export const secondStep: RoundStep = (atLeast) =>
  CLOCK.find((seconds) => seconds >= atLeast) ??
    countStep(atLeast / HOUR) * HOUR;

/** Returns the end of the scale: at a label, not below `most`. */
export function topOf(most: number, step: RoundStep): number {
  const every = step(most / LABELS);
  return Math.max(1, Math.ceil(most / every)) * every;
}

/** Returns the positions of the labels, from 0 to the end of the scale. */
export function placesOf(top: number, step: RoundStep): number[] {
  const every = step(top / LABELS);
  const count = Math.floor(top / every + 1e-9) + 1;
  return Array.from({ length: count }, (_, n) => n * every);
}

/** Maximum number of labels above 0. */
const LABELS = 4;
const ROUND = [1, 2, 5];
const HOUR = 3_600;
const CLOCK = [
  ...[1, 2, 5, 10, 15, 20, 30],
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * 60),
  HOUR,
];

import * as v from "valibot";

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number) {
  return v.pipe(
    v.number("must be a number"),
    v.integer("must be a whole number"),
    v.minValue(
      min,
      min === 0 ? "must not be negative" : `must be at least ${min}`,
    ),
    v.maxValue(max, `must be at most ${max}`),
  );
}

import * as v from "valibot";
import { line } from "./text.ts";
import { wholeNumber } from "./whole_number.ts";

/** Lengths of a slot in minutes. */
export const SLOT_MINUTES = [15, 30, 60] as const;
/** Maximum number of callbacks in one slot. */
export const PER_SLOT_MAX = 50;
/** Maximum number of countries of one widget. */
export const COUNTRIES_MAX = 50;

const COUNTRY = "must be a country such as DE";

/** A country by its two letters of ISO 3166-1, such as `DE`. */
export const Country = v.pipe(
  line(80),
  v.toUpperCase(),
  v.regex(/^[A-Z]{2}$/, COUNTRY),
  v.check(isRegion, COUNTRY),
);

/** The callbacks that a widget offers. */
export const CallbackSettings = v.strictObject({
  on: v.boolean(),
  /** Countries whose numbers are called; if empty, all. The first one is that of
   * a number without a country code. */
  countries: v.pipe(
    v.array(Country),
    v.maxLength(COUNTRIES_MAX, `must be at most ${COUNTRIES_MAX} countries`),
  ),
  slotMinutes: v.picklist(SLOT_MINUTES),
  /** Callbacks that visitors can request for the same slot. */
  perSlot: wholeNumber(1, PER_SLOT_MAX),
});
export type CallbackSettings = v.InferOutput<typeof CallbackSettings>;

/** The settings of a widget that has never had callbacks. */
export const DEFAULT_CALLBACKS: CallbackSettings = {
  on: false,
  countries: [],
  slotMinutes: 30,
  perSlot: 2,
};

const Tries = v.number();

/** The progress of a callback. `tries` counts the rings that have ended without a
 * call. */
export const CallbackState = v.variant("state", [
  /** It rings at this time. */
  v.strictObject({
    state: v.literal("waiting"),
    at: v.number(),
    tries: Tries,
  }),
  v.strictObject({
    state: v.literal("ringing"),
    until: v.number(),
    tries: Tries,
  }),
  /** The assignee calls. */
  v.strictObject({
    state: v.literal("taken"),
    at: v.number(),
    tries: Tries,
  }),
  /** It does not ring any more. */
  v.strictObject({ state: v.literal("over"), tries: Tries }),
]);
export type CallbackState = v.InferOutput<typeof CallbackState>;

/** When a visitor wants to be called. Times are milliseconds since 1970. */
export const Callback = v.strictObject({
  /** Time at which the call is due. */
  from: v.number(),
  /** End of the chosen slot; absent for as soon as possible. */
  to: v.exactOptional(v.number()),
  /** Position within the slot, from 0. */
  place: v.exactOptional(v.number()),
  /** Absent until it rings: it waits for `from`. */
  call: v.exactOptional(CallbackState),
});
export type Callback = v.InferOutput<typeof Callback>;

function isRegion(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return true; // The form is wrong, not the code.
  const names = new Intl.DisplayNames("en", {
    type: "region",
    fallback: "none",
  });
  return names.of(code) !== undefined;
}

import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";

/** Most texts are far from their limit, which needs no mention then. */
const COUNTED_FROM = 0.8;

/** `At most {n} characters.`, in the language of the page. */
const TooLong = createContext<string | undefined>(undefined);

/** Sets the sentence for a text that is over its limit; `{n}` is the limit. */
export function LimitProvider(
  props: { tooLong: string; children: ComponentChildren },
) {
  return (
    <TooLong.Provider value={props.tooLong}>
      {props.children}
    </TooLong.Provider>
  );
}

/** A field's messages about the length of its text. */
export interface LimitState {
  /** `70 / 80`, once the text is near its limit. */
  counter?: string;
  /** The limit in a sentence, while the text is over it. */
  error?: string;
}

/**
 * Compares a text with its limit in UTF-16 units, trimmed as the schemas of
 * lib/model count it. The text is never cut, because only its writer can decide
 * what to leave out. The counter appears when the share `countedFrom` of the
 * limit is used.
 */
export function useLimit(
  text: string,
  limit: number | undefined,
  countedFrom = COUNTED_FROM,
): LimitState {
  const tooLong = useContext(TooLong);
  if (limit === undefined) return {};
  if (tooLong === undefined) {
    throw new Error("Cannot state a limit: no LimitProvider is above");
  }
  const { length } = text.trim();
  if (length < limit * countedFrom) return {};
  const counter = `${length} / ${limit}`;
  if (length <= limit) return { counter };
  return { counter, error: fill(tooLong, { n: limit }) };
}

/** True if a text, trimmed, has more than `limit` UTF-16 units. */
export function isTooLong(text: string, limit: number): boolean {
  return text.trim().length > limit;
}

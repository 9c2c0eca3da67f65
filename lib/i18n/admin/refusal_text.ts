import { fill } from "../fill.ts";
import type { AdminTexts } from "./texts.ts";

/**
 * Returns an error of lib/model's schemas in the reader's language. A text
 * without a translation stays in English.
 */
export function problemText(problem: string, texts: AdminTexts): string {
  const known = new Map<string, string>(
    Object.entries(texts.refusals.problems),
  );
  const exact = known.get(problem);
  if (exact !== undefined) return exact;
  const n = /\b\d+\b/.exec(problem)?.[0] ?? "";
  const counted = known.get(problem.replace(/\b\d+\b/, "{n}"));
  return counted === undefined ? problem : fill(counted, { n });
}

/** Returns the text of a reason; an unknown reason is a bug of the service. */
export function reasonText(reason: string, texts: AdminTexts): string {
  const reasons = new Map<string, string>(
    Object.entries(texts.refusals.reasons),
  );
  return reasons.get(reason) ?? texts.refusals.reasons.internal;
}

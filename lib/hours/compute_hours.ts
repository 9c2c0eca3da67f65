import { getLogger } from "@logtape/logtape";

const log = getLogger(["widgets", "hours"]);

/** Returns what `compute` returns, or `otherwise` if the time zone of the hours
 * is unknown. Only a program that knows more time zones can have stored it. */
export function computeHours<T>(compute: () => T, otherwise: T): T {
  try {
    return compute();
  } catch (error) {
    log.error("Cannot compute opening hours: {error}", { error });
    return otherwise;
  }
}

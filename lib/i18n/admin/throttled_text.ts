import { plural } from "../fill.ts";
import type { AdminTexts } from "./texts.ts";

/** Returns the wait before another try with a password, in seconds or
 * minutes. */
export function throttledText(
  retryAfterSeconds: number,
  { throttled, throttledMinutes }: AdminTexts["access"],
  lang: string,
): string {
  return retryAfterSeconds < 90
    ? plural(throttled, retryAfterSeconds, lang)
    : plural(throttledMinutes, Math.ceil(retryAfterSeconds / 60), lang);
}

import { plural } from "../fill.ts";
import type { AdminTexts } from "./texts.ts";

/** After how long another password may be tried, in seconds or minutes. */
export function throttledText(
  retryAfterSeconds: number,
  { throttled, throttledMinutes }: AdminTexts["access"],
  lang: string,
): string {
  return retryAfterSeconds < 90
    ? plural(throttled, retryAfterSeconds, lang)
    : plural(throttledMinutes, Math.ceil(retryAfterSeconds / 60), lang);
}

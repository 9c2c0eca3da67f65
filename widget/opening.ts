import type { SessionInfo } from "@/lib/protocol/visitor/session_messages.ts";
import type { Translate } from "./translate.ts";

const DAY_MS = 86_400_000;

type Strings = SessionInfo["strings"];

/** The texts for which a timer waits for the next day. */
const timers = new WeakSet<Strings>();

/**
 * Adds to the texts of a session when agents can be reached again: by time, in
 * seconds since 1970. They are in the language of the session and in the
 * visitor's time zone. Calls `redraw` if they have changed, and when the day
 * ends. `text` translates with the texts of the session, so that this file
 * imports nothing.
 */
export function tell(
  times: readonly number[],
  { text, session: { strings, lang } }: {
    text: Translate;
    session: Pick<SessionInfo, "strings" | "lang">;
  },
  { redraw }: { redraw: () => void },
): void {
  const now = Date.now();
  let isNew = false;
  for (const time of times) {
    const shown = openingText(time * 1_000, now, { text, lang });
    if (strings[time] === shown) continue;
    strings[time] = shown;
    isNew = true;
  }
  if (!timers.has(strings)) {
    timers.add(strings);
    setTimeout(() => {
      timers.delete(strings);
      redraw();
    }, midnightAfter(now) - now);
  }
  if (isNew) redraw();
}

/** Returns the text for a time, such as "Back tomorrow at 9:00". */
export function openingText(
  at: number,
  now: number,
  { text, lang }: { text: Translate; lang: string },
): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(lang, options).format(at);
  const time = format({ hour: "numeric", minute: "2-digit" });
  const tomorrow = midnightAfter(now);
  if (at < tomorrow) return text("backToday", { time });
  if (at < midnightAfter(tomorrow)) return text("backTomorrow", { time });
  const day = at < now + 6 * DAY_MS
    ? format({ weekday: "long" })
    : format({ day: "numeric", month: "long" });
  return text("backOn", { day, time });
}

function midnightAfter(time: number): number {
  const date = new Date(time);
  return date.setHours(24, 0, 0, 0);
}

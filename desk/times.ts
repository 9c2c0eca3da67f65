/** Formats a duration in ms: `4:05`, `1:02:33`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [h, m, s] = [
    Math.floor(seconds / 3_600),
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Formats a time for the reader: `14:05`; with its date if it is another
 * day. */
export function timeOfDay(time: number, now: number, lang: string): string {
  const sameDay =
    new Date(time).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(
    lang,
    sameDay
      ? { hour: "numeric", minute: "2-digit" }
      : { weekday: "short", hour: "numeric", minute: "2-digit" },
  ).format(time);
}

/** Returns the name of a language in the reader's language, or its tag. */
export function languageName(tag: string, lang: string): string {
  try {
    return new Intl.DisplayNames([lang], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

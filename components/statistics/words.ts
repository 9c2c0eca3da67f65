import type { Figures, Interval } from "@/lib/protocol/admin/statistics.ts";

type Unit = "second" | "minute" | "hour";

/** Formats numbers and times for one language. */
export class Words {
  readonly lang: string;
  readonly #number: Intl.NumberFormat;
  readonly #percent: Intl.NumberFormat;

  constructor(lang: string) {
    this.lang = lang;
    this.#number = new Intl.NumberFormat(lang);
    this.#percent = new Intl.NumberFormat(lang, {
      style: "percent",
      maximumFractionDigits: 0,
    });
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  /** Formats a share: `87 %`, or a dash if the whole is 0. */
  share(part: number, whole: number): string {
    return whole === 0 ? "–" : this.#percent.format(part / whole);
  }

  /** Formats a change: `+12 %`, or a factor for large changes. */
  change(now: number, before: number): string {
    const change = (now - before) / before;
    if (change >= 10) {
      return `× ${this.#number.format(Math.round(now / before))}`;
    }
    return this.#percent.format(Math.abs(change));
  }

  /** Formats a duration: `4.8 sec`, `1 min 35 sec`, `3 hr 25 min`, `41 hr`. */
  duration(ms: number | null): string {
    if (ms === null) return "–";
    const seconds = ms / 1_000;
    if (seconds < 9.95) {
      return this.#unit(Math.round(seconds * 10) / 10, "second");
    }
    const whole = Math.round(seconds);
    if (whole < 60) return this.#unit(whole, "second");
    if (whole < 3_600) return this.#two(whole, "minute", "second");
    const minutes = Math.round(whole / 60);
    return minutes < 600
      ? this.#two(minutes, "hour", "minute")
      : this.#unit(Math.round(minutes / 60), "hour");
  }

  /** Returns the label below a bar, as short as possible. */
  tick(start: string, step: Interval): string {
    return this.#date(
      start,
      {
        hour: { hour: "numeric", minute: "2-digit" },
        day: { day: "numeric", month: "short" },
        week: { day: "numeric", month: "short" },
        month: { month: "short", year: "2-digit" },
      }[step] as Intl.DateTimeFormatOptions,
    );
  }

  /** Returns the full name of a point in time. */
  point(start: string, step: Interval): string {
    return this.#date(
      start,
      {
        hour: { dateStyle: "full", timeStyle: "short" },
        day: { dateStyle: "full" },
        week: { dateStyle: "long" },
        month: { month: "long", year: "numeric" },
      }[step] as Intl.DateTimeFormatOptions,
    );
  }

  /** Formats a period: `16 – 22 Nov 2026`. */
  days(from: string, to: string): string {
    const format = new Intl.DateTimeFormat(this.lang, {
      dateStyle: "medium",
      timeZone: "UTC",
    });
    return format.formatRange(new Date(from), new Date(to));
  }

  /** Returns a weekday, counted from Monday: `Mon`; for `long`, `Monday`. */
  weekday(day: number, style: "short" | "long"): string {
    const monday = Date.UTC(2024, 0, 1 + day);
    return new Date(monday)
      .toLocaleDateString(this.lang, { weekday: style, timeZone: "UTC" });
  }

  #date(start: string, options: Intl.DateTimeFormatOptions): string {
    const format = new Intl.DateTimeFormat(this.lang, {
      ...options,
      timeZone: "UTC", // It is local time already.
    });
    return format.format(new Date(`${start}Z`));
  }

  #unit(value: number, unit: Unit): string {
    return new Intl.NumberFormat(this.lang, {
      style: "unit",
      unit,
      unitDisplay: "short",
    }).format(value);
  }

  /** Formats a number of the smaller unit, 60 of which are one of the larger. */
  #two(value: number, large: Unit, small: Unit): string {
    const rest = value % 60;
    const first = this.#unit(Math.floor(value / 60), large);
    return rest === 0 ? first : `${first} ${this.#unit(rest, small)}`;
  }
}

/** Sums of calls and chats: all, answered, missed. */
export function contactsIn(
  { calls, chats, callsAnswered, chatsAnswered }: Figures,
): { all: number; answered: number; missed: number } {
  const all = calls + chats;
  const answered = callsAnswered + chatsAnswered;
  return { all, answered, missed: all - answered };
}

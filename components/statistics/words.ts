import type { Figures, Step } from "@/lib/protocol/admin/statistics.ts";

type Unit = "second" | "minute" | "hour";

/** Numbers and times as the readers of one language write them. */
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

  /** `87 %`; a dash of nothing. */
  share(part: number, whole: number): string {
    return whole === 0 ? "–" : this.#percent.format(part / whole);
  }

  /** `+12 %`, or a factor where percents say nothing. */
  change(now: number, before: number): string {
    const change = (now - before) / before;
    if (change >= 10) {
      return `× ${this.#number.format(Math.round(now / before))}`;
    }
    return this.#percent.format(Math.abs(change));
  }

  /** `4.8 sec`, `1 min 35 sec`, `3 hr 25 min`, `41 hr`: as much as one wants. */
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

  /** What stands below a bar: as short as it can be. */
  tick(start: string, step: Step): string {
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

  /** What a point stands for, in full. */
  point(start: string, step: Step): string {
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

  /** `16 – 22 Nov 2026`. */
  days(from: string, to: string): string {
    const format = new Intl.DateTimeFormat(this.lang, {
      dateStyle: "medium",
      timeZone: "UTC",
    });
    return format.formatRange(new Date(from), new Date(to));
  }

  /** `Mon`, from Monday; `long`: `Monday`. */
  weekday(day: number, style: "short" | "long"): string {
    const monday = Date.UTC(2024, 0, 1 + day);
    return new Date(monday)
      .toLocaleDateString(this.lang, { weekday: style, timeZone: "UTC" });
  }

  #date(start: string, options: Intl.DateTimeFormatOptions): string {
    const format = new Intl.DateTimeFormat(this.lang, {
      ...options,
      timeZone: "UTC", // It is the time on the wall already.
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

  /** A number of the smaller unit, 60 of which are one of the larger. */
  #two(value: number, large: Unit, small: Unit): string {
    const rest = value % 60;
    const first = this.#unit(Math.floor(value / 60), large);
    return rest === 0 ? first : `${first} ${this.#unit(rest, small)}`;
  }
}

/** Calls and chats together: all, answered, missed. */
export function contactsIn(
  { calls, chats, callsAnswered, chatsAnswered }: Figures,
): { all: number; answered: number; missed: number } {
  const all = calls + chats;
  const answered = callsAnswered + chatsAnswered;
  return { all, answered, missed: all - answered };
}

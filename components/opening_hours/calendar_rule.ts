const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
/** Years for which days that move are computed, the current one included. */
const YEARS = 4;
const YEARS_MAX = 200;

/**
 * Returns the first days of a repeated event. If `yearly` is true there is one,
 * which repeats on the same date each year. Undefined for a rule that is not
 * read: only those by year are, for a date or a weekday of a month. The parts of
 * a rule are in RFC 5545, 3.3.10.
 */
export function daysOfRule(
  rule: string,
  first: string,
  today: string,
): { dates: string[]; yearly: boolean } | undefined {
  const parts = new Map(
    rule.trim().toUpperCase().split(";").filter(Boolean).map((part) => {
      const [name = "", value = ""] = part.split("=");
      return [name, value];
    }),
  );
  parts.delete("WKST");
  if (parts.get("FREQ") !== "YEARLY") return undefined;
  parts.delete("FREQ");
  const interval = number(parts, "INTERVAL") ?? 1;
  const count = number(parts, "COUNT") ?? Infinity;
  const until = /^(\d{4})(\d\d)(\d\d)/.exec(parts.get("UNTIL") ?? "");
  parts.delete("UNTIL");
  const last = until ? until.slice(1).join("-") : "9999";
  const dayIn = dayOfYear(parts, first);
  if (dayIn === undefined || parts.size > 0 || interval < 1) return undefined;
  const isEndless = count === Infinity && until === null;
  const isSameDate = dayIn(2024)?.slice(4) === first.slice(4) &&
    dayIn(2028)?.slice(4) === first.slice(4);
  if (isEndless && interval === 1 && isSameDate) {
    return { dates: [first], yearly: true };
  }
  const [begin, now] = [first, today].map((date) => Number(date.slice(0, 4)));
  if (begin === undefined || now === undefined) return undefined;
  const dates: string[] = [];
  for (let n = 0; n < Math.min(count, YEARS_MAX); n++) {
    const year = begin + n * interval;
    if (year >= now + YEARS) break;
    const date = dayIn(year);
    if (date === undefined || date < first || date > last) continue;
    // What begins in the old year may end in this one.
    if (year >= now - 1) dates.push(date);
  }
  return { dates, yearly: false };
}

/** Returns the date this many days later. */
export function dayAfter(date: string, days: number): string {
  const time = Date.parse(`${date}T00:00:00Z`) + days * 86_400_000;
  return Number.isNaN(time) ? "" : new Date(time).toISOString().slice(0, 10);
}

/** Returns the event's day by year, and removes the parts that say so. */
function dayOfYear(
  parts: Map<string, string>,
  first: string,
): ((year: number) => string | undefined) | undefined {
  const month = number(parts, "BYMONTH") ?? Number(first.slice(5, 7));
  const day = number(parts, "BYMONTHDAY") ?? Number(first.slice(8));
  const [, place, name] = /^([+-]?[1-5])([A-Z]{2})$/
    .exec(parts.get("BYDAY") ?? "") ?? [];
  if (month < 1 || month > 12) return undefined;
  if (!parts.has("BYDAY")) return (year) => existing(year, month, day);
  parts.delete("BYDAY");
  const weekday = DAYS.indexOf(name ?? "");
  if (weekday < 0) return undefined;
  return (year) => nth(Number(place), weekday, { year, month });
}

/** Returns the nth weekday of a month, or the nth last one if it is negative. */
function nth(
  place: number,
  weekday: number,
  { year, month }: { year: number; month: number },
): string | undefined {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const all = Array.from({ length: days }, (_, n) => n + 1)
    .filter((day) =>
      new Date(Date.UTC(year, month - 1, day)).getUTCDay() === weekday
    );
  const day = all.at(place > 0 ? place - 1 : place);
  return day === undefined ? undefined : existing(year, month, day);
}

/** Undefined for 29 February in most years. */
function existing(
  year: number,
  month: number,
  day: number,
): string | undefined {
  const date = `${year}-${two(month)}-${two(day)}`;
  return dayAfter(date, 0) === date ? date : undefined;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** Returns a part that is a whole number, and removes it. */
function number(parts: Map<string, string>, name: string): number | undefined {
  const value = parts.get(name);
  if (value === undefined || !/^\d{1,4}$/.test(value)) return undefined;
  parts.delete(name);
  return Number(value);
}

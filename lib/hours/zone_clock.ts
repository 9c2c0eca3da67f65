import { DAY_MS } from "@/lib/base/times.ts";
import { minuteOf } from "@/lib/model/hours.ts";

/**
 * Converts local times of a time zone. Between two changes of the zone's clock it
 * only adds, because Temporal takes some microseconds for each time, and opening
 * hours without an end have thousands.
 *
 * Its methods throw a RangeError if the time zone does not exist.
 */
export class ZoneClock {
  readonly #timeZone: string;
  #offsetMs = 0;
  /** The instants between which the offset is known. */
  #from = Infinity;
  #until = -Infinity;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** Returns the local date of an instant. */
  dateAt(at: number): Temporal.PlainDate {
    return Temporal.Instant.fromEpochMilliseconds(Math.floor(at))
      .toZonedDateTimeISO(this.#timeZone).toPlainDate();
  }

  /** Returns the start of a day, which some zones begin at 01:00. */
  startOf(date: Temporal.PlainDate): number {
    return this.#steady(date, 0) ?? this.#look(date).epochMilliseconds;
  }

  /** Returns the instant of a time of day, such as `09:00`. Midnight is the
   * start of the day. */
  instantOf(date: Temporal.PlainDate, time: string): number {
    const minutes = minuteOf(time);
    const steady = this.#steady(date, minutes);
    if (steady !== undefined) return steady;
    if (minutes === 0 || this.isSkipped(date)) return this.startOf(date);
    const at = { timeZone: this.#timeZone, plainTime: time };
    return date.toZonedDateTime(at).epochMilliseconds;
  }

  /** True if the zone has left out this day, as Samoa did on 30 December
   * 2011. */
  isSkipped(date: Temporal.PlainDate): boolean {
    return this.#steady(date, 0) === undefined &&
      !this.#look(date).toPlainDate().equals(date);
  }

  /** Undefined if the clock may change on that day or the next ones. */
  #steady(
    { year, month, day }: Temporal.PlainDate,
    minutes: number,
  ): number | undefined {
    const local = Date.UTC(year, month - 1, day, 0, minutes);
    const instant = local - this.#offsetMs;
    const isKnown = this.#from + DAY_MS <= instant &&
      instant <= this.#until - 2 * DAY_MS;
    return isKnown ? instant : undefined;
  }

  /** Finds out until when the offset of this day is known. */
  #look(date: Temporal.PlainDate): Temporal.ZonedDateTime {
    const start = date.toZonedDateTime(this.#timeZone);
    const { epochMilliseconds: at } = start;
    if (at < this.#from || at >= this.#until) {
      this.#offsetMs = start.offsetNanoseconds / 1e6;
      this.#from = at;
      const next = start.getTimeZoneTransition("next");
      this.#until = next?.epochMilliseconds ?? Infinity;
    }
    return start;
  }
}

import type { CallbackTimes } from "@/lib/protocol/visitor/contact_messages.ts";
import type { Model } from "../view/model.ts";
import type { FormFields } from "./form_state.ts";

type Times = Pick<CallbackTimes, "slots" | "minutes" | "soonAt">;

/** Asks whether the visitor wants to be called, unless nobody ever can. */
export function CallbackBox(
  { form, model }: { form: FormFields; model: Pick<Model, "text"> },
) {
  const label = model.text("callback");
  return label && !form.times?.never && (
    <div class="agree">
      <label>
        <input
          type="checkbox"
          checked={form.slot !== undefined}
          disabled={form.state.state === "sending"}
          onChange={({ currentTarget }) =>
            form.wantCall(currentTarget.checked ? 0 : undefined)}
        />
        {label}
      </label>
    </div>
  );
}

/** The times at which the visitor can be called. */
export function CallbackWhen(
  { form, model }: { form: FormFields; model: Model },
) {
  const { slot, times } = form;
  if (slot === undefined || times === undefined) return null;
  const { text, session: { lang } } = model;
  const { soonAt } = times;
  const soon = text("callbackSoon") +
    (soonAt ? ` (${momentText(soonAt, lang)})` : "");
  if (times.slots.length === 0) return <p class="when">{soon}</p>;
  return (
    <label class="when">
      {text("callbackWhen")}
      <select
        class="field"
        disabled={form.state.state === "sending"}
        onChange={({ currentTarget }) =>
          form.wantCall(Number(currentTarget.value))}
      >
        <option value="0" selected={slot === 0}>{soon}</option>
        {daysOf(times, lang).map(([day, slots]) => (
          <optgroup key={day} label={day}>
            {slots.map((one) => (
              <option key={one} value={`${one}`} selected={slot === one}>
                {rangeText(one, times.minutes, lang)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

/** Returns the day and the time of a slot, in the visitor's time zone. */
export function slotText(slot: number, minutes: number, lang: string): string {
  return `${dayText(slot, lang)}, ${rangeText(slot, minutes, lang)}`;
}

function daysOf({ slots }: Times, lang: string): [string, number[]][] {
  const days = new Map<string, number[]>();
  for (const slot of slots) {
    const day = dayText(slot, lang);
    days.set(day, [...days.get(day) ?? [], slot]);
  }
  return [...days];
}

function dayText(seconds: number, lang: string): string {
  return format(lang, { weekday: "long", day: "numeric", month: "long" })
    .format(seconds * 1_000);
}

function momentText(seconds: number, lang: string): string {
  return format(lang, { weekday: "long", ...HOUR }).format(seconds * 1_000);
}

function rangeText(seconds: number, minutes: number, lang: string): string {
  const start = seconds * 1_000;
  return format(lang, HOUR).formatRange(start, start + minutes * 60_000);
}

const HOUR = { hour: "numeric", minute: "2-digit" } as const;

function format(
  lang: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(lang, options);
}

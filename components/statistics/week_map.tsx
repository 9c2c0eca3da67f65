import { useState } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import type { StatisticsView } from "@/lib/protocol/admin/statistics.ts";
import { Segmented } from "@/lib/ui/choice.tsx";
import { useWords } from "./statistics_ui.ts";

/** Number of shades above zero. */
const SHADES = 5;
const DAYS = [0, 1, 2, 3, 4, 5, 6];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

type Week = StatisticsView["week"];
type What = "all" | "missed";

/** When visitors write and call: the hours of the week, darker for more. */
export function WeekMap({ week }: { week: Week }) {
  const { words, texts } = useWords();
  const [what, setWhat] = useState<What>("all");
  const most = Math.max(
    1,
    ...DAYS.flatMap((day) =>
      HOURS.map((hour) => shown(week, what, [day, hour]))
    ),
  );
  return (
    <section class="panel plot-panel">
      <header class="plot-header">
        <div>
          <h2>{texts.weekTitle}</h2>
          <p class="soft">{texts.weekLead}</p>
        </div>
        <Segmented
          label={texts.weekShow}
          hideLabel
          value={what}
          options={[
            { value: "all", label: texts.weekAll },
            { value: "missed", label: texts.missed },
          ]}
          onChoose={setWhat}
        />
      </header>
      <table class={`week-map week-${what}`}>
        <caption class="hidden-label">{texts.weekTitle}</caption>
        <Head />
        <tbody>
          {DAYS.map((day) => <Day key={day} {...{ day, week, what, most }} />)}
        </tbody>
      </table>
      <p class="week-key soft" aria-hidden="true">
        {texts.weekNone}
        {Array.from(
          { length: SHADES + 1 },
          (_, n) => <span key={n} class={`shade-${n}`} />,
        )}
        {fill(texts.weekMost, { count: words.number(most) })}
      </p>
    </section>
  );
}

function Head() {
  return (
    <thead>
      <tr>
        <td />
        {HOURS.map((hour) => (
          <th key={hour} scope="col">
            <span class={hour % 3 === 0 ? undefined : "hidden-label"}>
              {hour}
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Day({ day, week, what, most }: {
  day: number;
  week: Week;
  what: What;
  most: number;
}) {
  const { words, texts } = useWords();
  const name = words.weekday(day, "long");
  return (
    <tr>
      <th scope="row" aria-label={name}>{words.weekday(day, "short")}</th>
      {HOURS.map((hour) => {
        const told = fill(texts.weekCell, {
          answered: at(week.answered, day, hour),
          missed: at(week.missed, day, hour),
        });
        const count = shown(week, what, [day, hour]);
        return (
          <td
            key={hour}
            class={`shade-${shade(count, most)}`}
            title={`${name}, ${hour}:00\n${told}`}
          >
            <span class="hidden-label">{told}</span>
          </td>
        );
      })}
    </tr>
  );
}

function shown(week: Week, what: What, [day, hour]: [number, number]): number {
  const missed = at(week.missed, day, hour);
  return what === "missed" ? missed : missed + at(week.answered, day, hour);
}

function at(counts: Week["missed"], day: number, hour: number): number {
  return counts[day]?.[hour] ?? 0;
}

function shade(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.ceil(count / most * SHADES));
}

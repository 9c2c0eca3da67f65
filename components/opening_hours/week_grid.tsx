import { useState } from "preact/hooks";
import { Copy } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import { Button, IconButton } from "@/lib/ui/button.tsx";
import { Checkbox } from "@/lib/ui/choice.tsx";
import { useLanguage } from "../admin/language.tsx";
import { type Problems, problemsAt } from "../widget_editor/problems.ts";
import { copyDay, type Preset, PRESETS, presetWeek } from "./hours_edits.ts";
import { IntervalsField } from "./intervals_field.tsx";
import { dayName } from "./words.ts";

export interface WeekGridProps {
  week: OpeningHours["week"];
  /** Errors by path in `week`. */
  problems: Problems;
  onWeek: (week: OpeningHours["week"]) => void;
}

/** The opening times of each day of the week. */
export function WeekGrid({ week, problems, onWeek }: WeekGridProps) {
  const { texts: { hours: words }, lang } = useLanguage();
  const [copied, copy] = useState<number>();
  return (
    <div class="week">
      <div class="presets" role="group" aria-label={words.presets}>
        {presets().map((preset) => (
          <Button
            key={preset}
            size="small"
            onClick={() => onWeek(presetWeek(preset))}
          >
            {words.preset[preset]}
          </Button>
        ))}
      </div>
      {week.map((intervals, day) => {
        const name = dayName(day, lang);
        return (
          <div class="week-day" key={day} role="group" aria-label={name}>
            <span class="week-name" aria-hidden="true">{name}</span>
            <IntervalsField
              intervals={intervals}
              name={name}
              problems={problemsAt(problems, String(day))}
              onIntervals={(next) => onWeek(week.with(day, next))}
            />
            <IconButton
              label={fill(words.copyDay, { name })}
              aria-expanded={copied === day ? "true" : "false"}
              onClick={() => copy(copied === day ? undefined : day)}
            >
              <Copy size={15} aria-hidden="true" />
            </IconButton>
            {copied === day && (
              <CopyForm
                day={day}
                onCopy={(days) => {
                  onWeek(copyDay(week, day, days));
                  copy(undefined);
                }}
                onCancel={() => copy(undefined)}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

function presets(): Preset[] {
  return Object.keys(PRESETS).filter((name): name is Preset => name in PRESETS);
}

/** Asks to which days the times of a day are copied; to all, unless one is
 * deselected. */
function CopyForm({ day, onCopy, onCancel }: {
  day: number;
  onCopy: (days: Set<number>) => void;
  onCancel: () => void;
}) {
  const { texts: { hours: words, common }, lang } = useLanguage();
  const label = fill(words.copyDayTo, { name: dayName(day, lang) });
  const others = [0, 1, 2, 3, 4, 5, 6].filter((other) => other !== day);
  const [chosen, choose] = useState(
    new Set(others.filter((other) => day > 4 || other <= 4)),
  );
  function toggle(other: number, on: boolean): void {
    const next = new Set(chosen);
    if (on) next.add(other);
    else next.delete(other);
    choose(next);
  }
  return (
    <div class="copy-days" role="group" aria-label={label}>
      <span class="label" aria-hidden="true">{label}</span>
      <div class="copy-list">
        {others.map((other) => (
          <Checkbox
            key={other}
            label={dayName(other, lang)}
            checked={chosen.has(other)}
            onToggle={(on) => toggle(other, on)}
          />
        ))}
      </div>
      <div class="button-row">
        <Button size="small" onClick={onCancel}>{common.cancel}</Button>
        <Button
          size="small"
          kind="primary"
          disabled={chosen.size === 0}
          onClick={() => onCopy(chosen)}
        >
          {words.copy}
        </Button>
      </div>
    </div>
  );
}

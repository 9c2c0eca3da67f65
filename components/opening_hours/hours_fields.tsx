import { useMemo } from "preact/hooks";
import type { OpeningHours } from "@/lib/model/hours.ts";
import { Select } from "@/lib/ui/choice.tsx";
import { FieldError } from "@/lib/ui/field.tsx";
import { useLanguage } from "../admin/language.tsx";
import { errorAt } from "../widget_editor/editing.ts";
import { type Problems, problemsAt } from "../widget_editor/problems.ts";
import { ExceptionsList } from "./exceptions_list.tsx";
import { type HoursApi, HoursStateLine } from "./hours_state.tsx";
import { WeekGrid } from "./week_grid.tsx";

export interface HoursFieldsProps {
  hours: OpeningHours;
  /** Errors by path in `hours`. */
  problems: Problems;
  api: HoursApi;
  onHours: (hours: OpeningHours) => void;
}

/** All fields of opening hours, and above them the state at this moment. */
export function HoursFields(props: HoursFieldsProps) {
  const { hours, problems, api, onHours } = props;
  const { texts } = useLanguage();
  const { hours: words } = texts;
  const change = (part: Partial<OpeningHours>) =>
    onHours({ ...hours, ...part });
  const weekError = errorAt(problems, "week", texts);
  return (
    <>
      <HoursStateLine hours={hours} api={api} />
      <div class="field-short">
        <TimeZoneField
          timeZone={hours.timeZone}
          error={errorAt(problems, "timeZone", texts)}
          onTimeZone={(timeZone) => change({ timeZone })}
        />
      </div>
      <h3 class="section-title">{words.week}</h3>
      {weekError && <FieldError>{weekError}</FieldError>}
      <WeekGrid
        week={hours.week}
        problems={problemsAt(problems, "week")}
        onWeek={(week) => change({ week })}
      />
      <ExceptionsList
        exceptions={hours.exceptions}
        problems={problemsAt(problems, "exceptions")}
        onExceptions={(exceptions) => change({ exceptions })}
      />
    </>
  );
}

function TimeZoneField({ timeZone, error, onTimeZone }: {
  timeZone: string;
  error: string | undefined;
  onTimeZone: (timeZone: string) => void;
}) {
  const { texts: { hours: words } } = useLanguage();
  const zones = useMemo(
    () =>
      [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", timeZone])]
        .sort(),
    [timeZone],
  );
  return (
    <Select
      label={words.timeZone}
      hint={words.timeZoneHint}
      value={timeZone}
      error={error}
      options={zones.map((zone) => ({
        value: zone,
        label: zone.replaceAll("_", " "),
      }))}
      onChoose={onTimeZone}
    />
  );
}

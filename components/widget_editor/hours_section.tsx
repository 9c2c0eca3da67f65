import { Switch } from "@/lib/ui/choice.tsx";
import { useLanguage } from "../admin/language.tsx";
import { newHours } from "../opening_hours/hours_edits.ts";
import { HoursFields } from "../opening_hours/hours_fields.tsx";
import type { HoursApi } from "../opening_hours/hours_state.tsx";
import type { Editing } from "./editing.ts";
import { problemsAt } from "./problems.ts";

/** The opening hours of the widget. */
export function HoursSection({ editing, api }: {
  editing: Editing;
  api: HoursApi;
}) {
  const { texts: { hours: words } } = useLanguage();
  const { content: { hours }, problems, edit } = editing;
  return (
    <>
      <Switch
        label={words.limit}
        hint={words.limitHint}
        checked={hours !== undefined}
        onToggle={(on) => edit({ hours: on ? newHours() : undefined })}
      />
      {hours && (
        <HoursFields
          hours={hours}
          problems={problemsAt(problems, "hours")}
          api={api}
          onHours={(hours) => edit({ hours })}
        />
      )}
    </>
  );
}

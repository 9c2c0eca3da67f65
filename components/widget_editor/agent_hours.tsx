import type { OpeningHours } from "@/lib/model/hours.ts";
import { Switch } from "@/lib/ui/choice.tsx";
import { useLanguage } from "../admin/language.tsx";
import { newHours } from "../opening_hours/hours_edits.ts";
import { HoursFields } from "../opening_hours/hours_fields.tsx";
import type { HoursApi } from "../opening_hours/hours_state.tsx";
import type { AgentForm } from "./agent_form.ts";
import { problemsAt } from "./problems.ts";

/** The own opening hours of an agent. They begin with those of the widget. */
export function AgentHours({ form, widgetHours, api }: {
  form: AgentForm;
  widgetHours: OpeningHours | undefined;
  api: HoursApi;
}) {
  const { texts: { hours: words } } = useLanguage();
  const { agent: { hours }, problems, setHours } = form;
  const initial = () => ({ ...widgetHours ?? newHours(), exceptions: [] });
  return (
    <section class="agent-hours">
      <Switch
        label={words.own}
        hint={words.ownHint}
        checked={hours !== undefined}
        onToggle={(on) => setHours(on ? initial() : undefined)}
      />
      {hours && (
        <HoursFields
          hours={hours}
          problems={problemsAt(problems, "hours")}
          api={api}
          onHours={setHours}
        />
      )}
    </section>
  );
}

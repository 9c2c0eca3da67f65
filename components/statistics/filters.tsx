import { type Interval, PERIODS } from "@/lib/protocol/admin/statistics.ts";
import { Segmented, Select } from "@/lib/ui/choice.tsx";
import { Field } from "@/lib/ui/field.tsx";
import { type Choice, ownDays, stepsFor } from "./choice.ts";
import {
  type Named,
  type StatisticsActions,
  useWords,
} from "./statistics_ui.ts";

/** The filters: period, widget, agent and steps. */
export function Filters({ choice, widgets, agents, today, actions }: {
  choice: Choice;
  widgets: readonly Named[];
  /** Empty if there are too many to choose from before a widget is chosen. */
  agents: readonly Named[];
  today: string;
  actions: StatisticsActions;
}) {
  const { texts } = useWords();
  const { choose } = actions;
  const { period, widget, agent } = choice;
  const periods = PERIODS
    .map((value) => ({ value, label: texts.periods[value] }));
  return (
    <div class="filters">
      <Segmented
        label={texts.period}
        value={period}
        options={periods}
        onChoose={(period) =>
          choose(period === "own" ? { period, ...ownDays(today) } : { period })}
      />
      {period === "own" && <OwnDays {...{ choice, today, actions }} />}
      <Select
        label={texts.widget}
        value={widget}
        options={options(widgets, widget, texts.allWidgets)}
        onChoose={(widget) => choose({ widget, agent: "" })}
      />
      <Select
        label={texts.agent}
        value={agent}
        options={options(
          agents,
          agent,
          agents.length > 0 || widget !== "" ? texts.allAgents : texts.tooMany,
        )}
        onChoose={(agent) => choose({ agent })}
      />
      <Steps choice={choice} actions={actions} />
    </div>
  );
}

function OwnDays({ choice: { from, to }, today, actions }: {
  choice: Choice;
  today: string;
  actions: StatisticsActions;
}) {
  const { texts } = useWords();
  const day = (name: "from" | "to", bounds: { min?: string; max?: string }) => (
    <Field label={texts[name]}>
      {(control) => (
        <input
          {...control}
          {...bounds}
          class="input"
          type="date"
          required
          value={name === "from" ? from : to}
          onChange={({ currentTarget: { value, validity } }) =>
            validity.valid && actions.choose({ [name]: value })}
        />
      )}
    </Field>
  );
  return (
    <div class="own-days">
      {day("from", { min: "1970-01-01", max: to })}
      {day("to", { min: from, max: today })}
    </div>
  );
}

function Steps(
  { choice, actions }: { choice: Choice; actions: StatisticsActions },
) {
  const { texts } = useWords();
  const steps = stepsFor(choice);
  if (steps.length < 2) return null;
  const label = (value: Interval | "") => ({
    value,
    label: texts.steps[value === "" ? "auto" : value],
  });
  return (
    <Select
      label={texts.step}
      value={choice.by}
      options={[label(""), ...steps.map(label)]}
      onChoose={(by) => actions.choose({ by })}
    />
  );
}

/** The option for all, then each one. A choice that is not in the list is shown
 * by its id. */
function options(all: readonly Named[], chosen: string, none: string) {
  const isKnown = chosen === "" || all.some(({ id }) => id === chosen);
  const named = isKnown ? all : [...all, { id: chosen, name: chosen }];
  return [
    { value: "", label: none },
    ...named.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

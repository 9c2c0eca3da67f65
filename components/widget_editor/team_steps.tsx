import { ArrowUp, Plus, Trash2 } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import type { Agent } from "@/lib/model/agent.ts";
import {
  RING_SECONDS_MAX,
  RING_SECONDS_MIN,
  STEPS_MAX,
  type Team,
  type TeamStep,
} from "@/lib/model/team.ts";
import { Button, IconButton } from "@/lib/ui/button.tsx";
import { Select } from "@/lib/ui/choice.tsx";
import { FieldError } from "@/lib/ui/field.tsx";
import { NumberField, TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { errorAt } from "./editing.ts";
import { type Problems, problemsAt } from "./problems.ts";
import { withStep, withStepUp } from "./team_form.ts";

/** The choice of a step that is not another team. */
const ADDRESS = "";

interface TeamStepsProps {
  team: Team;
  /** The other teams of the widget. */
  others: readonly Agent[];
  /** Errors by path in the steps. */
  problems: Problems;
  onTeam: (team: Team) => void;
}

/** The agents and teams that are rung if no member answers. */
export function TeamSteps({ team, others, problems, onTeam }: TeamStepsProps) {
  const { texts } = useLanguage();
  const { teams } = texts;
  const { steps } = team;
  const isFull = steps.length >= STEPS_MAX;
  const error = errorAt(problems, "", texts);
  const change = (steps: TeamStep[]) => onTeam({ ...team, steps });
  return (
    <section class="team-part">
      <h3 class="section-title">{teams.steps}</h3>
      <p class="hint">{teams.stepsHint}</p>
      <ol class="team-steps">
        {steps.map((step, place) => (
          <li key={place}>
            <StepRow
              {...{ step, place, others }}
              problems={problemsAt(problems, String(place))}
              onStep={(next) => change(steps.with(place, next))}
              onUp={() => onTeam(withStepUp(team, place))}
              onRemove={() => change(steps.toSpliced(place, 1))}
            />
          </li>
        ))}
      </ol>
      {error && <FieldError>{error}</FieldError>}
      {isFull
        ? <p class="hint">{fill(teams.stepsFull, { max: STEPS_MAX })}</p>
        : (
          <Button
            icon={<Plus size={16} aria-hidden="true" />}
            onClick={() => onTeam(withStep(team))}
          >
            {teams.addStep}
          </Button>
        )}
    </section>
  );
}

function StepRow({ step, place, others, problems, ...on }: {
  step: TeamStep;
  place: number;
  others: readonly Agent[];
  problems: Problems;
  onStep: (step: TeamStep) => void;
  onUp: () => void;
  onRemove: () => void;
}) {
  const { texts } = useLanguage();
  const { teams } = texts;
  const label = fill(teams.step, { place: place + 1 });
  const isTeam = others.some(({ address }) => address === step.to);
  const error = errorAt(problems, "to", texts);
  return (
    <div class="team-step" role="group" aria-label={label}>
      {others.length > 0 && (
        <Select
          label={teams.stepTo}
          value={isTeam ? step.to : ADDRESS}
          options={[
            { value: ADDRESS, label: teams.stepAddress },
            ...others.map(({ address, name }) => ({
              value: address,
              label: name || address,
            })),
          ]}
          onChoose={(to) => on.onStep({ ...step, to })}
        />
      )}
      {!isTeam && (
        <TextInput
          label={teams.stepAddressLabel}
          value={step.to}
          limit={64}
          error={error}
          onText={(to) => on.onStep({ ...step, to })}
        />
      )}
      <NumberField
        label={teams.stepSeconds}
        value={step.seconds}
        min={RING_SECONDS_MIN}
        max={RING_SECONDS_MAX}
        unit={teams.seconds}
        error={errorAt(problems, "seconds", texts)}
        onNumber={(seconds) => on.onStep({ ...step, seconds })}
      />
      <StepButtons {...{ label, place }} {...on} />
    </div>
  );
}

function StepButtons({ label, place, onUp, onRemove }: {
  label: string;
  place: number;
  onUp: () => void;
  onRemove: () => void;
}) {
  const { texts: { teams } } = useLanguage();
  return (
    <div class="team-step-buttons">
      <IconButton
        label={fill(teams.stepUp, { name: label })}
        disabled={place === 0}
        onClick={onUp}
      >
        <ArrowUp size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={fill(teams.removeStep, { name: label })}
        onClick={onRemove}
      >
        <Trash2 size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

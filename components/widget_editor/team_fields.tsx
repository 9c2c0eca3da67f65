import { useEffect, useMemo, useState } from "preact/hooks";
import { Plus, Trash2 } from "lucide-preact";
import { systemClock } from "@/lib/base/clock.ts";
import { fill } from "@/lib/i18n/fill.ts";
import type { Agent } from "@/lib/model/agent.ts";
import {
  CHATS_LIMIT_MAX,
  MEMBERS_MAX,
  QUEUE_MINUTES_MAX,
  RING_SECONDS_MAX,
  RING_SECONDS_MIN,
  STRATEGIES,
  type Team,
} from "@/lib/model/team.ts";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import { Button, IconButton } from "@/lib/ui/button.tsx";
import { Select, Switch } from "@/lib/ui/choice.tsx";
import { FieldError } from "@/lib/ui/field.tsx";
import { NumberField } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { AddressField } from "./address_field.tsx";
import { AgentSearchModel } from "./agent_search.ts";
import { errorAt } from "./editing.ts";
import { type MemberNames, useMemberNames } from "./member_names.ts";
import { type Problems, problemsAt } from "./problems.ts";
import { withMember } from "./team_form.ts";
import { TeamSteps } from "./team_steps.tsx";

/** The default of a queue that is turned on. */
const QUEUE_MINUTES = 10;

export interface TeamFieldsProps {
  team: Team;
  /** The other teams of the widget. */
  others: readonly Agent[];
  /** Errors by path in the team. */
  problems: Problems;
  api: Pick<AdminClient, "findAgents">;
  onTeam: (team: Team) => void;
}

/** The members of a team, how they are rung, and what follows if none of them
 * answers. */
export function TeamFields(props: TeamFieldsProps) {
  const { team, others, problems, onTeam } = props;
  return (
    <>
      <Members {...props} />
      <Ringing {...props} />
      <Queue {...props} />
      <TeamSteps
        {...{ team, others, onTeam }}
        problems={problemsAt(problems, "steps")}
      />
    </>
  );
}

function Members({ team, problems, api, onTeam }: TeamFieldsProps) {
  const { texts } = useLanguage();
  const { teams } = texts;
  const [typed, setTyped] = useState("");
  const search = useMemo(
    () =>
      new AgentSearchModel((...query) => api.findAgents(...query), systemClock),
    [],
  );
  useEffect(() => () => search.stop(), []);
  const { members } = team;
  const names = useMemberNames(members, api);
  const isFull = members.length >= MEMBERS_MAX;
  const isThere = withMember(team, typed) === team && typed.trim() !== "";
  function add(address: string): void {
    const next = withMember(team, address);
    if (next === team) return;
    onTeam(next);
    setTyped("");
  }
  return (
    <section class="team-part">
      <h3 class="section-title">{teams.members}</h3>
      {members.length === 0
        ? <p class="soft">{teams.noMembers}</p>
        : (
          <MemberList
            {...{ members, names, problems }}
            onRemove={(place) =>
              onTeam({ ...team, members: members.toSpliced(place, 1) })}
          />
        )}
      {isFull ? <MembersFull problems={problems} /> : (
        <div class="team-add">
          <AddressField
            label={teams.member}
            hint={teams.memberHint}
            isLater={members.length > 0}
            value={typed}
            error={isThere
              ? teams.memberThere
              : errorAt(problems, "members", texts)}
            search={search}
            onText={setTyped}
            onFound={(found) => add(found.address)}
            onEnter={() => add(typed)}
          />
          <Button
            icon={<Plus size={16} aria-hidden="true" />}
            onClick={() => add(typed)}
          >
            {teams.addMember}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Replaces the field, and shows its error. */
function MembersFull({ problems }: { problems: Problems }) {
  const { texts } = useLanguage();
  const error = errorAt(problems, "members", texts);
  return (
    <>
      {error && <FieldError>{error}</FieldError>}
      <p class="hint">
        {fill(texts.teams.membersFull, { max: MEMBERS_MAX })}
      </p>
    </>
  );
}

function MemberList({ members, names, problems, onRemove }: {
  members: readonly string[];
  names: MemberNames;
  problems: Problems;
  onRemove: (place: number) => void;
}) {
  const { texts } = useLanguage();
  return (
    <ol class="team-list" aria-label={texts.teams.members}>
      {members.map((address, place) => {
        const error = errorAt(problems, `members.${place}`, texts);
        const name = names.get(address) || address;
        return (
          <li key={address}>
            <span class="team-member">
              <bdi>{name}</bdi>
              {name !== address && <bdi class="soft">{address}</bdi>}
            </span>
            <IconButton
              label={fill(texts.teams.removeMember, { name })}
              onClick={() => onRemove(place)}
            >
              <Trash2 size={16} aria-hidden="true" />
            </IconButton>
            {error && <FieldError>{error}</FieldError>}
          </li>
        );
      })}
    </ol>
  );
}

function Queue({ team, problems, onTeam }: TeamFieldsProps) {
  const { texts } = useLanguage();
  const { teams } = texts;
  const { queueMinutes, ...rest } = team;
  return (
    <>
      <Switch
        label={teams.queue}
        hint={teams.queueHint}
        checked={queueMinutes !== undefined}
        onToggle={(on) =>
          onTeam(on ? { ...rest, queueMinutes: QUEUE_MINUTES } : rest)}
      />
      {queueMinutes !== undefined && (
        <NumberField
          label={teams.queueMinutes}
          value={queueMinutes}
          min={1}
          max={QUEUE_MINUTES_MAX}
          unit={texts.editor.minutes}
          error={errorAt(problems, "queueMinutes", texts)}
          onNumber={(minutes) => onTeam({ ...rest, queueMinutes: minutes })}
        />
      )}
    </>
  );
}

function Ringing({ team, problems, onTeam }: TeamFieldsProps) {
  const { texts } = useLanguage();
  const { teams } = texts;
  return (
    <>
      <div class="fields fields-two">
        <Select
          label={teams.strategy}
          value={team.strategy}
          options={STRATEGIES.map((value) => ({
            value,
            label: teams.strategies[value],
          }))}
          onChoose={(strategy) => onTeam({ ...team, strategy })}
        />
        <NumberField
          label={team.strategy === "all" ? teams.ringAll : teams.ringEach}
          value={team.ringSeconds}
          min={RING_SECONDS_MIN}
          max={RING_SECONDS_MAX}
          unit={teams.seconds}
          error={errorAt(problems, "ringSeconds", texts)}
          onNumber={(ringSeconds) => onTeam({ ...team, ringSeconds })}
        />
      </div>
      <NumberField
        label={teams.chatsMax}
        hint={teams.chatsMaxHint}
        value={team.chatsMax}
        min={0}
        max={CHATS_LIMIT_MAX}
        error={errorAt(problems, "chatsMax", texts)}
        onNumber={(chatsMax) => onTeam({ ...team, chatsMax })}
      />
    </>
  );
}

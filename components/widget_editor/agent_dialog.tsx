import { useEffect, useMemo, useState } from "preact/hooks";
import { systemClock } from "@/lib/base/clock.ts";
import { oneLine } from "@/lib/base/plain_text.ts";
import type { Agent } from "@/lib/model/agent.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import type { ContactMedia } from "@/lib/model/media.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Checkbox, Switch } from "@/lib/ui/choice.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import { useLanguage } from "../admin/language.tsx";
import type { HoursApi } from "../opening_hours/hours_state.tsx";
import { withHours } from "../opening_hours/hours_edits.ts";
import { AddressField } from "./address_field.tsx";
import {
  type AgentForm,
  agentProblems,
  fillFrom,
  NEW_AGENT,
  withMedium,
} from "./agent_form.ts";
import { AgentHours } from "./agent_hours.tsx";
import { AgentSearchModel } from "./agent_search.ts";
import { errorAt } from "./editing.ts";
import { useFocusOnError } from "./focus_on_error.ts";
import { PictureField } from "./picture_field.tsx";
import { type Problems, problemsBelow } from "./problems.ts";
import { TeamFields } from "./team_fields.tsx";

/** The requests of the dialog. */
export type AgentApi = Pick<AdminClient, "findAgents" | "uploadPicture">;

export interface AgentDialogProps {
  /** The agent to edit; absent for a new one. */
  agent?: Agent;
  /** Initial content of the form, if it is not the agent's. */
  typed?: Agent;
  /** Defaults of a new agent, if they are special. */
  fresh?: Agent;
  /** The widget's other agents. */
  others: readonly Agent[];
  /** Errors of the service for this agent. */
  problems: Problems;
  /** The hours of the widget, with which own ones begin. */
  widgetHours: OpeningHours | undefined;
  api: AgentApi & HoursApi;
  onTake: (agent: Agent) => void;
  /** Called with the content of the form, which was not applied. */
  onClose: (typed: Agent) => void;
}

/** One agent of a widget. */
export function AgentDialog(props: AgentDialogProps) {
  const { texts } = useLanguage();
  const { form, search, ...submitting } = useAgentForm(props);
  const { api, widgetHours } = props;
  const close = () => props.onClose(form.agent);
  const isNew = props.agent === undefined;
  const adding = form.agent.team ? texts.teams : texts.agents;
  const title = fill(isNew ? adding.addTitle : texts.agents.editTitle, {
    name: props.agent?.name || props.agent?.address || "",
  });
  const footer = (
    <>
      <Button onClick={close}>{texts.common.cancel}</Button>
      <Button kind="primary" type="submit" form="agent-form">
        {isNew ? adding.add : texts.agents.take}
      </Button>
    </>
  );
  return (
    <Dialog
      size="large"
      title={title}
      closeLabel={texts.common.close}
      onClose={close}
      footer={footer}
    >
      <form id="agent-form" class="agent-form" noValidate {...submitting}>
        <PictureField
          picture={form.agent.picture}
          api={props.api}
          onPicture={(picture) => form.change({ picture })}
        />
        <div class="agent-fields">
          <Target {...props} {...{ form, search }} />
          <Ways form={form} />
          <MoreOptions form={form} />
          <AgentHours form={form} widgetHours={widgetHours} api={api} />
        </div>
      </form>
    </Dialog>
  );
}

/** The agent's address, or a team's members; and their details. */
function Target({ form, search, others, api }: AgentDialogProps & {
  form: AgentForm;
  search: AgentSearchModel;
}) {
  const { texts } = useLanguage();
  const { team, address } = form.agent;
  if (team !== undefined) {
    return (
      <>
        <Details form={form} />
        <TeamFields
          team={team}
          others={others.filter((other) => other.team !== undefined)}
          problems={problemsBelow(form.problems, "team")}
          api={api}
          onTeam={(team) => form.change({ team })}
        />
      </>
    );
  }
  return (
    <>
      <AddressField
        value={address}
        error={form.problems.address === "taken"
          ? texts.agents.addressTaken
          : errorAt(form.problems, "address", texts)}
        search={search}
        onText={(address) => form.change({ address })}
        onFound={(found) => form.change(fillFrom(form.agent, found))}
      />
      <Details form={form} />
    </>
  );
}

function useAgentForm(
  { agent: given, typed, fresh, others, problems: shown, api, onTake }:
    AgentDialogProps,
) {
  const [agent, setAgent] = useState(typed ?? given ?? fresh ?? NEW_AGENT);
  const [problems, setProblems] = useState(shown);
  const [checks, setChecks] = useState(0);
  const search = useMemo(
    () =>
      new AgentSearchModel((...query) => api.findAgents(...query), systemClock),
    [],
  );
  useEffect(() => () => search.stop(), []);
  function change(part: Partial<Agent>): void {
    setAgent((before) => ({ ...before, ...part }));
    // Clear the marked errors of changed fields until the next check.
    setProblems((before) => without(before, Object.keys(part)));
  }
  function setHours(hours: OpeningHours | undefined): void {
    setAgent((before) => withHours(before, hours));
    setProblems((before) => without(before, ["hours"]));
  }
  function take(event: Event): void {
    event.preventDefault();
    const found = agentProblems(agent, others.map(({ address }) => address));
    setProblems(found);
    setChecks((before) => before + 1);
    if (Object.keys(found).length > 0) return;
    onTake({ ...agent, address: oneLine(agent.address) });
  }
  const form = { agent, problems, change, setHours };
  return { form, search, ref: useFocusOnError(checks), onSubmit: take };
}

function without(problems: Problems, keys: string[]): Problems {
  return Object.fromEntries(
    Object.entries(problems)
      .filter(([path]) => !keys.includes(path.split(".")[0] ?? "")),
  );
}

function Details({ form: { agent, problems, change } }: { form: AgentForm }) {
  const { texts } = useLanguage();
  const labels = texts.agents;
  const error = (path: string) => errorAt(problems, path, texts);
  return (
    <div class="fields">
      <TextInput
        label={labels.name}
        placeholder={agent.team ? "" : agent.address}
        hint={agent.team ? undefined : labels.nameHint}
        value={agent.name}
        limit={64}
        error={error("name")}
        onText={(name) => change({ name })}
      />
      <TextInput
        label={labels.department}
        value={agent.department}
        limit={64}
        error={error("department")}
        onText={(department) => change({ department })}
      />
      <TextInput
        label={labels.phone}
        type="tel"
        dir="ltr"
        value={agent.phone}
        limit={40}
        error={error("phone")}
        onText={(phone) => change({ phone })}
      />
      <TextInput
        label={labels.emailAddress}
        type="email"
        dir="ltr"
        value={agent.email}
        limit={254}
        error={error("email")}
        onText={(email) => change({ email })}
      />
    </div>
  );
}

function Ways({ form: { agent, change } }: { form: AgentForm }) {
  const { texts: { agents: texts } } = useLanguage();
  const ways: [ContactMedia, string, string?][] = [
    ["voice", texts.wayVoice],
    ["video", texts.wayVideo, texts.wayVideoHint],
    ["chat", texts.wayChat],
  ];
  return (
    <fieldset class="ways">
      <legend class="label">{texts.ways}</legend>
      <div class="ways-list">
        {ways.map(([medium, label, hint]) => (
          <Checkbox
            key={medium}
            label={hint ? `${label} (${hint})` : label}
            checked={agent.media.includes(medium)}
            onToggle={(on) => change(withMedium(agent, medium, on))}
          />
        ))}
      </div>
      <p class="hint">{texts.wayEmailHint}</p>
      <Switch
        label={texts.inactiveLabel}
        hint={texts.inactiveHint}
        checked={agent.inactive}
        onToggle={(inactive) => change({ inactive })}
      />
    </fieldset>
  );
}

/** Rarely used fields: open if one is used or has an error. */
function MoreOptions(
  { form: { agent, problems, change } }: { form: AgentForm },
) {
  const { texts } = useLanguage();
  const labels = texts.agents;
  const { link } = agent;
  const isUsed = Boolean(agent.boolean || link.url || link.label);
  const isWrong = ["boolean", "link.label", "link.url"]
    .some((path) => problems[path] !== undefined);
  return (
    <details class="more-options" open={isUsed || isWrong}>
      <summary>{labels.moreOptions}</summary>
      <div class="fields">
        <TextInput
          label={labels.linkLabel}
          value={link.label}
          limit={40}
          error={errorAt(problems, "link.label", texts)}
          onText={(label) => change({ link: { ...link, label } })}
        />
        <TextInput
          label={labels.linkUrl}
          type="url"
          dir="ltr"
          placeholder="https://"
          value={link.url}
          error={errorAt(problems, "link.url", texts)}
          onText={(url) => change({ link: { ...link, url } })}
        />
        <TextInput
          label={labels.boolean}
          hint={labels.booleanHint}
          dir="ltr"
          value={agent.boolean}
          error={errorAt(problems, "boolean", texts)}
          onText={(boolean) => change({ boolean })}
        />
      </div>
    </details>
  );
}

import { useEffect, useMemo } from "preact/hooks";
import { Plus, UserRound, UsersRound } from "lucide-preact";
import type { Agent } from "@/lib/model/agent.ts";
import { AGENTS_MAX } from "@/lib/model/widget.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Banner, EmptyState } from "@/lib/ui/notices.tsx";
import { useOwnId } from "@/lib/ui/own_id.tsx";
import { Announcement } from "@/lib/ui/toast.tsx";
import type { ToastList } from "@/lib/ui/toasts.ts";
import { useLanguage } from "../admin/language.tsx";
import type { HoursApi } from "../opening_hours/hours_state.tsx";
import { type AgentApi, AgentDialog } from "./agent_dialog.tsx";
import { AgentDialogs, type OpenedAgent } from "./agent_dialogs.ts";
import { putAgent } from "./agent_form.ts";
import { useAgentOrder } from "./agent_order.ts";
import { AgentRow } from "./agent_row.tsx";
import { editAgents, type Editing, errorAt } from "./editing.ts";
import { problemsBelow } from "./problems.ts";
import { newTeamAgent } from "./team_form.ts";

export interface AgentsSectionProps {
  editing: Editing;
  /** Returns the current content when a removal is undone. */
  current: () => Editing;
  api: AgentApi & HoursApi;
  toasts: ToastList;
}

/** The agents of a widget, in their order. */
export function AgentsSection(props: AgentsSectionProps) {
  const { texts } = useLanguage();
  const { editing, toasts } = props;
  const { agents } = editing.content;
  const dialogs = useMemo(() => new AgentDialogs({ toasts, texts }), []);
  useEffect(() => () => dialogs[Symbol.dispose](), []);
  const opened = dialogs.opened.value;
  const isFull = agents.length >= AGENTS_MAX;
  const error = errorAt(editing.problems, "agents", texts);
  const addButtons = (
    <AddButtons isFirst={agents.length === 0} {...{ isFull, dialogs }} />
  );
  return (
    <>
      {error && <Banner kind="danger">{error}</Banner>}
      {agents.length === 0
        ? (
          <EmptyState
            picture={<UserRound size={40} strokeWidth={1.25} aria-hidden />}
            title={texts.agents.empty}
            actions={addButtons}
          >
            {texts.agents.emptyHint}
          </EmptyState>
        )
        : (
          <AgentList
            {...props}
            onEdit={(address) => dialogs.open({ address })}
          />
        )}
      {agents.length > 0 && addButtons}
      {isFull && (
        <p class="hint">{fill(texts.agents.full, { max: AGENTS_MAX })}</p>
      )}
      {opened && <OpenedDialog {...props} opened={opened} dialogs={dialogs} />}
    </>
  );
}

function AddButtons({ isFirst, isFull, dialogs }: {
  isFirst: boolean;
  isFull: boolean;
  dialogs: AgentDialogs;
}) {
  const { texts } = useLanguage();
  return (
    <div class="button-row">
      <Button
        kind={isFirst ? "primary" : "plain"}
        icon={<Plus size={16} aria-hidden="true" />}
        disabled={isFull}
        onClick={() => dialogs.open({})}
      >
        {texts.agents.add}
      </Button>
      <Button
        icon={<UsersRound size={16} aria-hidden="true" />}
        disabled={isFull}
        onClick={() => dialogs.open({ fresh: newTeamAgent() })}
      >
        {texts.teams.add}
      </Button>
    </div>
  );
}

function AgentList(
  props: AgentsSectionProps & {
    onEdit: (address: string) => void;
  },
) {
  const { editing, current, toasts } = props;
  const { texts } = useLanguage();
  const list = useOwnId();
  const { agents } = editing.content;
  const { announcement, movesOf } = useAgentOrder(
    agents,
    (next) => editAgents(editing, next),
  );
  function remove(agent: Agent, place: number): void {
    editAgents(editing, agents.toSpliced(place, 1));
    const undo = () => {
      const now = current();
      const { agents } = now.content;
      const isBack = agents.some(({ address }) => address === agent.address);
      if (!isBack) editAgents(now, agents.toSpliced(place, 0, agent));
    };
    toasts.show({
      kind: "done",
      text: fill(texts.agents.removedToast, {
        name: agent.name || agent.address,
      }),
      action: { label: texts.common.undo, run: undo },
    });
  }
  return (
    <>
      <ol class="agent-list">
        {agents.map((agent, place) => (
          <AgentRow
            key={agent.address}
            agent={agent}
            place={place}
            list={list}
            isWrong={isWrong(editing, place)}
            moves={movesOf(place)}
            onEdit={() => props.onEdit(agent.address)}
            onRemove={() => remove(agent, place)}
          />
        ))}
      </ol>
      <Announcement text={announcement} />
    </>
  );
}

function OpenedDialog(
  { editing, api, opened, dialogs }: AgentsSectionProps & {
    opened: OpenedAgent;
    dialogs: AgentDialogs;
  },
) {
  const { agents } = editing.content;
  const { address, typed, fresh } = opened;
  const place = agents.findIndex((agent) => agent.address === address);
  const agent = agents[place];
  return (
    <AgentDialog
      {...agent !== undefined && { agent }}
      {...typed !== undefined && { typed }}
      {...fresh !== undefined && { fresh }}
      others={agents.filter((other) => other.address !== address)}
      problems={problemsBelow(editing.problems, `agents.${place}`)}
      widgetHours={editing.content.hours}
      api={api}
      onTake={(edited) => {
        editAgents(editing, putAgent(agents, edited, address));
        dialogs.close();
      }}
      onClose={(form) => dialogs.discard(form, agent)}
    />
  );
}

function isWrong(editing: Editing, place: number): boolean {
  const own = problemsBelow(editing.problems, `agents.${place}`);
  return Object.keys(own).length > 0;
}

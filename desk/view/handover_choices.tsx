import { Users } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { systemClock } from "@/lib/base/clock.ts";
import { fill } from "@/lib/i18n/fill.ts";
import {
  askColleagues,
  type Colleague,
  type HandoverTeam,
} from "@/lib/protocol/admin/colleagues.ts";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { PresenceDot } from "@/lib/ui/presence_dot.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { ColleagueSearch } from "../colleague_search.ts";
import { type CallItem, type ChatItem, isChat } from "../desk_state.ts";
import { handoverTexts } from "../names.ts";
import { useDesk } from "./desk_ui.ts";

/** A colleague, a team, or an agent at a PBX. */
export interface HandoverChoice {
  address: string;
  name: string;
  /** Set for a team or an agent at a PBX. */
  isTeam?: true;
}

interface ChoiceProps {
  item: CallItem | ChatItem;
  chosen: HandoverChoice | null;
  onChoose: (choice: HandoverChoice) => void;
}

/** The search, and the teams and agents that it finds. A call can be handed over to a
 * colleague at the desk only. */
export function ColleagueField(props: ChoiceProps) {
  const { item } = props;
  const { texts } = useDesk();
  const t = handoverTexts(item, texts);
  const { uuid: widget } = item.view.visitor.widget;
  const isCall = !isChat(item);
  const search = useMemo(
    () =>
      new ColleagueSearch(async (text, signal) => {
        const found = await askColleagues(text, signal, widget);
        return found && isCall ? { ...found, teams: [], atPbx: [] } : found;
      }, systemClock),
    [widget, isCall],
  );
  useEffect(() => () => search[Symbol.dispose](), [search]);
  return (
    <>
      <TextInput
        type="search"
        label={t.search}
        hint={t.searchHint}
        value={search.text.value}
        onText={(text) => search.search(text)}
      />
      <Found search={search} {...props} />
    </>
  );
}

/** The teams, colleagues and agents at a PBX. Those who cannot get a chat now are shown, but cannot be
 * chosen. */
function Found(
  { item, search, chosen, onChoose }:
    & ChoiceProps
    & { search: ColleagueSearch },
) {
  const { texts } = useDesk();
  const t = handoverTexts(item, texts);
  const found = search.found.value;
  if (found.state !== "found") {
    return (
      <p class="desk-none" role="status">
        {found.state === "loading" ? t.loading : t.failed}
      </p>
    );
  }
  const { agents, teams, atPbx } = found;
  if (agents.length + teams.length + atPbx.length === 0) {
    return (
      <p class="desk-none" role="status">
        {search.text.value.trim() === "" ? t.nobody : t.noMatch}
      </p>
    );
  }
  return (
    <fieldset class="desk-colleagues">
      <legend class="hidden-label">{t.list}</legend>
      {teams.map((one) => (
        <TeamRow
          key={one.address}
          team={one}
          isChosen={chosen?.address === one.address}
          onChoose={() => onChoose({ ...one, isTeam: true })}
        />
      ))}
      {agents.map((one) => (
        <ColleagueRow
          key={one.address}
          colleague={one}
          isChosen={chosen?.address === one.address}
          onChoose={() => onChoose(one)}
        />
      ))}
      {atPbx.map((one) => (
        <PbxRow
          key={one.address}
          agent={one}
          isChosen={chosen?.address === one.address}
          onChoose={() => onChoose({ ...one, isTeam: true })}
        />
      ))}
      {found.hasMore && <p class="desk-none">{t.more}</p>}
    </fieldset>
  );
}

/** A team, with the number of its members who would be rung. */
function TeamRow(
  { team, ...choice }: RowState & { team: HandoverTeam },
) {
  const { texts: { handover: t } } = useDesk();
  const { available } = team;
  return (
    <Row
      {...{ ...choice, ...team }}
      canTake={available > 0}
      icon={<Users size={12} aria-hidden="true" />}
      note={available === 0
        ? t.teamEmpty
        : fill(t.team, { count: String(available) })}
    />
  );
}

function ColleagueRow(
  { colleague, ...choice }: RowState & { colleague: Colleague },
) {
  const { texts } = useDesk();
  const { address, name, presence } = colleague;
  return (
    <Row
      {...{ ...choice, ...colleague }}
      canTake={presence === "online" || presence === "away"}
      icon={<PresenceDot presence={presence} />}
      detail={name === address ? "" : address}
      note={texts.presence[presence]}
    />
  );
}

/** An agent at a PBX, who is rung only while available. */
function PbxRow({ agent, ...choice }: RowState & { agent: Colleague }) {
  const { texts } = useDesk();
  const { address, name, presence } = agent;
  return (
    <Row
      {...{ ...choice, ...agent }}
      canTake={presence === "online"}
      icon={<PresenceDot presence={presence} />}
      detail={name === address ? "" : address}
      note={fill(texts.handover.atPbx, { presence: texts.presence[presence] })}
    />
  );
}

interface RowState {
  isChosen: boolean;
  onChoose: () => void;
}

/** One choice of the list; `detail` is shown below its name. */
function Row(
  { address, name, detail, canTake, icon, note, isChosen, onChoose }:
    & RowState
    & {
      address: string;
      name: string;
      detail?: string;
      canTake: boolean;
      icon: ComponentChildren;
      note: string;
    },
) {
  return (
    <label class="desk-colleague">
      <input
        type="radio"
        name="desk-colleague"
        value={address}
        checked={isChosen}
        disabled={!canTake}
        onChange={onChoose}
      />
      {icon}
      <span class="desk-colleague-name">
        <bdi {...NOT_TRANSLATED}>{name}</bdi>
        {detail && <bdi class="desk-soft" {...NOT_TRANSLATED}>{detail}</bdi>}
      </span>
      <span class="desk-soft">{note}</span>
    </label>
  );
}

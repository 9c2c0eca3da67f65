import { useEffect, useRef, useState } from "preact/hooks";
import {
  ArrowDown,
  ArrowUp,
  Check,
  GripVertical,
  Link,
  Mail,
  MessageSquareText,
  Pencil,
  Phone,
  Trash2,
  TriangleAlert,
  Video,
} from "lucide-preact";
import type { Agent } from "@/lib/model/agent.ts";
import { fill, plural } from "@/lib/i18n/fill.ts";
import { Avatar } from "@/lib/ui/avatar.tsx";
import { IconButton } from "@/lib/ui/button.tsx";
import { Badge } from "@/lib/ui/notices.tsx";
import { type Language, useLanguage } from "../admin/language.tsx";
import { pictureUrl } from "./picture_url.ts";
import { dragRow, type Edge } from "./row_drag.ts";

/** The moves of a row; see agent_order.ts. */
export interface RowMoves {
  isGrabbed: boolean;
  isFirst: boolean;
  isLast: boolean;
  toggle: () => void;
  step: (by: -1 | 1) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  moveTo: (from: number, to: number) => void;
}

export interface AgentRowProps {
  agent: Agent;
  place: number;
  list: string;
  isWrong: boolean;
  moves: RowMoves;
  onEdit: () => void;
  onRemove: () => void;
}

/** An agent in the list of a widget. */
export function AgentRow(props: AgentRowProps) {
  const { agent, moves } = props;
  const language = useLanguage();
  const { texts: { agents: texts } } = language;
  const { row, handle, edge, isDragged } = useDrag(props);
  const name = agent.name || agent.address;
  return (
    <li
      ref={row}
      class="agent-row"
      data-address={agent.address}
      data-edge={edge}
      data-dragged={isDragged ? "true" : undefined}
      data-grabbed={moves.isGrabbed ? "true" : undefined}
      data-wrong={props.isWrong ? "true" : undefined}
    >
      <button
        ref={handle}
        type="button"
        class="agent-handle"
        aria-pressed={moves.isGrabbed ? "true" : "false"}
        aria-label={fill(texts.move, { name })}
        title={texts.moveHelp}
        onClick={moves.toggle}
        onKeyDown={moves.onKeyDown}
      >
        <GripVertical size={16} aria-hidden="true" />
      </button>
      <Avatar
        name={name}
        src={agent.picture && pictureUrl(agent.picture)}
      />
      <div class="agent-text">
        <span class="agent-name">
          {name}
          {props.isWrong && <TriangleAlert size={14} aria-hidden="true" />}
        </span>
        <span class="soft">{subtitle(agent, language)}</span>
      </div>
      <AgentWays agent={agent} />
      {moves.isGrabbed
        ? <MoveButtons name={name} moves={moves} />
        : <RowButtons name={name} {...props} />}
    </li>
  );
}

function useDrag({ list, place, moves }: AgentRowProps) {
  const row = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const [edge, setEdge] = useState<Edge>();
  const [isDragged, setDragged] = useState(false);
  const now = useRef({ place, moves });
  now.current = { place, moves };
  useEffect(() => {
    if (row.current === null || handle.current === null) return;
    const end = new AbortController();
    dragRow({
      row: row.current,
      handle: handle.current,
      list,
      place: () => now.current.place,
      onOver: setEdge,
      onDragging: setDragged,
      onMove: (from, to) => now.current.moves.moveTo(from, to),
    }, end.signal);
    return () => end.abort();
  }, []);
  return { row, handle, edge, isDragged };
}

function subtitle(
  { department, name, address, team }: Agent,
  { texts: { teams }, lang }: Language,
): string {
  const reached = team
    ? plural(teams.count, team.members.length, lang)
    : name && address;
  return [department, reached].filter(Boolean).join(" · ");
}

/** The agent's media, as visitors see them. */
function AgentWays({ agent }: { agent: Agent }) {
  const { texts: { agents: texts } } = useLanguage();
  const has = (medium: "voice" | "video" | "chat") =>
    agent.media.includes(medium);
  const ways = [
    { on: has("voice"), label: texts.voice, Icon: Phone },
    { on: has("video"), label: texts.video, Icon: Video },
    { on: has("chat"), label: texts.chat, Icon: MessageSquareText },
    { on: agent.email !== "", label: texts.email, Icon: Mail },
    { on: agent.link.url !== "", label: texts.link, Icon: Link },
  ];
  const hasNone = ways.every(({ on }) => !on);
  return (
    <div class="agent-ways">
      {agent.inactive && <Badge tone="warning">{texts.inactive}</Badge>}
      {hasNone && <span class="soft">{texts.none}</span>}
      {!hasNone && ways.map(({ on, label, Icon }) =>
        on
          ? (
            <span
              key={label}
              class="way"
              role="img"
              aria-label={label}
              title={label}
            >
              <Icon size={15} aria-hidden="true" />
            </span>
          )
          : <span key={label} class="way" /> // Keeps the columns aligned.
      )}
    </div>
  );
}

function MoveButtons({ name, moves }: { name: string; moves: RowMoves }) {
  const { texts: { agents: texts } } = useLanguage();
  return (
    <div class="agent-buttons">
      <IconButton
        label={fill(texts.moveUp, { name })}
        disabled={moves.isFirst}
        onClick={() => moves.step(-1)}
      >
        <ArrowUp size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={fill(texts.moveDown, { name })}
        disabled={moves.isLast}
        onClick={() => moves.step(1)}
      >
        <ArrowDown size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={fill(texts.moveDone, { name })}
        onClick={moves.toggle}
      >
        <Check size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function RowButtons({ name, onEdit, onRemove }: AgentRowProps & {
  name: string;
}) {
  const { texts: { agents: texts } } = useLanguage();
  return (
    <div class="agent-buttons">
      <IconButton label={fill(texts.editLabel, { name })} onClick={onEdit}>
        <Pencil size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        kind="danger"
        label={fill(texts.removeLabel, { name })}
        onClick={onRemove}
      >
        <Trash2 size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

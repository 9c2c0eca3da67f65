import { Phone, Video } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import { Avatar } from "@/lib/ui/avatar.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import {
  type CallItem,
  type ChatItem,
  endedOf,
  isChat,
  runningOf,
  unreadOf,
} from "../desk_state.ts";
import { kindOf, nameOf, pageOf } from "../names.ts";
import { authorOf } from "../message_blocks.ts";
import { endText } from "../outcome.ts";
import { duration, timeOfDay } from "../times.ts";
import { AlertsPanel } from "./alerts_panel.tsx";
import { useDesk } from "./desk_ui.ts";
import { itemId } from "./item_id.ts";
import { PresencePicker } from "./presence_picker.tsx";
import { UnreadBadge } from "./unread_badge.tsx";

type Item = CallItem | ChatItem;

/** Presence, all conversations, and the state of the alerts. */
export function Rail() {
  const { desk, texts } = useDesk();
  const state = desk.state.value;
  const waiting = desk.waiting.value;
  const running = runningOf(state);
  const ended = endedOf(state);
  const isEmpty = waiting.length + running.length + ended.length === 0;
  return (
    <nav class="desk-rail" aria-label={texts.list.label}>
      <PresencePicker />
      <div class="desk-lists">
        {isEmpty && <p class="desk-none">{texts.list.none}</p>}
        <List title={texts.list.waiting} items={waiting} />
        <List title={texts.list.running} items={running} />
        <List title={texts.list.ended} items={ended} />
      </div>
      <AlertsPanel />
    </nav>
  );
}

function List({ title, items }: { title: string; items: readonly Item[] }) {
  if (items.length === 0) return null;
  return (
    <section class="desk-list">
      <h2>
        {title} <span class="desk-count">{items.length}</span>
      </h2>
      <ul>
        {items.map((item) => (
          <li key={item.view.id}>
            <ListItem item={item} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ListItem({ item }: { item: Item }) {
  const { desk, texts } = useDesk();
  const { id, state } = item.view;
  const name = nameOf(item, texts);
  const unread = isChat(item) && state === "joined" ? unreadOf(item) : 0;
  const isUnseen = desk.state.value.unseen.includes(id);
  return (
    <button
      type="button"
      id={itemId(id)}
      class={`desk-item desk-item-${state}`}
      aria-current={desk.state.value.shown === id ? "true" : undefined}
      onClick={() => desk.dispatch({ type: "show", contact: id })}
    >
      <span class="desk-item-picture">
        <Avatar name={name} size="medium" />
        <KindMark item={item} />
      </span>
      <span class="desk-item-name">
        <bdi {...NOT_TRANSLATED}>{name}</bdi>
      </span>
      <span class="desk-item-time">
        <ItemTime item={item} />
      </span>
      <span class="desk-item-preview">
        <bdi {...NOT_TRANSLATED}>
          <Preview item={item} />
        </bdi>
      </span>
      {isUnseen && <span class="desk-unread">{texts.list.unseen}</span>}
      {unread > 0 && <UnreadBadge unread={unread} />}
    </button>
  );
}

function KindMark({ item }: { item: Item }) {
  const { texts } = useDesk();
  const kind = kindOf(item);
  if (kind === "chat") return null;
  const Icon = kind === "video" ? Video : Phone;
  return (
    <span class="desk-kind" role="img" aria-label={texts.kind[kind]}>
      <Icon size={11} aria-hidden="true" />
    </span>
  );
}

/** Shows a running duration, or the time of the end. */
function ItemTime({ item }: { item: Item }) {
  const { texts, lang, now } = useDesk();
  const { view } = item;
  switch (view.state) {
    case "ended":
      return <>{timeOfDay(view.endedAt, now.peek(), lang)}</>;
    case "taken":
      return <>{duration(now.value - view.takenAt)}</>;
    case "ringing":
      return <>{duration(now.value - view.since)}</>;
    case "joined": {
      const last = isChat(item) ? item.entries.at(-1)?.time : undefined;
      const minutes = (now.value - (last ?? view.joinedAt)) / 60_000;
      return minutes < 1
        ? <>{texts.list.now}</>
        : <>{fill(texts.list.minutes, { count: Math.floor(minutes) })}</>;
    }
  }
}

function Preview({ item }: { item: Item }) {
  const { texts, now } = useDesk();
  if (!isChat(item)) {
    if (item.view.state === "ended") return <>{endText(item, texts)}</>;
    return (
      <>{pageOf(item.view.visitor)?.label ?? item.view.visitor.widget.name}</>
    );
  }
  if (item.typingUntil > now.value) return <em>{texts.list.typing}</em>;
  const { view } = item;
  if (view.state === "joined" && view.idleEndsAt !== undefined) {
    return <em>{texts.list.idle}</em>;
  }
  const last = item.entries.at(-1);
  if (last === undefined) {
    return (
      <>{pageOf(item.view.visitor)?.label ?? item.view.visitor.widget.name}</>
    );
  }
  const isOwn = authorOf(last, view.id) === "own";
  const who = isOwn ? `${texts.chat.you}: ` : "";
  return <>{who + last.text}</>;
}

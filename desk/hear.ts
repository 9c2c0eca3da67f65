import { assertNever } from "@/lib/base/assert_never.ts";
import type {
  CallView,
  ChatView,
  ServiceMessage,
  Welcome,
} from "@/lib/protocol/desk/service_messages.ts";
import { loseCall, resumeCall, showCall } from "./call_step.ts";
import { addEntries, loseChat, resumeChat, showChat } from "./chat_step.ts";
import type {
  CallItem,
  ChatItem,
  DeskEffect,
  DeskState,
  DeskStep,
} from "./desk_state.ts";

/** A visitor who has sent nothing for this long no longer counts as typing. */
const TYPING_MS = 15_000;
/** An older message is not new: after a reload, or from another page. */
const NEWS_MS = 20_000;
/** Ended calls, and ended chats, that a page keeps. */
const ENDED_MAX = 50;

/** Returns the page's state after a message of the service. */
export function hear(
  desk: DeskState,
  message: ServiceMessage,
  now: number,
): DeskStep {
  switch (message.type) {
    case "welcome":
      return welcome(desk, message, now);
    case "presence": {
      const { presence } = message;
      if (desk.unsaid && message.choice !== desk.choice) {
        return stay({ ...desk, presence }); // It crossed our newer choice.
      }
      return stay({ ...desk, choice: message.choice, presence, unsaid: false });
    }
    case "pages":
      return stay({ ...desk, pages: message.count });
    case "call":
      return hearCall(desk, message.call);
    case "call-media": {
      const { call, n, media } = message;
      return hearNumbered(desk, { call, n }, (item) => item, {
        type: "media-heard",
        call,
        media,
      });
    }
    case "call-dtmf": {
      const { call, n, digits } = message;
      return hearNumbered(desk, { call, n }, (item) => ({
        ...item,
        digits: (item.digits + digits).slice(-64),
      }));
    }
    case "chat":
      return hearChat(desk, message.chat);
    case "chat-entries":
      return hearEntries(desk, message, now);
    case "chat-typing": {
      const typingUntil = message.typing ? now + TYPING_MS : 0;
      return stay(mapChat(desk, message.chat, (item) => ({
        ...item,
        typingUntil,
      })));
    }
    case "error":
      if (message.error !== "not-stored") return stay(desk);
      return { state: desk, effects: [{ type: "stored", isStored: false }] };
    case "choice-stored":
      return { state: desk, effects: [{ type: "stored", isStored: true }] };
    case "ice":
    case "ping":
    case "pong":
    case "widgets-changed":
    case "callbacks-changed":
      return stay(desk);
    default:
      return assertNever(message);
  }
}

function welcome(desk: DeskState, message: Welcome, now: number): DeskStep {
  const effects: DeskEffect[] = [
    { type: "stored", isStored: message.isChoiceStored },
  ];
  const calls = resumed(desk.calls, message.calls, {
    resume: (old, view) => take(resumeCall(old, view)),
    lose: (item) => take(loseCall(item, message.now)),
  });
  const chats = resumed(desk.chats, message.chats, {
    resume: (old, view) => take(resumeChat(old, view)),
    lose: (item) => loseChat(item, message.now),
  });
  function take<T>(step: { item: T; effects: DeskEffect[] }): T {
    effects.push(...step.effects);
    return step.item;
  }
  if (desk.unsaid) {
    const { choice } = desk;
    effects.push({
      type: "say",
      message: { type: "choose", presence: choice },
    });
  }
  const choice = desk.unsaid ? desk.choice : message.choice;
  const aheadMs = message.now - now;
  const { presence, pages } = message;
  return {
    state: {
      ...desk,
      choice,
      presence,
      pages,
      aheadMs,
      calls: pruned(calls),
      chats: pruned(chats),
    },
    effects,
  };
}

/** Merges the service's list with the items that only the page still has. */
function resumed<V extends { id: string }, I extends { view: V }>(
  items: readonly I[],
  views: readonly V[],
  { resume, lose }: {
    resume: (old: I | undefined, view: V) => I;
    lose: (item: I) => I;
  },
): I[] {
  const listed = new Set(views.map(({ id }) => id));
  const old = new Map(items.map((item) => [item.view.id, item]));
  return [
    ...items.filter(({ view }) => !listed.has(view.id)).map(lose),
    ...views.map((view) => resume(old.get(view.id), view)),
  ];
}

/** Removes the items that ended longest ago. */
function pruned<I extends CallItem | ChatItem>(items: readonly I[]): I[] {
  const ended = items
    .flatMap(({ view }) => view.state === "ended" ? view : [])
    .sort((a, b) => b.endedAt - a.endedAt);
  const forgotten = new Set(ended.slice(ENDED_MAX).map(({ id }) => id));
  return items.filter(({ view }) => !forgotten.has(view.id));
}

function hearCall(desk: DeskState, view: CallView): DeskStep {
  const old = desk.calls.find((item) => item.view.id === view.id);
  const { item, effects } = showCall(old, view);
  const calls = old === undefined
    ? [...desk.calls, item]
    : desk.calls.map((other) => other === old ? item : other);
  return { state: { ...desk, calls: pruned(calls) }, effects };
}

function hearChat(desk: DeskState, view: ChatView): DeskStep {
  const old = desk.chats.find((item) => item.view.id === view.id);
  // It may be back, after a welcome without it.
  const isBack = old?.view.state === "ended" && view.state !== "ended";
  const { item, effects } = isBack
    ? resumeChat(old, view)
    : showChat(old, view);
  const chats = old === undefined
    ? [...desk.chats, item]
    : desk.chats.map((other) => other === old ? item : other);
  return { state: { ...desk, chats: pruned(chats) }, effects };
}

function hearEntries(
  desk: DeskState,
  { chat, entries }: Extract<ServiceMessage, { type: "chat-entries" }>,
  now: number,
): DeskStep {
  const next = mapChat(desk, chat, (item) => addEntries(item, entries));
  const last = entries.findLast(({ from }) => from === "visitor");
  const isSeen = desk.watched && desk.shown === chat;
  const item = next.chats.find(({ view }) => view.id === chat);
  if (
    last === undefined || isSeen || item?.view.state !== "joined" ||
    last.seq <= item.view.agentRead ||
    now + desk.aheadMs - last.time > NEWS_MS
  ) return stay(next);
  return { state: next, effects: [{ type: "notice", chat, text: last.text }] };
}

/** D4: a message that was received before is dropped. */
function hearNumbered(
  desk: DeskState,
  { call, n }: { call: string; n: number },
  take: (item: CallItem) => CallItem,
  effect?: DeskEffect,
): DeskStep {
  const item = desk.calls.find(({ view }) => view.id === call);
  if (item === undefined || n <= item.heard) return stay(desk);
  const calls = desk.calls.map((other) =>
    other === item ? { ...take(item), heard: n } : other
  );
  return { state: { ...desk, calls }, effects: effect ? [effect] : [] };
}

function mapChat(
  desk: DeskState,
  id: string,
  change: (item: ChatItem) => ChatItem,
): DeskState {
  const chats = desk.chats.map((item) =>
    item.view.id === id ? change(item) : item
  );
  return { ...desk, chats };
}

function stay(state: DeskState): DeskStep {
  return { state, effects: [] };
}

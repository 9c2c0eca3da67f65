import { CAUSE } from "@/lib/base/causes.ts";
import { manyLines } from "@/lib/base/plain_text.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import type { PageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type { ChatView, Entry } from "@/lib/protocol/desk/service_messages.ts";
import { type ChatItem, type ChatItemStep, newChat } from "./desk_state.ts";
import { received, requestOf } from "./handover_step.ts";

/** Returns the chat as the service now describes it; `old` is the page's
 * version. */
export function showChat(
  old: ChatItem | undefined,
  view: ChatView,
): ChatItemStep {
  const before = old ?? newChat(view);
  const agentRead = Math.max(before.view.agentRead, view.agentRead);
  const item = received({ ...before, view: { ...view, agentRead } });
  if (view.state === "ringing") {
    return say(item, { type: "ringing", contact: view.id });
  }
  if (view.state === "ended") {
    return { item: { ...item, pending: "none", typingUntil: 0 }, effects: [] };
  }
  const pending = item.pending === "leave" ? "leave" : "none";
  return { item: { ...item, pending }, effects: [] };
}

/** Repeats, after a lost socket, the messages that may not have arrived
 * (D18). */
export function resumeChat(
  old: ChatItem | undefined,
  view: ChatView,
): ChatItemStep {
  const { item, effects } = showChat(old, view);
  const chat = view.id;
  const again: PageMessage[] = [];
  if (view.state === "ringing" && item.pending === "join") {
    again.push({ type: "chat-join", chat });
  }
  if (view.state === "ringing" && item.pending === "decline") {
    again.push({ type: "chat-decline", chat });
  }
  if (view.state !== "ended") {
    for (const { id, text } of item.outbox) {
      again.push({ type: "chat-message", chat, id, text });
    }
    if (item.view.agentRead > view.agentRead) {
      again.push({ type: "chat-read", chat, seq: item.view.agentRead });
    }
    if (item.handingOver) again.push(requestOf(chat, item.handingOver));
    if (item.pending === "leave") again.push({ type: "chat-leave", chat });
  }
  return {
    item,
    effects: [
      ...effects,
      ...again.map((message) => ({ type: "say", message }) as const),
    ],
  };
}

/** Ends a chat that the service no longer knows, because it was restarted. */
export function loseChat(item: ChatItem, now: number): ChatItem {
  if (item.view.state === "ended") return item;
  const { id, visitor, since, here, visitorRead, agentRead } = item.view;
  const view: ChatView = {
    state: "ended",
    id,
    visitor,
    since,
    here,
    visitorRead,
    agentRead,
    endedAt: now,
    cause: CAUSE.temporaryFailure,
  };
  return { ...item, view, pending: "none", typingUntil: 0 };
}

/** Adds new entries, each once, and removes own messages that came back as
 * entries. */
export function addEntries(
  item: ChatItem,
  entries: readonly Entry[],
): ChatItem {
  const last = item.entries.at(-1)?.seq ?? 0;
  const fresh = entries.filter((entry) => entry.seq > last);
  const back = new Set(
    entries.filter(({ from }) => from === "agent").map(({ id }) => id),
  );
  const outbox = item.outbox.filter(({ id }) => !back.has(id));
  const visitorWrote = fresh.some(({ from }) => from === "visitor");
  return {
    ...item,
    entries: fresh.length > 0 ? [...item.entries, ...fresh] : item.entries,
    outbox: outbox.length < item.outbox.length ? outbox : item.outbox,
    typingUntil: visitorWrote ? 0 : item.typingUntil,
  };
}

/** Marks all visible entries as read. */
export function readAll(item: ChatItem): ChatItemStep {
  const seq = item.entries.at(-1)?.seq ?? 0;
  if (item.view.state !== "joined" || seq <= item.view.agentRead) {
    return { item, effects: [] };
  }
  const view = { ...item.view, agentRead: seq };
  return say({ ...item, view }, { type: "chat-read", chat: item.view.id, seq });
}

/** Returns the draft as the service stores it; "" if it cannot be sent, because
 * nothing is left of it or it is over the service's limit. */
export function sendable(draft: string): string {
  const text = manyLines(draft).trim();
  return text.length <= DESK_LIMITS.textLength ? text : "";
}

/** Sends the draft, if it is sendable. */
export function write(
  item: ChatItem,
  { id, now }: { id: string; now: number },
): ChatItemStep {
  const text = sendable(item.draft);
  if (text === "" || item.view.state === "ended") return { item, effects: [] };
  const outbox = [...item.outbox, { id, text, time: now }];
  const chat = item.view.id;
  return say({ ...item, outbox, draft: "" }, {
    type: "chat-message",
    chat,
    id,
    text,
  });
}

/** Stores the changed draft; the visitor sees when the agent starts and stops
 * typing. */
export function draft(item: ChatItem, text: string): ChatItemStep {
  const typing = text.trim() !== "";
  const before = item.draft.trim() !== "";
  const next = { ...item, draft: text };
  if (typing === before || item.view.state !== "joined") {
    return { item: next, effects: [] };
  }
  return say(next, { type: "chat-typing", chat: item.view.id, typing });
}

function say(item: ChatItem, message: PageMessage): ChatItemStep {
  return { item, effects: [{ type: "say", message }] };
}

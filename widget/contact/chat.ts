import { CAUSE } from "@/lib/base/causes.ts";
import type { Transition } from "@/lib/base/machine.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { heard, numbered, ownAgain } from "./chat_lines.ts";
import type { NoteLine, OwnLine, PageChat } from "./chat_state.ts";
import { isOfOther } from "./decode.ts";

export type PageChatEvent =
  | { type: "say"; id: string; text: string }
  | { type: "typing"; typing: boolean }
  /** The agent's message `seq` is in view, and so are the earlier ones. */
  | { type: "look"; seq: number }
  | { type: "leave" }
  /** The visitor keeps an idle chat. */
  | { type: "keep" }
  | { type: "told"; message: ContactMessage }
  /** The service is connected again; `resumed` if it has kept the seat. */
  | { type: "reconnected"; resumed: boolean };

/** A message for the service. It is lost if the socket is not open, so no code
 * here relies on its delivery. */
export interface SayEffect {
  type: "say";
  message: ClientMessage;
}

export type PageChatStep = Transition<PageChat, SayEffect>;

type Agent = PageChat["agent"];

export function newChat(
  agent: Agent,
  visitor: string,
  contact: string,
): PageChat {
  return {
    state: "drafting",
    agent,
    guest: "",
    visitor,
    contact,
    created: false,
    before: false,
    lines: [],
    seq: 0,
    agentRead: 0,
    seen: 0,
    agentTyping: false,
    typist: "",
    idleEndsAt: 0,
    queue: undefined,
  };
}

/** Creates the chat that an earlier page of this tab began; the service sends
 * the rest. `seen` is the last message of the agent that the page has shown.
 * `lines` are the messages that the service may not have. */
export function resumedChat(
  { agent, visitor, contact, lines, before, seen }:
    & Pick<PageChat, "agent" | "visitor" | "contact" | "before" | "seen">
    & { lines: readonly OwnLine[] },
): PageChat {
  const chat = newChat(agent, visitor, contact);
  return { ...chat, state: "opening", created: true, lines, before, seen };
}

/** Returns the chat after one event. `now` is in ms since 1970. */
export function stepChat(
  chat: PageChat,
  event: PageChatEvent,
  now: number,
): PageChatStep {
  switch (event.type) {
    case "say":
      return say(chat, event.id, event.text, now);
    case "typing":
      return isRunning(chat) && chat.created
        ? go(chat, { mt: "ChatTyping", typing: event.typing })
        : go(chat);
    case "look":
      return look(chat, event.seq);
    case "keep":
      return go(chat, { mt: "KeepChat" });
    case "leave": {
      const over = end(chat, "chatEnded", now);
      return isRunning(chat) && chat.created
        ? go(over, { mt: "ClearChat" })
        : go(over);
    }
    case "told":
      return isOfOther(event.message, chat.contact)
        ? go(chat)
        : go(told(chat, event.message, now));
    case "reconnected":
      return reconnected(chat, event.resumed, now);
  }
}

export function isRunning({ state }: PageChat): boolean {
  return state === "opening" || state === "notified" || state === "joined";
}

/** True if the service knows the chat, or has to confirm that it doesn't. */
export function isKnown(chat: PageChat): boolean {
  return isRunning(chat) && (chat.seq > 0 || chat.before);
}

/** Returns the visitor's messages that the service has not acknowledged. */
export function pendingOf({ lines }: PageChat): OwnLine[] {
  return lines.flatMap((line) =>
    line.type === "own" && line.seq === undefined ? [line] : []
  );
}

/** Returns the visitor's text that the service has not acknowledged. */
export function unsentText(chat: PageChat): string {
  return pendingOf(chat).map(({ text }) => text).join("\n");
}

function say(
  chat: PageChat,
  id: string,
  text: string,
  now: number,
): PageChatStep {
  if (chat.state === "over") return go(chat);
  const line: OwnLine = { type: "own", id, text, time: now };
  const { contact } = chat;
  const message: ClientMessage = { mt: "ChatMessage", id, text, contact };
  const said: PageChat = { ...chat, lines: [...chat.lines, line] };
  return chat.state === "drafting"
    ? go({ ...said, state: "opening", created: true }, create(chat), message)
    : go(said, message);
}

function create({ agent, visitor, contact }: PageChat): ClientMessage {
  return { mt: "CreateChat", dest: agent.id, dn: visitor, contact };
}

function look(chat: PageChat, seq: number): PageChatStep {
  if (seq <= chat.seen) return go(chat);
  const seen = { ...chat, seen: seq };
  return isRunning(chat) ? go(seen, { mt: "ChatRead", seq }) : go(seen);
}

function reconnected(
  chat: PageChat,
  resumed: boolean,
  now: number,
): PageChatStep {
  if (!isRunning(chat)) return go(chat);
  const pending = pendingOf(chat).map(({ id, text }): ClientMessage => ({
    mt: "ChatMessage",
    id,
    text,
    contact: chat.contact,
  }));
  // Perhaps nothing has arrived yet, so create the chat again. If the service
  // knows it, it continues the chat.
  if (!isKnown(chat) && pending.length > 0) {
    return go(chat, create(chat), ...pending);
  }
  if (resumed) return go(chat, ...pending);
  return go(end(chat, "chatEnded", now));
}

function told(
  chat: PageChat,
  message: ContactMessage,
  now: number,
): PageChat {
  switch (message.mt) {
    case "ChatInfo":
      return toldState(chat, message, now);
    case "ChatAck":
      return numbered(chat, message.id, message.seq, message.time * 1_000);
    case "ChatMessage":
      return message.own === undefined
        ? heard(chat, message)
        : ownAgain(chat, { ...message, own: message.own });
    case "ChatGuest":
      return toldGuest(chat, message.dn ?? "", now);
    case "ChatIdle": {
      const { seconds } = message;
      return { ...chat, idleEndsAt: seconds ? now + seconds * 1_000 : 0 };
    }
    case "QueueInfo":
      if (message.of !== "chat" || !isRunning(chat)) return chat;
      return { ...chat, queue: message };
    case "ChatTyping":
      return {
        ...{ ...chat, agentTyping: message.typing },
        typist: message.dn ?? "",
      };
    case "ChatRead":
      return { ...chat, agentRead: Math.max(chat.agentRead, message.seq) };
    default:
      return chat;
  }
}

function toldState(
  before: PageChat,
  info: Extract<ContactMessage, { mt: "ChatInfo" }>,
  now: number,
): PageChat {
  if (!isRunning(before)) return before;
  const chat = { ...before, queue: undefined };
  switch (info.state) {
    case "alerting":
      return chat.state === "opening"
        ? note({ ...chat, state: "notified" }, "notified", now)
        : chat;
    case "connected": {
      // After a reconnect, a warning that still applies follows.
      const name = info.dn ?? chat.agent.name;
      if (chat.state === "joined" && name === chat.agent.name) {
        return { ...chat, idleEndsAt: 0 };
      }
      const agent = { ...chat.agent, name };
      const next: PageChat = { ...chat, agent, state: "joined" };
      if (name === chat.guest) { // The first of two agents has left.
        return { ...note(chat, "left", now), agent, guest: "" };
      }
      // After a page change the messages follow, and some are older than this.
      if (chat.before && chat.seq === 0) return next;
      return note(next, "joined", now);
    }
    case "terminated": {
      if (info.cause === CAUSE.idle) return end(chat, "closedIdle", now);
      const left = chat.state === "joined" ? "left" : "chatUnanswered";
      const why = info.cause === CAUSE.busy ? "chatUnanswered" : left;
      return end(chat, why, now);
    }
  }
}

/** A second agent has joined, or has left. */
function toldGuest(chat: PageChat, guest: string, now: number): PageChat {
  if (!isRunning(chat) || guest === chat.guest) return chat;
  const next = { ...chat, guest };
  // After a page change the messages follow, and some are older than this.
  if (chat.before && chat.seq === 0) return next;
  return note(next, guest ? "joined" : "left", now, guest || chat.guest);
}

function note(
  chat: PageChat,
  what: NoteLine["note"],
  time: number,
  name = chat.agent.name,
): PageChat {
  const line: NoteLine = { type: "note", note: what, name, time };
  return { ...chat, lines: [...chat.lines, line] };
}

function end(
  chat: PageChat,
  why: NoteLine["note"],
  now: number,
): PageChat {
  if (!isRunning(chat)) return chat;
  const over: PageChat = { ...chat, state: "over", queue: undefined };
  return note(
    { ...over, guest: "", agentTyping: false, idleEndsAt: 0 },
    why,
    now,
  );
}

function go(state: PageChat, ...say: ClientMessage[]): PageChatStep {
  return { state, effects: say.map((message) => ({ type: "say", message })) };
}

import { CAUSE } from "@/lib/base/causes.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";

/**
 * One chat of the visitor, as its page knows it.
 *
 *               say              alerting            connected
 *   drafting ---------> opening ----------> notified ----------> joined
 *                          |                   |                   |
 *                          +---- terminated, leave, seat lost -----+--> over
 *
 * What is said while the service does not listen stays `pending`, and is sent
 * when it listens again. The message's own id makes a repetition harmless.
 */
export interface Chat {
  state: "drafting" | "opening" | "notified" | "joined" | "over";
  /** Whom the visitor wrote to. */
  agent: { id: string; name: string };
  /** What the visitor calls itself. */
  visitor: string;
  /** The service was told of the chat. */
  created: boolean;
  lines: readonly Line[];
  /** The last number that the service has given, of either side. */
  seq: number;
  /** Up to here, the agent has read, and the visitor has seen. */
  agentRead: number;
  seen: number;
  agentTyping: boolean;
}

export type Line = OwnLine | AgentLine | NoteLine;
/** Times in ms since 1970. */
export interface OwnLine {
  type: "own";
  id: string;
  text: string;
  time: number;
  /** Absent until the service has it. */
  seq?: number;
}
export interface AgentLine {
  type: "agent";
  seq: number;
  text: string;
  time: number;
}
/** What happened between messages. */
export interface NoteLine {
  type: "note";
  note: "notified" | "joined" | "left" | "chatEnded" | "chatUnanswered";
  name: string;
  time: number;
}

export type ChatEvent =
  | { type: "say"; id: string; text: string }
  | { type: "typing"; typing: boolean }
  /** The agent's message `seq` is in view, and so are those before it. */
  | { type: "look"; seq: number }
  | { type: "leave" }
  | { type: "told"; message: ContactMessage }
  /** The service listens again; `resumed`: it has kept the seat. */
  | { type: "linked"; resumed: boolean };

export interface ChatStep {
  chat: Chat;
  /** For the service, in order. What is sent to one that does not listen is
   * lost; nothing here counts on it. */
  say: readonly ClientMessage[];
}

type Agent = Chat["agent"];

export function newChat(agent: Agent, visitor: string): Chat {
  return {
    state: "drafting",
    agent,
    visitor,
    created: false,
    lines: [],
    seq: 0,
    agentRead: 0,
    seen: 0,
    agentTyping: false,
  };
}

/** A chat that an earlier page of this tab began, which has shown the agent's
 * messages up to `seen`; the service tells the rest. */
export function resumedChat(
  agent: Agent,
  visitor: string,
  seen: number,
): Chat {
  return { ...newChat(agent, visitor), state: "opening", created: true, seen };
}

/** One move. `now` in ms since 1970. */
export function stepChat(chat: Chat, event: ChatEvent, now: number): ChatStep {
  switch (event.type) {
    case "say":
      return say(chat, event.id, event.text, now);
    case "typing":
      return isRunning(chat) && chat.created
        ? { chat, say: [{ mt: "ChatTyping", typing: event.typing }] }
        : stay(chat);
    case "look":
      return look(chat, event.seq);
    case "leave":
      return {
        chat: end(chat, "chatEnded", now),
        say: isRunning(chat) && chat.created ? [{ mt: "ClearChat" }] : [],
      };
    case "told":
      return stay(told(chat, event.message, now));
    case "linked":
      return linked(chat, event.resumed, now);
  }
}

export function isRunning({ state }: Chat): boolean {
  return state === "opening" || state === "notified" || state === "joined";
}

/** Messages of the agent that the visitor has not seen. */
export function unread({ lines, seen }: Chat): number {
  return lines.filter((line) => line.type === "agent" && line.seq > seen)
    .length;
}

/** What the visitor has written and the service has not acknowledged. */
export function unsentText({ lines }: Chat): string {
  return lines.flatMap((line) =>
    line.type === "own" && line.seq === undefined ? [line.text] : []
  ).join("\n");
}

function say(chat: Chat, id: string, text: string, now: number): ChatStep {
  if (chat.state === "over") return stay(chat);
  const line: OwnLine = { type: "own", id, text, time: now };
  const message: ClientMessage = { mt: "ChatMessage", id, text };
  const said: Chat = { ...chat, lines: [...chat.lines, line] };
  return chat.state === "drafting"
    ? {
      chat: { ...said, state: "opening", created: true },
      say: [create(chat), message],
    }
    : { chat: said, say: [message] };
}

function create({ agent, visitor }: Chat): ClientMessage {
  return { mt: "CreateChat", dest: agent.id, dn: visitor };
}

function look(chat: Chat, seq: number): ChatStep {
  if (seq <= chat.seen) return stay(chat);
  return {
    chat: { ...chat, seen: seq },
    say: isRunning(chat) ? [{ mt: "ChatRead", seq }] : [],
  };
}

function linked(chat: Chat, resumed: boolean, now: number): ChatStep {
  if (!isRunning(chat)) return stay(chat);
  const pending = chat.lines.flatMap((line): ClientMessage[] =>
    line.type === "own" && line.seq === undefined
      ? [{ mt: "ChatMessage", id: line.id, text: line.text }]
      : []
  );
  if (resumed) return { chat, say: pending };
  // Nothing has arrived yet: it can begin once more, and nothing is lost.
  if (chat.seq === 0 && pending.length > 0) {
    return { chat, say: [create(chat), ...pending] };
  }
  return stay(end(chat, "chatEnded", now));
}

function told(chat: Chat, message: ContactMessage, now: number): Chat {
  switch (message.mt) {
    case "ChatInfo":
      return toldState(chat, message, now);
    case "ChatAck":
      return numbered(chat, message.id, message.seq, message.time * 1_000);
    case "ChatMessage":
      return message.own === undefined
        ? heard(chat, message.seq, message.text, message.time * 1_000)
        : ownAgain(chat, { ...message, own: message.own });
    case "ChatTyping":
      return { ...chat, agentTyping: message.typing };
    case "ChatRead":
      return { ...chat, agentRead: Math.max(chat.agentRead, message.seq) };
    default:
      return chat;
  }
}

function toldState(
  chat: Chat,
  info: Extract<ContactMessage, { mt: "ChatInfo" }>,
  now: number,
): Chat {
  if (!isRunning(chat)) return chat;
  switch (info.state) {
    case "alerting":
      return chat.state === "opening"
        ? note({ ...chat, state: "notified" }, "notified", now)
        : chat;
    case "connected": {
      if (chat.state === "joined") return chat;
      const agent = { ...chat.agent, name: info.dn ?? chat.agent.name };
      return note({ ...chat, agent, state: "joined" }, "joined", now);
    }
    case "terminated": {
      const left = chat.state === "joined" ? "left" : "chatUnanswered";
      return end(
        chat,
        info.cause === CAUSE.busy ? "chatUnanswered" : left,
        now,
      );
    }
  }
}

function numbered(chat: Chat, id: string, seq: number, time: number): Chat {
  const line = chat.lines.find((own) => own.type === "own" && own.id === id);
  if (line?.type !== "own" || line.seq !== undefined) return chat;
  return placed(chat, { ...line, seq, time });
}

function heard(chat: Chat, seq: number, text: string, time: number): Chat {
  if (seq <= chat.seq) return chat; // A repetition.
  return {
    ...placed(chat, { type: "agent", seq, text, time }),
    agentTyping: false,
  };
}

function ownAgain(
  chat: Chat,
  { own: id, seq, text, time }: {
    own: string;
    seq: number;
    text: string;
    time: number;
  },
): Chat {
  const known = chat.lines.some((line) =>
    line.type === "own" && line.id === id
  );
  if (known) return numbered(chat, id, seq, time * 1_000);
  if (seq <= chat.seq) return chat;
  return placed(chat, { type: "own", id, text, time: time * 1_000, seq });
}

/** Where it stood, as far as the service's order allows. */
function placed(chat: Chat, line: (OwnLine | AgentLine) & { seq: number }) {
  const was = chat.lines.findIndex((other) =>
    other.type === "own" && line.type === "own" && other.id === line.id
  );
  const others = was < 0 ? chat.lines : chat.lines.filter((_, i) => i !== was);
  const from = others.findLastIndex((o) => seqOf(o) < line.seq) + 1;
  const later = others.findIndex((o) => seqOf(o) > line.seq);
  const to = later < 0 ? others.length : later;
  const at = Math.min(to, Math.max(from, was < 0 ? to : was));
  return {
    ...chat,
    lines: [...others.slice(0, at), line, ...others.slice(at)],
    seq: Math.max(chat.seq, line.seq),
  };
}

/** NaN for what has no number: neither before nor after one. */
function seqOf(line: Line): number {
  return line.type === "note" ? NaN : line.seq ?? NaN;
}

function note(chat: Chat, what: NoteLine["note"], time: number): Chat {
  const line: NoteLine = {
    type: "note",
    note: what,
    name: chat.agent.name,
    time,
  };
  return { ...chat, lines: [...chat.lines, line] };
}

function end(chat: Chat, why: NoteLine["note"], now: number): Chat {
  if (!isRunning(chat)) return chat;
  return note({ ...chat, state: "over", agentTyping: false }, why, now);
}

function stay(chat: Chat): ChatStep {
  return { chat, say: [] };
}

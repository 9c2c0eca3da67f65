import type { ServerChatMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type {
  AgentLine,
  OwnLine,
  PageChat,
  TranscriptLine,
} from "./chat_state.ts";

/** Counts the agent's messages that the visitor has not seen. */
export function unread({ lines, seen }: PageChat): number {
  return lines.filter((line) => line.type === "agent" && line.seq > seen)
    .length;
}

/** Returns the chat with a numbered line in its old place, or as near to it as
 * the order of the numbers allows. */
export function placed(
  chat: PageChat,
  line: (OwnLine | AgentLine) & { seq: number },
): PageChat {
  const was = chat.lines.findIndex((other) =>
    other.type === "own" && line.type === "own" && other.id === line.id
  );
  const others = was < 0 ? chat.lines : chat.lines.filter((_, i) => i !== was);
  const from = others.findLastIndex((o) => seqOf(o) < line.seq) + 1;
  // A line without a number will get a higher one.
  const later = others.findIndex((o, at) =>
    seqOf(o) > line.seq || (at >= from && isPending(o))
  );
  const to = later < 0 ? others.length : later;
  const at = Math.min(to, Math.max(from, was < 0 ? to : was));
  return {
    ...chat,
    lines: [...others.slice(0, at), line, ...others.slice(at)],
    seq: Math.max(chat.seq, line.seq),
  };
}

/** The service has numbered a message of the visitor. */
export function numbered(
  chat: PageChat,
  id: string,
  seq: number,
  time: number,
): PageChat {
  const line = chat.lines.find((own) => own.type === "own" && own.id === id);
  if (line?.type !== "own" || line.seq !== undefined) return chat;
  return placed(chat, { ...line, seq, time });
}

/** An agent has written. */
export function heard(
  chat: PageChat,
  { seq, text, time, dn }: ServerChatMessage,
): PageChat {
  const name = dn ?? (chat.guest && chat.agent.name);
  if (seq <= chat.seq) return chat; // A repetition.
  return {
    ...placed(chat, { type: "agent", name, seq, text, time: time * 1_000 }),
    agentTyping: false,
  };
}

/** After a page change, a message of the visitor is back. */
export function ownAgain(
  chat: PageChat,
  { own: id, seq, text, time }: {
    own: string;
    seq: number;
    text: string;
    time: number;
  },
): PageChat {
  const known = chat.lines.some((line) =>
    line.type === "own" && line.id === id
  );
  if (known) return numbered(chat, id, seq, time * 1_000);
  if (seq <= chat.seq) return chat;
  return placed(chat, { type: "own", id, text, time: time * 1_000, seq });
}

function isPending(line: TranscriptLine): boolean {
  return line.type === "own" && line.seq === undefined;
}

/** NaN for a line without a number, which compares as neither lower nor
 * higher. */
function seqOf(line: TranscriptLine): number {
  return line.type === "note" ? NaN : line.seq ?? NaN;
}

/** True if the chat has ended before an agent joined it. */
export function isUnanswered({ state, lines }: PageChat): boolean {
  const last = lines.at(-1);
  return state === "over" && last?.type === "note" &&
    last.note === "chatUnanswered";
}

/** Returns all that the visitor has written in this chat. */
export function ownText({ lines }: PageChat): string {
  return lines.filter((line) => line.type === "own")
    .map(({ text }) => text).join("\n");
}

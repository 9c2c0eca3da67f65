import type { ChatBefore, ChatEntry, ChatEvent } from "@/lib/contact/ports.ts";
import {
  type ChatLegEvent,
  type DeskChatState,
  type DeskChatStep,
  go,
  type JoinedDeskChat,
  tell,
} from "./chat_leg_state.ts";

/** D33: tells the bridge everything that it has missed. */
export function repeat(
  chat: JoinedDeskChat,
  { before, logged }: ChatLegEvent & { type: "reattached" },
): DeskChatStep {
  const lines = chat.lines.filter(({ id }) => !logged.has(id));
  const events: ChatEvent[] = [];
  if (before.joinedAt === undefined) events.push({ type: "joined" });
  for (const line of lines) events.push({ type: "message", ...line });
  if (chat.agentRead > before.read.agent) {
    events.push({ type: "read", seq: chat.agentRead });
  }
  if (chat.typing) events.push({ type: "typing", typing: true });
  const state = { ...asResumed(chat, before), lines };
  return go(state, ...events.map(tell), { type: "show" });
}

/** The visitor's page is away. */
export function asResumed<T extends DeskChatState>(
  chat: T,
  { read }: ChatBefore,
): T {
  const visitorRead = Math.max(chat.visitorRead, read.visitor);
  return { ...chat, here: false, visitorRead };
}

export function without(
  chat: DeskChatState,
  { from, id }: ChatEntry,
): DeskChatState {
  if (chat.state !== "joined" || from !== "agent") return chat;
  return { ...chat, lines: chat.lines.filter((line) => line.id !== id) };
}

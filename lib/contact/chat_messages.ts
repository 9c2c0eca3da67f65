import { assertNever } from "@/lib/base/assert_never.ts";
import type { ChatInfo } from "@/lib/protocol/visitor/contact_messages.ts";
import type { ChatEntry, VisitorMessage } from "./ports.ts";
import { toldIdle } from "./chat_idle.ts";
import { queueInfo } from "./plan.ts";
import {
  type BridgeChat,
  type BridgeChatEffect,
  command,
  type JoinedChat,
  tell,
} from "./chat_state.ts";

/** Returns all messages for a page that has the entries up to `seq` (CHAT6). */
export function repeated(
  chat: BridgeChat,
  seq: number,
  now: number,
): BridgeChatEffect[] {
  const replay: BridgeChatEffect = { type: "replay", seq };
  switch (chat.state) {
    case "idle":
      return [];
    case "notified": {
      const shown = chat.alerted ? [tell(alerting())] : [];
      const state = chat.queued
        ? [tell(queueInfo("chat", chat.queued))]
        : shown;
      return [...state, replay, here()];
    }
    case "joined": {
      const { agent } = chat.read;
      const read = agent > 0 ? [tell({ mt: "ChatRead", seq: agent })] : [];
      const idle = chat.endsAt === undefined ? [] : [toldIdle(chat, now)];
      return [tell(connected(chat)), replay, ...read, ...idle, here()];
    }
    case "over":
      return [replay, tell(terminated(chat.cause))];
    default:
      return assertNever(chat);
  }
}

function here(): BridgeChatEffect {
  return command({ type: "visitor", here: true });
}

export function alerting(): ChatInfo {
  return { mt: "ChatInfo", state: "alerting" };
}

export function connected({ name }: JoinedChat): ChatInfo {
  const dn = name === undefined ? {} : { dn: name };
  return { mt: "ChatInfo", state: "connected", ...dn };
}

export function terminated(cause: number): ChatInfo {
  return { mt: "ChatInfo", state: "terminated", cause };
}

/** Returns the end of another chat than the running one. */
export function ofOther(contact: string | undefined, cause: number): ChatInfo {
  const end = terminated(cause);
  return contact === undefined ? end : { ...end, contact };
}

/** Returns the visitor's form of an entry. */
export function message(
  { seq, text, time }: ChatEntry,
): Extract<VisitorMessage, { mt: "ChatMessage" }> {
  return { mt: "ChatMessage", seq, text, time: seconds(time) };
}

export function acknowledgement({ id, seq, time }: ChatEntry): VisitorMessage {
  return { mt: "ChatAck", id, seq, time: seconds(time) };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

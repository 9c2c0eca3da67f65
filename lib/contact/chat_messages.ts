import { assertNever } from "@/lib/base/assert_never.ts";
import type { ChatInfo } from "@/lib/protocol/visitor/contact_messages.ts";
import type { Guest } from "@/lib/model/handover.ts";
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
      const info = chat.handovers?.some(({ invited }) => invited)
        ? [tell(guestInfo(chat.guest))]
        : [];
      const state = [tell(connected(chat)), ...info];
      return [...state, replay, ...read, ...idle, here()];
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

/** Says who is the second agent, or that there is none. */
export function guestInfo(guest: Guest | undefined): VisitorMessage {
  return guest === undefined
    ? { mt: "ChatGuest" }
    : { mt: "ChatGuest", dn: guest.name };
}

export function typingInfo(typing: boolean, guest?: Guest): VisitorMessage {
  const by = guest === undefined ? {} : { dn: guest.name };
  return { mt: "ChatTyping", typing, ...by };
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
  { seq, text, time, name: dn }: ChatEntry,
): Extract<VisitorMessage, { mt: "ChatMessage" }> {
  const by = dn === undefined ? {} : { dn };
  return { mt: "ChatMessage", seq, text, time: seconds(time), ...by };
}

export function acknowledgement({ id, seq, time }: ChatEntry): VisitorMessage {
  return { mt: "ChatAck", id, seq, time: seconds(time) };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

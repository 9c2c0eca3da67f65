import type { AgentLeg, Guest } from "@/lib/model/handover.ts";
import { asActive } from "./chat_idle.ts";
import { connected, guestInfo } from "./chat_messages.ts";
import {
  type BridgeChat,
  type BridgeChatEffect,
  type BridgeChatStep,
  type ChatAt,
  command,
  go,
  type JoinedChat,
  tell,
} from "./chat_state.ts";
import type { ChatEvent } from "./ports.ts";

/**
 * The second agent of a chat, whom the first one has invited. Both read and
 * write. If one of them leaves, the other one has the chat alone.
 *
 *             invited agent joined             the first one leaves
 *     alone ----------------------> together ----------------------> alone
 *       ^                              |
 *       +------------------------------+
 *            the second one leaves
 */

/** The invited agent is in the chat, too. */
export function joinAsGuest(
  { offer: _, ...chat }: JoinedChat,
  { leg, address, name = address, inviter = "" }: AgentLeg & {
    name?: string;
    inviter?: string;
  },
  at: ChatAt,
): BridgeChatStep {
  const { by, handovers = [], plan, read } = chat;
  const from = by?.address ?? plan.address;
  const invited = { at: at.now, from, to: address, invited: true } as const;
  const guest: Guest = { leg, address, name, inviter };
  const kept = asActive(
    { ...chat, guest, handovers: [...handovers, invited] },
    at,
  );
  return go(
    kept.state,
    { type: "invited", to: { leg, address }, plan },
    ...namesOf(guest),
    command({ type: "read", seq: read.visitor }, leg),
    tell(guestInfo(guest)),
    ...kept.effects,
  );
}

/** Tells each of two agents the name of the other one. */
export function namesOf(guest: Guest | undefined): BridgeChatEffect[] {
  if (guest === undefined) return [];
  const { leg, name, inviter } = guest;
  return [
    command({ type: "agents", others: [name] }),
    command({ type: "agents", others: [inviter] }, leg),
  ];
}

/** Returns the second agent, if the chat has one with this leg. */
export function guestAt(chat: BridgeChat, leg: string): Guest | undefined {
  const guest = chat.state === "joined" ? chat.guest : undefined;
  return guest?.leg === leg ? guest : undefined;
}

/** True for an event that the second agent may cause. Only the first one can
 * hand the chat over. */
export function isOfGuest({ type }: ChatEvent): boolean {
  return ["message", "typing", "read", "keep"].includes(type);
}

/** The second agent has left, and the first one has the chat alone. */
export function guestLeft({ guest: _, ...chat }: JoinedChat): BridgeChatStep {
  return go(
    chat,
    { type: "guest-left" },
    command({ type: "agents", others: [] }),
    tell({ mt: "ChatTyping", typing: false }),
    tell(guestInfo(undefined)),
  );
}

/** The first agent has left, so the second one has the chat alone. */
export function firstLeft(
  { guest: _, ...chat }: JoinedChat,
  { leg, address, name }: Guest,
  { now }: ChatAt,
): BridgeChatStep {
  const { by, handovers = [], plan } = chat;
  const from = by?.address ?? plan.address;
  const next: JoinedChat = {
    ...chat,
    ...{ by: { address, leg }, name },
    handovers: [...handovers, { at: now, from, to: address }],
  };
  return go(
    next,
    { type: "promote", to: { leg, address }, plan },
    command({ type: "agents", others: [] }),
    tell({ mt: "ChatTyping", typing: false }),
    tell(connected(next)),
  );
}

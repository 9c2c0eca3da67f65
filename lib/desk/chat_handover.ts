import { CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import {
  type ChatLegEvent,
  type DeskChatState,
  type DeskChatStep,
  go,
  type JoinedDeskChat,
  stay,
  tell,
} from "./chat_leg_state.ts";
import type { DeskTimes } from "./ports.ts";

/** D43: offers the chat to a colleague. The bridge answers with `not-taken`, or
 * closes the leg because the colleague has the chat. */
export function handOver(
  chat: JoinedDeskChat,
  { id, to, colleague, by, note, isTeam }: ChatLegEvent & { type: "hand-over" },
  { now, times }: { now: number; times: DeskTimes },
): DeskChatStep {
  const { handover } = chat;
  if (handover?.state === "offered" || handover?.id === id) return stay(chat);
  if (colleague === undefined) {
    const cause = CAUSE.unallocated;
    const failed = { state: "not-taken", id, to, cause } as const;
    return go({ ...chat, handover: failed }, { type: "show" });
  }
  const until = now + times.handoverMs;
  return go(
    { ...chat, handover: { state: "offered", id, to: colleague, until } },
    tell({ type: "hand-over", to, name: by, note, ...isTeam && { isTeam } }),
    { type: "show" },
  );
}

/** The agent keeps the chat. A colleague who was faster has it. */
export function withdraw(chat: JoinedDeskChat): DeskChatStep {
  if (chat.handover?.state !== "offered") return stay(chat);
  return go(chat, tell({ type: "withdraw" }));
}

/** The colleague did not take the chat. */
export function notTaken(chat: DeskChatState, cause: number): DeskChatStep {
  if (chat.state !== "joined" || chat.handover?.state !== "offered") {
    return stay(chat);
  }
  const { id, to } = chat.handover;
  const handover = { state: "not-taken", id, to, cause } as const;
  return go({ ...chat, handover }, { type: "show" });
}

/** Returns the name of the colleague who has the chat after this end. */
export function handedTo(
  chat: DeskChatState,
  cause: number,
): { handedTo?: string } {
  if (cause !== HANDED_OVER || chat.state !== "joined") return {};
  const { handover } = chat;
  return handover?.state === "offered" ? { handedTo: handover.to } : {};
}

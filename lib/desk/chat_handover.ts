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
  event: ChatLegEvent & { type: "hand-over" },
  { now, times }: { now: number; times: DeskTimes },
): DeskChatStep {
  const { id, to, colleague, by, note, isTeam, isInvite } = event;
  const { handover, others = [] } = chat;
  if (handover?.state === "offered" || handover?.id === id) return stay(chat);
  const mark = { id, ...isInvite && { isInvite } };
  if (colleague === undefined || others.length > 0) { // D48
    const cause = colleague === undefined ? CAUSE.unallocated : CAUSE.busy;
    const failed = { state: "not-taken", ...mark, to, cause } as const;
    return go({ ...chat, handover: failed }, { type: "show" });
  }
  const until = now + times.handoverMs;
  return go(
    { ...chat, handover: { state: "offered", ...mark, to: colleague, until } },
    isInvite ? tell({ type: "invite", to, name: by, note }) : tell({
      type: "hand-over",
      to,
      name: by,
      note,
      ...isTeam && { isTeam },
    }),
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
  const { until: _, ...offered } = chat.handover;
  const handover = { ...offered, state: "not-taken", cause } as const;
  return go({ ...chat, handover }, { type: "show" });
}

/** D48: other agents are in the chat, too, or no longer are. An invitation that
 * was accepted is over. */
export function withOthers(
  chat: DeskChatState,
  others: readonly string[],
): DeskChatStep {
  if (chat.state !== "joined") return stay(chat);
  const { handover, others: _, ...alone } = chat;
  const isOver = others.length > 0 && handover?.isInvite;
  return go(
    {
      ...alone,
      ...handover && !isOver && { handover },
      ...others.length > 0 && { others },
    },
    { type: "show" },
  );
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

import type { PageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type { HandoverView } from "@/lib/protocol/desk/service_messages.ts";
import type { ChatItem, ChatItemStep, HandingOver } from "./desk_state.ts";

/** Requests a handover or an invitation, unless there is one already, or a second
 * agent is in the chat. */
export function handOver(item: ChatItem, handover: HandingOver): ChatItemStep {
  if (!canHandOver(item)) return { item, effects: [] };
  const message = requestOf(item.view.id, handover);
  return {
    item: { ...item, handingOver: handover },
    effects: [{ type: "say", message }],
  };
}

/** True if the chat can be handed over, or a colleague be invited. */
export function canHandOver(item: ChatItem): boolean {
  return item.view.state === "joined" && !item.view.others?.length &&
    handoverOf(item)?.state !== "offered";
}

/** The agent has seen that the chat stays. */
export function seeHandover(item: ChatItem): ChatItemStep {
  const id = handoverOf(item)?.id;
  const next = id === undefined ? item : { ...item, seenHandover: id };
  return { item: next, effects: [] };
}

/** Returns the message that requests a handover. */
export function requestOf(
  chat: string,
  { id, to, name, note, isTeam, isInvite }: HandingOver,
): PageMessage {
  if (isInvite) return { type: "chat-invite", chat, id, to, note };
  const team = isTeam && { team: name };
  return { type: "chat-hand-over", chat, id, to, note, ...team };
}

/** Removes the request once the service has received it. */
export function received(item: ChatItem): ChatItem {
  const { handingOver, ...rest } = item;
  const { view } = item;
  // Another page of the agent may have been faster.
  const isHere = view.state === "joined" &&
    view.handover?.id !== handingOver?.id &&
    view.handover?.state !== "offered" && !view.others?.length;
  return handingOver !== undefined && isHere ? item : rest;
}

/** Returns the handover to show: one that runs, or whose failure the agent has
 * not seen. */
export function handoverOf(
  { view, handingOver, seenHandover }: ChatItem,
): HandoverView | undefined {
  if (view.state !== "joined") return undefined;
  if (handingOver !== undefined) {
    const { id, name: to, isInvite } = handingOver;
    return { state: "offered", id, to, ...isInvite && { isInvite } };
  }
  return view.handover?.id === seenHandover ? undefined : view.handover;
}

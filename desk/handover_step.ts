import type { PageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type { HandoverView } from "@/lib/protocol/desk/service_messages.ts";
import type { ChatItem, ChatItemStep, HandingOver } from "./desk_state.ts";

/** Requests a handover, unless there is one already. */
export function handOver(item: ChatItem, handover: HandingOver): ChatItemStep {
  if (item.view.state !== "joined" || handoverOf(item)?.state === "offered") {
    return { item, effects: [] };
  }
  const message = requestOf(item.view.id, handover);
  return {
    item: { ...item, handingOver: handover },
    effects: [{ type: "say", message }],
  };
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
  { id, to, name, note, isTeam }: HandingOver,
): PageMessage {
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
    view.handover?.state !== "offered";
  return handingOver !== undefined && isHere ? item : rest;
}

/** Returns the handover to show: one that runs, or whose failure the agent has
 * not seen. */
export function handoverOf(
  { view, handingOver, seenHandover }: ChatItem,
): HandoverView | undefined {
  if (view.state !== "joined") return undefined;
  if (handingOver !== undefined) {
    const { id, name: to } = handingOver;
    return { state: "offered", id, to };
  }
  return view.handover?.id === seenHandover ? undefined : view.handover;
}

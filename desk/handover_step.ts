import type { PageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type { HandoverView } from "@/lib/protocol/desk/service_messages.ts";
import { type CallItemStep, sayNumbered } from "./call_step.ts";
import type {
  CallItem,
  ChatItem,
  ChatItemStep,
  DeskEvent,
  HandingOver,
} from "./desk_state.ts";

export type HandoverEvent = Extract<
  DeskEvent,
  { type: "hand-over" | "withdraw" | "handover-seen" }
>;

/** Hands a chat over, or keeps it after all. */
export function stepChatHandover(
  item: ChatItem,
  event: HandoverEvent,
): ChatItemStep {
  const { id: chat } = item.view;
  switch (event.type) {
    case "hand-over": {
      if (!canHandOver(item)) return { item, effects: [] };
      const { handover } = event;
      const message = requestOf(chat, handover);
      return {
        item: { ...item, handingOver: handover },
        effects: [{ type: "say", message }],
      };
    }
    case "withdraw": {
      const message: PageMessage = { type: "chat-withdraw", chat };
      return { item, effects: [{ type: "say", message }] };
    }
    case "handover-seen":
      return { item: seen(item), effects: [] };
  }
}

/** The same for a call of this page, whose messages are numbered. */
export function stepCallHandover(
  item: CallItem,
  event: HandoverEvent,
): CallItemStep {
  switch (event.type) {
    case "hand-over": {
      if (!canHandOver(item)) return { item, effects: [] };
      const { id: handover, to, note } = event.handover;
      return sayNumbered({ ...item, handingOver: event.handover }, {
        ...{ type: "call-hand-over", handover, to, note },
      });
    }
    case "withdraw":
      return sayNumbered(item, { type: "call-withdraw" });
    case "handover-seen":
      return { item: seen(item), effects: [] };
  }
}

/** True if this page can hand it over now. */
export function canHandOver(item: CallItem | ChatItem): boolean {
  if (item.pending !== "none" && item.pending !== "take") return false;
  if (handoverOf(item)?.state === "offered") return false;
  const { view } = item;
  return (view.state === "joined" && !view.others?.length) ||
    (view.state === "taken" && view.mine && view.canHandOver === true);
}

/** Returns the message that requests a handover of a chat. */
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
  { view, handingOver, seenHandover }: CallItem | ChatItem,
): HandoverView | undefined {
  if (view.state !== "joined" && view.state !== "taken") return undefined;
  if (handingOver !== undefined) {
    const { id, name: to, isInvite } = handingOver;
    return { state: "offered", id, to, ...isInvite && { isInvite } };
  }
  return view.handover?.id === seenHandover ? undefined : view.handover;
}

/** The agent has seen that it stays. */
function seen<T extends CallItem | ChatItem>(item: T): T {
  const id = handoverOf(item)?.id;
  return id === undefined ? item : { ...item, seenHandover: id };
}

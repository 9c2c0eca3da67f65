import { CAUSE } from "@/lib/base/causes.ts";
import type { CallView } from "@/lib/protocol/desk/service_messages.ts";
import {
  type CallItem,
  type DeskEffect,
  newCall,
  type NumberedMessage,
} from "./desk_state.ts";

export interface CallItemStep {
  item: CallItem;
  effects: DeskEffect[];
}

/** Removes the request of a handover once the service has received it. */
function received(item: CallItem): CallItem {
  const { handingOver, ...rest } = item;
  const { view } = item;
  const isWaiting = view.state === "taken" && view.mine &&
    view.handover?.id !== handingOver?.id;
  return isWaiting ? item : rest;
}

/** A message that has not been numbered yet. */
type Unnumbered = NumberedMessage extends infer M
  ? M extends NumberedMessage ? Omit<M, "n" | "call"> : never
  : never;

/** Returns the call as the service now describes it; `old` is the page's
 * version. */
export function showCall(
  old: CallItem | undefined,
  view: CallView,
): CallItemStep {
  const item: CallItem = received({ ...old ?? newCall(view), view });
  if (view.state === "ringing") {
    const message = { type: "ringing", contact: view.id } as const;
    return { item, effects: [{ type: "say", message }] };
  }
  if (view.state === "taken" && view.mine) return { item, effects: [] };
  return over(item);
}

/** Repeats, after a lost socket, the messages that may not have arrived. */
export function resumeCall(
  old: CallItem | undefined,
  view: CallView,
): CallItemStep {
  const { item, effects } = showCall(old, view);
  if (view.state === "ringing" && item.pending === "decline") {
    const message = { type: "call-decline", call: view.id } as const;
    return { item, effects: [...effects, { type: "say", message }] };
  }
  const heard = view.state === "taken" && view.mine ? view.heard : 0;
  const outbox = item.outbox.filter(({ n }) => n > heard);
  const again = outbox.map((message) => ({ type: "say", message }) as const);
  return { item: { ...item, outbox }, effects: [...effects, ...again] };
}

/** Ends a call that the service no longer knows, because it was restarted. */
export function loseCall(item: CallItem, now: number): CallItemStep {
  const { id, visitor, media, since } = item.view;
  if (item.view.state === "ended") return { item, effects: [] };
  const { takenAt } = { takenAt: undefined, ...item.view };
  const view: CallView = {
    state: "ended",
    id,
    visitor,
    media,
    since,
    ...(takenAt === undefined ? {} : { takenAt }),
    endedAt: now,
    cause: CAUSE.temporaryFailure,
  };
  return over({ ...item, view });
}

/** Sends a numbered message, and keeps it until it has been acknowledged. */
export function sayNumbered(item: CallItem, what: Unnumbered): CallItemStep {
  const n = item.saidCount + 1;
  const message: NumberedMessage = { ...what, n, call: item.view.id };
  const outbox = [...item.outbox, message];
  return {
    item: { ...item, outbox, saidCount: n },
    effects: [{ type: "say", message }],
  };
}

/** Ends a call that is neither ours nor ringing: no media, no more messages. */
function over(item: CallItem): CallItemStep {
  const wasOurs = item.pending === "take" || item.pending === "hang-up";
  const call = item.view.id;
  return {
    item: { ...item, pending: "none", outbox: [] },
    effects: wasOurs ? [{ type: "stop-media", call }] : [],
  };
}

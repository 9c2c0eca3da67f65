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

/** A message without the number that it will get. */
type Unnumbered = NumberedMessage extends infer M
  ? M extends NumberedMessage ? Omit<M, "n" | "call"> : never
  : never;

/** The call as the service now shows it; `old` is what the page knew. */
export function showCall(
  old: CallItem | undefined,
  view: CallView,
): CallItemStep {
  const item = { ...old ?? newCall(view), view };
  if (view.state === "ringing") {
    const message = { type: "ringing", contact: view.id } as const;
    return { item, effects: [{ type: "say", message }] };
  }
  if (view.state === "taken" && view.mine) return { item, effects: [] };
  return over(item);
}

/** After a lost socket: what was not heard is said again. */
export function resumeCall(
  old: CallItem | undefined,
  view: CallView,
): CallItemStep {
  const { item, effects } = showCall(old, view);
  if (view.state === "ringing" && item.wish === "decline") {
    const message = { type: "call-decline", call: view.id } as const;
    return { item, effects: [...effects, { type: "say", message }] };
  }
  const heard = view.state === "taken" && view.mine ? view.heard : 0;
  const outbox = item.outbox.filter(({ n }) => n > heard);
  const again = outbox.map((message) => ({ type: "say", message }) as const);
  return { item: { ...item, outbox }, effects: [...effects, ...again] };
}

/** The service does not know the call any more: it was started anew. */
export function loseCall(item: CallItem, now: number): CallItemStep {
  const { id, visitor, media, since } = item.view;
  if (item.view.state === "ended") return { item, effects: [] };
  const cause = CAUSE.temporaryFailure;
  const view: CallView = {
    state: "ended",
    id,
    visitor,
    media,
    since,
    endedAt: now,
    cause,
  };
  return over({ ...item, view });
}

/** Says a numbered message, and keeps it until it was surely heard. */
export function sayNumbered(item: CallItem, what: Unnumbered): CallItemStep {
  const n = item.saidCount + 1;
  const message: NumberedMessage = { ...what, n, call: item.view.id };
  const outbox = [...item.outbox, message];
  return {
    item: { ...item, outbox, saidCount: n },
    effects: [{ type: "say", message }],
  };
}

/** Neither ours nor waiting: no media, nothing more to say. */
function over(item: CallItem): CallItemStep {
  const wasOurs = item.wish === "take" || item.wish === "hang-up";
  const call = item.view.id;
  return {
    item: { ...item, wish: "none", outbox: [] },
    effects: wasOurs ? [{ type: "stop-media", call }] : [],
  };
}

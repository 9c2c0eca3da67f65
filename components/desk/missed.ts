import { CAUSE } from "@/lib/base/causes.ts";
import {
  type CallItem,
  type ChatItem,
  type DeskState,
  type DeskStep,
  find,
} from "./desk_state.ts";

/** Keeps what has just rung out as unseen. What was declined, or had ended
 * before this page knew of it, is not. */
export function markMissed(
  before: DeskState,
  { desk, effects }: DeskStep,
): DeskStep {
  const missed = [...before.calls, ...before.chats]
    .filter(({ view, wish }) => view.state === "ringing" && wish === "none")
    .map(({ view }) => view.id)
    .filter((id) => isMissed(find(desk, id)));
  const kept = desk.unseen.filter((id) => find(desk, id) !== undefined);
  if (missed.length === 0 && kept.length === desk.unseen.length) {
    return { desk, effects };
  }
  return { desk: { ...desk, unseen: [...kept, ...missed] }, effects };
}

/** The agent has seen these in the list or in the middle. */
export function see(desk: DeskState, contacts: readonly string[]): DeskState {
  const unseen = desk.unseen.filter((id) => !contacts.includes(id));
  return unseen.length < desk.unseen.length ? { ...desk, unseen } : desk;
}

function isMissed(item: CallItem | ChatItem | undefined): boolean {
  if (item?.view.state !== "ended") return false;
  const { view } = item;
  const isAnswered = ("joinedAt" in view && view.joinedAt !== undefined) ||
    ("takenAt" in view && view.takenAt !== undefined);
  return !isAnswered && view.cause !== CAUSE.rejected;
}

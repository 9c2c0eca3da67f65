import { type DeskState, type DeskStep, find } from "./desk_state.ts";
import { isMissed } from "./outcome.ts";

/** Adds the calls and chats to the unseen ones that were missed by this message.
 * Those that were declined, or had ended before this page was opened, don't
 * count. */
export function markMissed(
  before: DeskState,
  { state: desk, effects }: DeskStep,
): DeskStep {
  const missed = [...desk.calls, ...desk.chats].filter(isMissed)
    .map(({ view }) => view.id)
    .filter((id) => {
      const item = find(before, id);
      return item?.view.state === "ringing" && item.pending === "none";
    });
  const kept = desk.unseen.filter((id) => find(desk, id) !== undefined);
  if (missed.length === 0 && kept.length === desk.unseen.length) {
    return { state: desk, effects };
  }
  return { state: { ...desk, unseen: [...kept, ...missed] }, effects };
}

/** Removes the contacts that the agent has seen in the list or opened. */
export function see(desk: DeskState, contacts: readonly string[]): DeskState {
  const unseen = desk.unseen.filter((id) => !contacts.includes(id));
  return unseen.length < desk.unseen.length ? { ...desk, unseen } : desk;
}

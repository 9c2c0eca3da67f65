import { CAUSE } from "@/lib/base/causes.ts";
import type { ContactMedia } from "@/lib/model/media.ts";

// The counts, by name. Times are sums in ms.
//
//   shown               pages that began to show a widget
//   opened              visits in which the visitor opened it, called or wrote
//   messages            messages that visitors left
//   <media>.ended.<c>   answered calls or chats, by the cause of their end
//   <media>.missed.<c>  unanswered ones, by the cause
//   <media>.wait.<n>    answered ones, by how long that took: n in WAIT_SECONDS
//   <media>.waitMs      how long visitors waited for an answer, all together
//   <media>.ms          from the answer to the end, all together
//   <media>.handovers   times that an agent handed one over to another agent
//   callbacks.asked     callbacks that visitors asked for, which are messages too
//   callbacks.taken     times that an agent took one
//   callbacks.over      those that rang in vain, and are only messages now
//   queue.wait.<n>      visits to a team's queue, by their time: n in QUEUE_SECONDS
//   queue.left          those that ended without an agent

export type CountName =
  | "shown"
  | "opened"
  | "messages"
  | `${ContactMedia}.${"ended" | "missed" | "wait"}.${number}`
  | `${ContactMedia}.${"waitMs" | "ms"}`
  | `${ContactMedia}.handovers`
  | `callbacks.${CallbackOutcome}`
  | `queue.wait.${number}`
  | "queue.left";

export type CallbackOutcome = "asked" | "taken" | "over";

/**
 * Bounds of the classes of waiting time; longer times are in one more class.
 */
export const WAIT_SECONDS = [
  ...[1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300],
];

/** The causes that are counted separately; 0 means any other. This limits the
 * number of names, whatever a PBX sends. */
const CAUSES = new Set<number>(Object.values(CAUSE));

export function namedCause(cause: number): number {
  return CAUSES.has(cause) ? cause : 0;
}

/** Bounds of the classes of the time in a queue, which is at most an hour. */
export const QUEUE_SECONDS = [
  ...[10, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600],
  ...[900, 1_200, 1_800, 2_700, 3_600],
];

/** Returns the class of a waiting time: its index in the bounds, in seconds, or
 * one more. */
export function waitClass(ms: number, bounds = WAIT_SECONDS): number {
  const at = bounds.findIndex((seconds) => ms <= seconds * 1_000);
  return at === -1 ? bounds.length : at;
}

import type { Counters } from "@/lib/base/counters.ts";
import type { LIMITS } from "@/lib/protocol/visitor/limits.ts";

export type VisitorLimits = { [Name in keyof typeof LIMITS]: number };

/** The limits whose rejections are counted, in the metric `visitor_limited`. */
export const COUNTED_LIMITS = [
  "sockets",
  "socketsPerAddress",
  "socketsPerWidget",
  "startsPerAddressPerMinute",
  "messagesPerWindow",
  "unsentBytes",
  "stalledMs",
  "picturesPerAgent",
  "contactsPerMinute",
  "contactsPerAddressPerMinute",
  "contactsAtOncePerAddress",
  "leftPerMinute",
  "leftPerAddressPerHour",
  "leftPerWidgetPerHour",
  "callbackTimesPerMinute",
  "callbacksPerNumberPerDay",
] as const satisfies readonly (keyof VisitorLimits)[];

/** Counts a rejection by this limit. */
export function limited(
  { counters }: { counters: Counters },
  limit: typeof COUNTED_LIMITS[number],
): void {
  counters.count("visitor_limited", { limit });
}

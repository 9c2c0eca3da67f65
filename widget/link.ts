import { backoffMs } from "@/lib/base/backoff.ts";
import { CLOSE, FINAL_CODES } from "@/lib/protocol/visitor/close_codes.ts";

/**
 * The widget's connection to the service, while its page lives.
 *
 *             arrive                opened             session
 *   parked ----------> connecting ----------> greeting ---------> ready
 *     ^                  ^     |                  |                | |
 *     |         due, wake|     | closed           | closed         | | wake
 *     | leave            |     v                  v         closed | v
 *     +---- any        waiting <-----------------------------------+ probing
 *                        ^                                             |
 *                        +--------------- closed, or due --------------+
 *
 * `network` leads from all states except `parked` to `connecting`. A final close
 * code leads from any state to `refused`, which only `arrive` leaves. `probing`
 * checks whether a socket still works after the device slept.
 */
export type Link =
  | { state: "parked" }
  | { state: "connecting"; attempt: number }
  | { state: "greeting"; attempt: number }
  | { state: "ready" }
  | { state: "probing" }
  | { state: "waiting"; attempt: number }
  | { state: "refused"; code: number };

export type LinkEvent =
  /** The element was added to the page, or the page came back from the cache. */
  | { type: "arrive" }
  /** The element was removed, or its page is closing. */
  | { type: "leave" }
  | { type: "opened" }
  /** The service has sent Session. */
  | { type: "session" }
  /** The service has sent any message. */
  | { type: "heard" }
  | { type: "closed"; code: number; retryAfterMs?: number }
  /** The last `wait` has expired. */
  | { type: "due" }
  /** The tab is visible again, or the device woke up. */
  | { type: "wake" }
  /** The network is back or has changed, so the old socket is dead. */
  | { type: "network" };

export type LinkEffect =
  | { type: "open" }
  | { type: "greet" }
  | { type: "close" }
  | { type: "probe" }
  | { type: "wait"; ms: number }
  | { type: "stop-waiting" };

export interface LinkStep {
  link: Link;
  effects: readonly LinkEffect[];
}

export const BACKOFF = { firstMs: 1_000, maxMs: 60_000 };
/** A socket that is silent for this long after a wake-up is dead. */
export const PROBE_MS = 5_000;
/** A connection that is not ready within this time is tried again. */
export const OPEN_MS = 20_000;

/** Returns the connection after one event. `chance` (0 to 1) spreads many
 * visitors out. */
export function step(link: Link, event: LinkEvent, chance: number): LinkStep {
  switch (event.type) {
    case "arrive":
      return link.state === "parked" || link.state === "refused"
        ? connect(0)
        : stay(link);
    case "leave":
      return link.state === "parked"
        ? stay(link)
        : move({ state: "parked" }, "stop-waiting", "close");
    case "opened":
      return link.state === "connecting"
        ? move({ ...link, state: "greeting" }, "greet")
        : stay(link);
    case "session":
      return link.state === "greeting"
        ? move({ state: "ready" }, "stop-waiting")
        : heard(link);
    case "heard":
      return heard(link);
    case "closed":
      return closed(link, event, chance);
    case "due":
      return due(link, chance);
    case "wake":
      return wake(link);
    case "network":
      return link.state === "parked" || link.state === "refused"
        ? stay(link)
        : anew(0);
  }
}

function heard(link: Link): LinkStep {
  return link.state === "probing"
    ? move({ state: "ready" }, "stop-waiting")
    : stay(link);
}

function closed(
  link: Link,
  event: { code: number; retryAfterMs?: number },
  chance: number,
): LinkStep {
  if (link.state === "parked" || link.state === "refused") return stay(link);
  if (FINAL_CODES.includes(event.code)) {
    return move({ state: "refused", code: event.code }, "stop-waiting");
  }
  // A restarting or full service gets a moment more, even before the first try.
  const crowded = event.code === CLOSE.restart || event.code === CLOSE.overload;
  const attempt = Math.max(attemptOf(link), crowded ? 2 : 0);
  return retry(attempt, chance, event.retryAfterMs ?? 0);
}

function due(link: Link, chance: number): LinkStep {
  switch (link.state) {
    case "waiting":
      return connect(link.attempt);
    case "probing":
    case "connecting":
    case "greeting": {
      const { link: next, effects } = retry(attemptOf(link), chance, 0);
      return { link: next, effects: [{ type: "close" }, ...effects] };
    }
    default:
      return stay(link);
  }
}

function wake(link: Link): LinkStep {
  if (link.state === "waiting") return anew(link.attempt);
  return link.state === "ready"
    ? {
      link: { state: "probing" },
      effects: [{ type: "probe" }, { type: "wait", ms: PROBE_MS }],
    }
    : stay(link);
}

/** Opens another socket, which replaces the current one. */
function anew(attempt: number): LinkStep {
  const { link, effects } = connect(attempt);
  return { link, effects: [{ type: "close" }, ...effects] };
}

function connect(attempt: number): LinkStep {
  return {
    link: { state: "connecting", attempt },
    effects: [{ type: "open" }, { type: "wait", ms: OPEN_MS }],
  };
}

function retry(attempt: number, chance: number, atLeastMs: number): LinkStep {
  const ms = Math.max(atLeastMs, backoffMs(attempt, BACKOFF, chance));
  return {
    link: { state: "waiting", attempt: attempt + 1 },
    effects: [{ type: "wait", ms }],
  };
}

function attemptOf(link: Link): number {
  return "attempt" in link ? link.attempt : 0;
}

function move(
  link: Link,
  ...types: ("greet" | "close" | "stop-waiting")[]
): LinkStep {
  return { link, effects: types.map((type) => ({ type })) };
}

function stay(link: Link): LinkStep {
  return { link, effects: [] };
}

import { backoffMs } from "@/lib/base/backoff.ts";
import type { Transition } from "@/lib/base/machine.ts";
import {
  FINAL_CODES,
  PAGE_CLOSE as CLOSE,
} from "@/lib/protocol/visitor/page_close_codes.ts";

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
export type Connection =
  | { state: "parked" }
  | { state: "connecting"; attempt: number }
  | { state: "greeting"; attempt: number }
  | { state: "ready" }
  | { state: "probing" }
  | { state: "waiting"; attempt: number }
  | { state: "refused"; code: number };

export type ConnectionEvent =
  /** The element was added to the page, or the page came back from the cache. */
  | { type: "arrive" }
  /** The element was removed, or its page is closing. */
  | { type: "leave" }
  | { type: "opened" }
  /** The service has sent Session. */
  | { type: "session" }
  /** The service has sent any message. */
  | { type: "heard" }
  | {
    type: "closed";
    code: number;
    retryAfterMs?: number;
    /** A call or chat is running. */
    isBusy?: boolean | undefined;
  }
  /** The last `wait` has expired. */
  | { type: "due" }
  /** The tab is visible again, or the device woke up. */
  | { type: "wake" }
  /** The network is back or has changed, so the old socket is dead. */
  | { type: "network" };

export type ConnectionEffect =
  | { type: "open" }
  | { type: "greet" }
  | { type: "close" }
  | { type: "probe" }
  | { type: "wait"; ms: number }
  | { type: "stop-waiting" };

export type ConnectionStep = Transition<Connection, ConnectionEffect>;

export const BACKOFF = { firstMs: 125, maxMs: 60_000 };
/** A socket that is silent for this long after a wake-up is dead. */
export const PROBE_MS = 5_000;
/** A connection that is not ready within this time is tried again. */
export const OPEN_MS = 20_000;

/** Returns the connection after one event. `chance` (0 to 1) spreads many
 * visitors out. */
export function step(
  before: Connection,
  event: ConnectionEvent,
  chance: number,
): ConnectionStep {
  switch (event.type) {
    case "arrive":
      return before.state === "parked" || before.state === "refused"
        ? connect(0)
        : stay(before);
    case "leave":
      return before.state === "parked"
        ? stay(before)
        : move({ state: "parked" }, "stop-waiting", "close");
    case "opened":
      return before.state === "connecting"
        ? move({ ...before, state: "greeting" }, "greet")
        : stay(before);
    case "session":
      return before.state === "greeting"
        ? move({ state: "ready" }, "stop-waiting")
        : heard(before);
    case "heard":
      return heard(before);
    case "closed":
      return closed(before, event, chance);
    case "due":
      return due(before, chance);
    case "wake":
      return wake(before);
    case "network":
      return before.state === "parked" || before.state === "refused"
        ? stay(before)
        : anew(0);
  }
}

function heard(before: Connection): ConnectionStep {
  return before.state === "probing"
    ? move({ state: "ready" }, "stop-waiting")
    : stay(before);
}

function closed(
  before: Connection,
  event: ConnectionEvent & { type: "closed" },
  chance: number,
): ConnectionStep {
  if (before.state === "parked" || before.state === "refused") {
    return stay(before);
  }
  if (FINAL_CODES.includes(event.code)) {
    return move({ state: "refused", code: event.code }, "stop-waiting");
  }
  // A restarting or full service gets a moment more, even before the first try.
  // Few pages have a running call or chat, which any instance continues.
  const crowded = event.code === CLOSE.restart || event.code === CLOSE.overload;
  const attempt = Math.max(
    attemptOf(before),
    event.isBusy ? 0 : crowded ? 5 : 3,
  );
  return retry(attempt, chance, event.retryAfterMs ?? 0);
}

function due(before: Connection, chance: number): ConnectionStep {
  switch (before.state) {
    case "waiting":
      return connect(before.attempt);
    case "probing":
    case "connecting":
    case "greeting": {
      const { state, effects } = retry(attemptOf(before), chance, 0);
      return { state, effects: [{ type: "close" }, ...effects] };
    }
    default:
      return stay(before);
  }
}

function wake(before: Connection): ConnectionStep {
  if (before.state === "waiting") return anew(before.attempt);
  return before.state === "ready"
    ? {
      state: { state: "probing" },
      effects: [{ type: "probe" }, { type: "wait", ms: PROBE_MS }],
    }
    : stay(before);
}

/** Opens another socket, which replaces the current one. */
function anew(attempt: number): ConnectionStep {
  const { state, effects } = connect(attempt);
  return { state, effects: [{ type: "close" }, ...effects] };
}

function connect(attempt: number): ConnectionStep {
  return {
    state: { state: "connecting", attempt },
    effects: [{ type: "open" }, { type: "wait", ms: OPEN_MS }],
  };
}

function retry(
  attempt: number,
  chance: number,
  atLeastMs: number,
): ConnectionStep {
  const ms = Math.max(atLeastMs, backoffMs(attempt, BACKOFF, chance));
  return {
    state: { state: "waiting", attempt: attempt + 1 },
    effects: [{ type: "wait", ms }],
  };
}

function attemptOf(before: Connection): number {
  return "attempt" in before ? before.attempt : 0;
}

function move(
  before: Connection,
  ...types: ("greet" | "close" | "stop-waiting")[]
): ConnectionStep {
  return { state: before, effects: types.map((type) => ({ type })) };
}

function stay(before: Connection): ConnectionStep {
  return { state: before, effects: [] };
}

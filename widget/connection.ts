import { backoffMs } from "@/lib/base/backoff.ts";
import type { Transition } from "@/lib/base/machine.ts";
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
  | { type: "closed"; code: number; retryAfterMs?: number }
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

export const BACKOFF = { firstMs: 1_000, maxMs: 60_000 };
/** A socket that is silent for this long after a wake-up is dead. */
export const PROBE_MS = 5_000;
/** A connection that is not ready within this time is tried again. */
export const OPEN_MS = 20_000;

/** Returns the connection after one event. `chance` (0 to 1) spreads many
 * visitors out. */
export function step(
  connection: Connection,
  event: ConnectionEvent,
  chance: number,
): ConnectionStep {
  switch (event.type) {
    case "arrive":
      return connection.state === "parked" || connection.state === "refused"
        ? connect(0)
        : stay(connection);
    case "leave":
      return connection.state === "parked"
        ? stay(connection)
        : move({ state: "parked" }, "stop-waiting", "close");
    case "opened":
      return connection.state === "connecting"
        ? move({ ...connection, state: "greeting" }, "greet")
        : stay(connection);
    case "session":
      return connection.state === "greeting"
        ? move({ state: "ready" }, "stop-waiting")
        : heard(connection);
    case "heard":
      return heard(connection);
    case "closed":
      return closed(connection, event, chance);
    case "due":
      return due(connection, chance);
    case "wake":
      return wake(connection);
    case "network":
      return connection.state === "parked" || connection.state === "refused"
        ? stay(connection)
        : anew(0);
  }
}

function heard(connection: Connection): ConnectionStep {
  return connection.state === "probing"
    ? move({ state: "ready" }, "stop-waiting")
    : stay(connection);
}

function closed(
  connection: Connection,
  event: { code: number; retryAfterMs?: number },
  chance: number,
): ConnectionStep {
  if (connection.state === "parked" || connection.state === "refused") {
    return stay(connection);
  }
  if (FINAL_CODES.includes(event.code)) {
    return move({ state: "refused", code: event.code }, "stop-waiting");
  }
  // A restarting or full service gets a moment more, even before the first try.
  const crowded = event.code === CLOSE.restart || event.code === CLOSE.overload;
  const attempt = Math.max(attemptOf(connection), crowded ? 2 : 0);
  return retry(attempt, chance, event.retryAfterMs ?? 0);
}

function due(connection: Connection, chance: number): ConnectionStep {
  switch (connection.state) {
    case "waiting":
      return connect(connection.attempt);
    case "probing":
    case "connecting":
    case "greeting": {
      const { state, effects } = retry(attemptOf(connection), chance, 0);
      return { state, effects: [{ type: "close" }, ...effects] };
    }
    default:
      return stay(connection);
  }
}

function wake(connection: Connection): ConnectionStep {
  if (connection.state === "waiting") return anew(connection.attempt);
  return connection.state === "ready"
    ? {
      state: { state: "probing" },
      effects: [{ type: "probe" }, { type: "wait", ms: PROBE_MS }],
    }
    : stay(connection);
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

function attemptOf(connection: Connection): number {
  return "attempt" in connection ? connection.attempt : 0;
}

function move(
  connection: Connection,
  ...types: ("greet" | "close" | "stop-waiting")[]
): ConnectionStep {
  return { state: connection, effects: types.map((type) => ({ type })) };
}

function stay(connection: Connection): ConnectionStep {
  return { state: connection, effects: [] };
}

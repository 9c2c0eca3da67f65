import { assertNever } from "@/lib/base/assert_never.ts";
import { type Backoff, backoffMs } from "@/lib/base/backoff.ts";
import type { Transition } from "@/lib/base/machine.ts";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";

export const RECONNECT: Backoff = { firstMs: 500, maxMs: 20_000 };
/** Maximum time from opening a socket to the welcome. */
export const CONNECT_WITHIN_MS = 10_000;
/** Maximum time from our own ping to any message. */
export const ANSWER_WITHIN_MS = 5_000;

/**
 * The page's connection to the service.
 *
 *     connecting --welcome--> open --closed, silent--> waiting --time, wake--+
 *       ^  |                    |                       ^  ^                 |
 *       |  | closed, late       | closed 4401           |  |                 |
 *       |  v                    v          unreachable  |  |                 |
 *       | checking <------------+ --------------------- +  |                 |
 *       |  |  | signed in, after a refusal ----------------+                 |
 *       |  |  +--signed out--> signed-out                                    |
 *       +--+--- signed in, after 4401 ---------------------------------------+
 *
 * `checking` asks over HTTP whether the session still exists, because a browser
 * does not tell a page why a handshake was rejected.
 */
export type DeskConnectionState =
  | { state: "stopped" }
  | { state: "connecting"; attempt: number; until: number }
  | { state: "open"; heardAt: number; until: number }
  | { state: "checking"; attempt: number; at: "once" | "later" }
  | { state: "waiting"; attempt: number; until: number }
  | { state: "signed-out" };

export type DeskConnectionEvent =
  | { type: "start" }
  | { type: "stop" }
  | { type: "welcome" }
  | { type: "heard" }
  | { type: "closed"; code: number }
  | { type: "checked"; found: SignInState }
  /** The network or the tab is back, so a retry makes sense now. */
  | { type: "wake" }
  | { type: "time" };

export type SignInState = "signed-in" | "signed-out" | "unreachable";

export type DeskConnectionEffect = "open" | "drop" | "leave" | "check" | "ping";

export type DeskConnectionStep = Transition<
  DeskConnectionState,
  DeskConnectionEffect
>;

/** Returns the next state and its effects. `chance` is from 0 to 1. */
export function stepConnection(
  connection: DeskConnectionState,
  event: DeskConnectionEvent,
  { now, chance }: { now: number; chance: number },
): DeskConnectionStep {
  switch (event.type) {
    case "start":
      return connection.state === "stopped"
        ? connect(0, now)
        : stay(connection);
    case "stop":
      return go({ state: "stopped" }, "leave");
    case "welcome":
      return connection.state === "connecting"
        ? go(open(now))
        : stay(connection);
    case "heard":
      return connection.state === "open" ? go(open(now)) : stay(connection);
    case "closed":
      return close(connection, event.code, { now, chance });
    case "checked":
      return check(connection, event.found, { now, chance });
    case "wake":
      return wake(connection, now);
    case "time":
      return pass(connection, { now, chance });
    default:
      return assertNever(event);
  }
}

/** Returns the time of the next `time` event. */
export function connectionDueAt(
  connection: DeskConnectionState,
): number | undefined {
  return "until" in connection ? connection.until : undefined;
}

function close(
  connection: DeskConnectionState,
  code: number,
  at: At,
): DeskConnectionStep {
  if (connection.state === "connecting") {
    return ask(connection.attempt, "later");
  }
  if (connection.state !== "open") return stay(connection);
  if (code === DESK_CLOSE.signedOut) return ask(0, "once");
  return wait(0, at);
}

function check(
  connection: DeskConnectionState,
  found: SignInState,
  at: At,
): DeskConnectionStep {
  if (connection.state !== "checking") return stay(connection);
  if (found === "signed-out") return go({ state: "signed-out" });
  if (found === "signed-in" && connection.at === "once") {
    return connect(0, at.now);
  }
  return wait(connection.attempt, at);
}

function wake(
  connection: DeskConnectionState,
  now: number,
): DeskConnectionStep {
  if (connection.state === "waiting") return connect(connection.attempt, now);
  if (connection.state !== "open") return stay(connection);
  const until = Math.min(connection.until, now + ANSWER_WITHIN_MS);
  return go({ ...connection, until }, "ping");
}

function pass(connection: DeskConnectionState, at: At): DeskConnectionStep {
  if (at.now < (connectionDueAt(connection) ?? Infinity)) {
    return stay(connection);
  }
  switch (connection.state) {
    case "waiting":
      return connect(connection.attempt, at.now);
    case "connecting": {
      const { state, effects } = ask(connection.attempt, "later");
      return go(state, "drop", ...effects);
    }
    case "open":
      return go(wait(0, at).state, "drop");
    default:
      return stay(connection);
  }
}

interface At {
  now: number;
  chance: number;
}

function open(now: number): DeskConnectionState {
  return { state: "open", heardAt: now, until: now + DESK_LIMITS.silentMs };
}

function connect(attempt: number, now: number): DeskConnectionStep {
  const until = now + CONNECT_WITHIN_MS;
  return go({ state: "connecting", attempt, until }, "open");
}

function ask(attempt: number, at: "once" | "later"): DeskConnectionStep {
  return go({ state: "checking", attempt, at }, "check");
}

function wait(attempt: number, { now, chance }: At): DeskConnectionStep {
  const until = now + backoffMs(attempt, RECONNECT, chance);
  return go({ state: "waiting", attempt: attempt + 1, until });
}

function go(
  state: DeskConnectionState,
  ...effects: DeskConnectionEffect[]
): DeskConnectionStep {
  return { state, effects };
}

function stay(state: DeskConnectionState): DeskConnectionStep {
  return { state, effects: [] };
}

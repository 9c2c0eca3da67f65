import { assertNever } from "@/lib/base/assert_never.ts";
import { type Backoff, backoffMs } from "@/lib/base/backoff.ts";
import type { Transition } from "@/lib/base/machine.ts";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";

/** The first wait is short, because another instance continues the agent's calls
 * and chats. */
export const RECONNECT: Backoff = { firstMs: 100, maxMs: 20_000 };
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
  /** The page is left. `moves` is true if another page of the agent follows in
   * its tab. */
  | { type: "stop"; moves: boolean }
  | { type: "welcome" }
  | { type: "heard" }
  | { type: "closed"; code: number }
  | { type: "checked"; found: SignInState }
  /** The network or the tab is back, so a retry makes sense now. */
  | { type: "wake" }
  | { type: "time" };

export type SignInState = "signed-in" | "signed-out" | "unreachable";

export type DeskConnectionEffect =
  | "open"
  | "drop"
  | "leave"
  | "move"
  | "check"
  | "ping";

export type DeskConnectionStep = Transition<
  DeskConnectionState,
  DeskConnectionEffect
>;

/** Returns the next state and its effects. `chance` is from 0 to 1. */
export function stepConnection(
  before: DeskConnectionState,
  event: DeskConnectionEvent,
  { now, chance }: { now: number; chance: number },
): DeskConnectionStep {
  switch (event.type) {
    case "start":
      return before.state === "stopped" ? connect(0, now) : stay(before);
    case "stop":
      return go({ state: "stopped" }, event.moves ? "move" : "leave");
    case "welcome":
      return before.state === "connecting" ? go(open(now)) : stay(before);
    case "heard":
      return before.state === "open" ? go(open(now)) : stay(before);
    case "closed":
      return close(before, event.code, { now, chance });
    case "checked":
      return check(before, event.found, { now, chance });
    case "wake":
      return wake(before, now);
    case "time":
      return pass(before, { now, chance });
    default:
      return assertNever(event);
  }
}

/** Returns the time of the next `time` event. */
export function connectionDueAt(
  before: DeskConnectionState,
): number | undefined {
  return "until" in before ? before.until : undefined;
}

/** True while the page has no connection and tries to get one. */
export function isTrying({ state }: DeskConnectionState): boolean {
  return state === "connecting" || state === "checking" || state === "waiting";
}

function close(
  before: DeskConnectionState,
  code: number,
  at: At,
): DeskConnectionStep {
  if (before.state === "connecting") return ask(before.attempt, "later");
  if (before.state !== "open") return stay(before);
  if (code === DESK_CLOSE.signedOut) return ask(0, "once");
  return wait(0, at);
}

function check(
  before: DeskConnectionState,
  found: SignInState,
  at: At,
): DeskConnectionStep {
  if (before.state !== "checking") return stay(before);
  if (found === "signed-out") return go({ state: "signed-out" });
  if (found === "signed-in" && before.at === "once") return connect(0, at.now);
  return wait(before.attempt, at);
}

function wake(
  before: DeskConnectionState,
  now: number,
): DeskConnectionStep {
  if (before.state === "waiting") return connect(before.attempt, now);
  if (before.state !== "open") return stay(before);
  const until = Math.min(before.until, now + ANSWER_WITHIN_MS);
  return go({ ...before, until }, "ping");
}

function pass(before: DeskConnectionState, at: At): DeskConnectionStep {
  if (at.now < (connectionDueAt(before) ?? Infinity)) return stay(before);
  switch (before.state) {
    case "waiting":
      return connect(before.attempt, at.now);
    case "connecting": {
      const { state, effects } = ask(before.attempt, "later");
      return go(state, "drop", ...effects);
    }
    case "open":
      return go(wait(0, at).state, "drop");
    default:
      return stay(before);
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

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
export function stepLink(
  link: DeskConnectionState,
  event: DeskConnectionEvent,
  { now, chance }: { now: number; chance: number },
): DeskConnectionStep {
  switch (event.type) {
    case "start":
      return link.state === "stopped" ? connect(0, now) : stay(link);
    case "stop":
      return go({ state: "stopped" }, "leave");
    case "welcome":
      return link.state === "connecting" ? go(open(now)) : stay(link);
    case "heard":
      return link.state === "open" ? go(open(now)) : stay(link);
    case "closed":
      return close(link, event.code, { now, chance });
    case "checked":
      return check(link, event.found, { now, chance });
    case "wake":
      return wake(link, now);
    case "time":
      return pass(link, { now, chance });
    default:
      return assertNever(event);
  }
}

/** Returns the time of the next `time` event. */
export function linkDueAt(link: DeskConnectionState): number | undefined {
  return "until" in link ? link.until : undefined;
}

function close(
  link: DeskConnectionState,
  code: number,
  at: At,
): DeskConnectionStep {
  if (link.state === "connecting") return ask(link.attempt, "later");
  if (link.state !== "open") return stay(link);
  if (code === DESK_CLOSE.signedOut) return ask(0, "once");
  return wait(0, at);
}

function check(
  link: DeskConnectionState,
  found: SignInState,
  at: At,
): DeskConnectionStep {
  if (link.state !== "checking") return stay(link);
  if (found === "signed-out") return go({ state: "signed-out" });
  if (found === "signed-in" && link.at === "once") return connect(0, at.now);
  return wait(link.attempt, at);
}

function wake(link: DeskConnectionState, now: number): DeskConnectionStep {
  if (link.state === "waiting") return connect(link.attempt, now);
  if (link.state !== "open") return stay(link);
  const until = Math.min(link.until, now + ANSWER_WITHIN_MS);
  return go({ ...link, until }, "ping");
}

function pass(link: DeskConnectionState, at: At): DeskConnectionStep {
  if (at.now < (linkDueAt(link) ?? Infinity)) return stay(link);
  switch (link.state) {
    case "waiting":
      return connect(link.attempt, at.now);
    case "connecting": {
      const { state, effects } = ask(link.attempt, "later");
      return go(state, "drop", ...effects);
    }
    case "open":
      return go(wait(0, at).state, "drop");
    default:
      return stay(link);
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

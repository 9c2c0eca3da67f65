import { assertNever } from "@/lib/base/assert_never.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import type { Transition } from "@/lib/base/machine.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import type { Departure } from "./desk_socket.ts";
import type { DeskTimes } from "./ports.ts";

/**
 * The agent's presence at the desk.
 *
 *             a page comes          the last page is closed on purpose
 *     empty --------------> here ---------------------------------> kept
 *       ^                   ^  |                                    ^ | |
 *       |                   |  | the last page's connection breaks, | | |
 *       |                   |  | or another page follows            | | |
 *       |                   |  v                                    | | |
 *       |                   | lost ---- graceMs or moveMs ----------+ | |
 *       |                   |  | a page comes                         | |
 *       |                   +--+--------------------------------------+ |
 *       +---------------------------- keepMs ---------------------------+
 *
 * Chats from before a crash lead from `empty` to `kept`, and calls to `lost`. If the account is
 * deleted, any state becomes `empty`.
 *
 * In `here` and `lost` visitors see the agent's choice, otherwise `offline`, or
 * `online` if that is the choice and the agent's devices can be notified.
 */
export type WorkspaceState =
  | { state: "empty" }
  | { state: "here" }
  | { state: "lost"; until: number; keepUntil: number }
  /** Ringing contacts wait until `ringUntil` for a page that is being
   * reloaded. */
  | { state: "kept"; ringUntil?: number; keepUntil: number };

export type WorkspaceEvent =
  | { type: "page-came" }
  /** `others` is the number of remaining pages. */
  | { type: "page-left"; others: number } & Departure
  /** A chat or call was restored that was running when the service was
   * killed. */
  | { type: "restored"; what: "call" | "chat" }
  /** A call has moved to another instance, and the agent with it. */
  | { type: "moved" }
  /** The account was deleted. */
  | { type: "removed" }
  | { type: "time" };

export type WorkspaceEffect =
  /** Visitors may see another presence now. */
  | "presence"
  /** No page shows the ringing contacts. */
  | "end-ringing"
  /** The agent did not reconnect. */
  | "end-all";

export type WorkspaceStep = Transition<WorkspaceState, WorkspaceEffect>;

/** Returns the next state and its effects. */
export function stepWorkspace(
  workspace: WorkspaceState,
  event: WorkspaceEvent,
  { now, times }: { now: number; times: DeskTimes },
): WorkspaceStep {
  switch (event.type) {
    case "page-came":
      if (workspace.state === "here") return stay(workspace);
      return { state: { state: "here" }, effects: ["presence"] };
    case "page-left":
      if (event.others > 0 || workspace.state !== "here") {
        return stay(workspace);
      }
      return leave(event, now, times);
    case "restored": {
      const until = now + times.restoredMs;
      const isAway = workspace.state === "empty" || workspace.state === "kept";
      if (isAway && event.what === "call") { // D35: shown as busy.
        const lostUntil = now + times.keepMs;
        return stay({ state: "lost", until: lostUntil, keepUntil: until });
      }
      if (!isAway) return stay(workspace);
      return stay({ state: "kept", ringUntil: until, keepUntil: until });
    }
    case "moved": {
      if (workspace.state !== "lost") return stay(workspace);
      return stay({ state: "kept", keepUntil: workspace.keepUntil });
    }
    case "removed":
      return stay({ state: "empty" });
    case "time":
      return pass(workspace, now);
    default:
      return assertNever(event);
  }
}

/** Returns the time of the next `time` event. */
export function workspaceDueAt(workspace: WorkspaceState): number | undefined {
  switch (workspace.state) {
    case "empty":
    case "here":
      return undefined;
    case "lost":
      return workspace.until;
    case "kept":
      return workspace.ringUntil ?? workspace.keepUntil;
    default:
      return assertNever(workspace);
  }
}

/** Returns the presence for visitors. An agent who would be available is busy
 * during a call. `isReachable`: the agent's devices can be notified. */
export function presenceOf(
  workspace: WorkspaceState,
  choice: Presence,
  { inCall, isReachable }: { inCall: boolean; isReachable: boolean },
): Presence {
  if (isAbsent(workspace) && !(isReachable && choice === "online")) {
    return "offline";
  }
  return inCall && (choice === "online" || choice === "away") ? "busy" : choice;
}

/** True if the agent has no page, and none is expected back at once. */
export function isAbsent({ state }: WorkspaceState): boolean {
  return state === "empty" || state === "kept";
}

/** D2: returns why a call or chat cannot ring, as a Q.850 cause. `presence` is
 * the agent's outside of calls. */
export function refusalOf(
  what: "call" | "chat",
  { presence, chats, calls, isInCall }: {
    presence: Presence;
    chats: number;
    calls: number;
    isInCall: boolean;
  },
): number | undefined {
  if (presence === "offline") return CAUSE.noResponse;
  if (presence === "dnd") return CAUSE.rejected;
  if (presence === "busy") return CAUSE.busy;
  const isFull = what === "chat"
    ? chats >= DESK_LIMITS.openChats
    : calls >= DESK_LIMITS.ringingCalls || isInCall;
  return isFull ? CAUSE.busy : undefined;
}

function leave(
  { clean, moves }: Departure,
  now: number,
  times: DeskTimes,
): WorkspaceStep {
  const until = now + (moves ? times.moveMs : times.graceMs);
  const keepUntil = now + times.keepMs;
  if (!clean || moves) return stay({ state: "lost", until, keepUntil });
  const state: WorkspaceState = { state: "kept", ringUntil: until, keepUntil };
  return { state, effects: ["presence"] };
}

function pass(workspace: WorkspaceState, now: number): WorkspaceStep {
  if (now < (workspaceDueAt(workspace) ?? Infinity)) return stay(workspace);
  if (workspace.state === "lost") {
    const state: WorkspaceState = {
      state: "kept",
      keepUntil: workspace.keepUntil,
    };
    return { state, effects: ["presence", "end-ringing"] };
  }
  if (workspace.state === "kept" && workspace.ringUntil !== undefined) {
    const state: WorkspaceState = {
      state: "kept",
      keepUntil: workspace.keepUntil,
    };
    return { state, effects: ["end-ringing"] };
  }
  return { state: { state: "empty" }, effects: ["end-all"] };
}

function stay(state: WorkspaceState): WorkspaceStep {
  return { state, effects: [] };
}

import { assertNever } from "@/lib/base/assert_never.ts";
import type { Transition } from "@/lib/base/machine.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { DeskTimes } from "./ports.ts";

/**
 * The agent's presence at the desk.
 *
 *             a page comes          the last page is closed on purpose
 *     empty --------------> here ---------------------------------> kept
 *       ^                   ^  |                                    ^ | |
 *       |                   |  | the last page's connection breaks  | | |
 *       |                   |  v                                    | | |
 *       |                   | lost -------- graceMs ----------------+ | |
 *       |                   |  | a page comes                         | |
 *       |                   +--+--------------------------------------+ |
 *       +---------------------------- keepMs ---------------------------+
 *
 * Chats from before a crash lead from `empty` to `kept`. If the account is
 * deleted, any state becomes `empty`.
 *
 * In `here` and `lost` visitors see the agent's choice, otherwise `offline`.
 */
export type SeatState =
  | { state: "empty" }
  | { state: "here" }
  | { state: "lost"; until: number; keepUntil: number }
  /** Ringing contacts wait until `ringUntil` for a page that is being
   * reloaded. */
  | { state: "kept"; ringUntil?: number; keepUntil: number };

export type SeatEvent =
  | { type: "page-came" }
  /** `others` is the number of remaining pages. */
  | { type: "page-left"; clean: boolean; others: number }
  /** A chat was restored that was running when the service was killed. */
  | { type: "restored" }
  /** The account was deleted. */
  | { type: "removed" }
  | { type: "time" };

export type SeatEffect =
  /** Visitors may see another presence now. */
  | "presence"
  /** No page shows the ringing contacts. */
  | "end-ringing"
  /** The agent did not reconnect. */
  | "end-all";

export type SeatStep = Transition<SeatState, SeatEffect>;

/** Returns the next state and its effects. */
export function stepSeat(
  seat: SeatState,
  event: SeatEvent,
  { now, times }: { now: number; times: DeskTimes },
): SeatStep {
  switch (event.type) {
    case "page-came":
      if (seat.state === "here") return stay(seat);
      return { state: { state: "here" }, effects: ["presence"] };
    case "page-left":
      if (event.others > 0 || seat.state !== "here") return stay(seat);
      return leave(event.clean, now, times);
    case "restored": {
      if (seat.state !== "empty") return stay(seat);
      const until = now + times.restoredMs;
      return stay({ state: "kept", ringUntil: until, keepUntil: until });
    }
    case "removed":
      return stay({ state: "empty" });
    case "time":
      return pass(seat, now);
    default:
      return assertNever(event);
  }
}

/** Returns the time of the next `time` event. */
export function seatDueAt(seat: SeatState): number | undefined {
  switch (seat.state) {
    case "empty":
    case "here":
      return undefined;
    case "lost":
      return seat.until;
    case "kept":
      return seat.ringUntil ?? seat.keepUntil;
    default:
      return assertNever(seat);
  }
}

/** Returns the presence for visitors. An agent who would be available is busy
 * during a call. */
export function presenceOf(
  seat: SeatState,
  choice: Presence,
  inCall: boolean,
): Presence {
  if (seat.state === "empty" || seat.state === "kept") return "offline";
  return inCall && (choice === "online" || choice === "away") ? "busy" : choice;
}

function leave(clean: boolean, now: number, times: DeskTimes): SeatStep {
  const until = now + times.graceMs;
  const keepUntil = now + times.keepMs;
  if (!clean) return stay({ state: "lost", until, keepUntil });
  const state: SeatState = { state: "kept", ringUntil: until, keepUntil };
  return { state, effects: ["presence"] };
}

function pass(seat: SeatState, now: number): SeatStep {
  if (now < (seatDueAt(seat) ?? Infinity)) return stay(seat);
  if (seat.state === "lost") {
    const state: SeatState = { state: "kept", keepUntil: seat.keepUntil };
    return { state, effects: ["presence", "end-ringing"] };
  }
  if (seat.state === "kept" && seat.ringUntil !== undefined) {
    const state: SeatState = { state: "kept", keepUntil: seat.keepUntil };
    return { state, effects: ["end-ringing"] };
  }
  return { state: { state: "empty" }, effects: ["end-all"] };
}

function stay(state: SeatState): SeatStep {
  return { state, effects: [] };
}

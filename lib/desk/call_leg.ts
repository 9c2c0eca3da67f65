import { assertNever } from "@/lib/base/assert_never.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import type {
  CallBefore,
  CallCommand,
  MediaMessage,
} from "@/lib/contact/ports.ts";
import {
  handedTo,
  handOver,
  notTaken,
  offerDueAt,
  withdraw,
} from "./call_handover.ts";
import {
  type CallLegEvent,
  type DeskCallEffect,
  type DeskCallState,
  type DeskCallStep,
  go,
  stay,
  tell,
} from "./call_leg_state.ts";
import type { DeskTimes } from "./ports.ts";

interface At {
  now: number;
  times: DeskTimes;
}

/** Returns a new call; a page must show it within `alertMs`. */
export function newCall(offer: string, { now, times }: At): DeskCallState {
  return {
    state: "ringing",
    offer,
    alerted: false,
    until: now + times.alertMs,
  };
}

/** Returns a call that was connected before; its page is away. */
export function restoredCall(
  { page, answeredAt }: CallBefore,
  { now, times }: At,
  aheadMs: number,
): DeskCallState {
  const holder = { page, lostUntil: now + times.keepMs };
  return { state: "connected", holder, at: answeredAt - aheadMs };
}

/** Returns the next state and its effects. */
export function stepCall(
  call: DeskCallState,
  event: CallLegEvent,
  at: At,
): DeskCallStep {
  if (call.state === "ended") return stay(call); // D7: it ends once.
  if (event.type === "end") return end(call, event.cause, at.now);
  if (event.type === "command" && event.command.type === "hang-up") {
    return end(call, event.command.cause, at.now);
  }
  if (event.type === "home") return stepHome(call, event.is, at);
  switch (call.state) {
    case "ringing":
      return stepRinging(call, event, at);
    case "taken":
    case "connected":
      return stepHeld(call, event, at);
    default:
      return assertNever(call);
  }
}

/** Returns the time of the next `time` event. */
export function callDueAt(call: DeskCallState): number | undefined {
  switch (call.state) {
    case "ringing":
      return call.until;
    case "taken":
      return Math.min(call.until, call.holder.lostUntil ?? Infinity);
    case "connected": {
      const { holder: { lostUntil = Infinity }, aloneUntil = Infinity } = call;
      const due = Math.min(lostUntil, aloneUntil, offerDueAt(call));
      return due === Infinity ? undefined : due;
    }
    case "ended":
      return undefined;
    default:
      return assertNever(call);
  }
}

function stepRinging(
  call: DeskCallState & { state: "ringing" },
  event: CallLegEvent,
  { now, times }: At,
): DeskCallStep {
  switch (event.type) {
    case "ringing": {
      if (call.alerted) return stay(call);
      const until = now + times.callRingMs;
      return go({ ...call, alerted: true, until }, tell({ type: "alerting" }));
    }
    case "pushed": { // D40
      if (call.alerted) return stay(call);
      const { pushRingMs: forMs } = times;
      const next = { ...call, alerted: true, until: now + forMs };
      return go(next, tell({ type: "alerting", forMs }));
    }
    case "take": {
      const holder = { page: event.page };
      const until = now + times.answerMs;
      const media: MediaMessage = { cmd: "PROPOSAL", sdp: call.offer };
      return go(
        { state: "taken", holder, at: now, until },
        tell({ type: "connected" }), // The answer follows; the ringing stops.
        { type: "show" },
        { type: "say-media", media },
      );
    }
    case "decline":
      return end(call, CAUSE.rejected, now);
    case "end-ringing":
      return end(call, event.cause, now);
    case "command": {
      const { command } = event; // D9: answer the newest offer.
      if (command.type !== "channels") return stay(call);
      if (command.channels.cmd !== "PROPOSAL") return stay(call);
      return go({ ...call, offer: command.channels.sdp });
    }
    case "time": {
      if (now < call.until) return stay(call);
      return end(call, call.alerted ? CAUSE.noAnswer : CAUSE.noResponse, now);
    }
    default:
      return stay(call); // D6: only the page that took the call may send more.
  }
}

function stepHome(
  call: Exclude<DeskCallState, { state: "ended" }>,
  is: "gone" | "back",
  { now, times }: At,
): DeskCallStep {
  if (call.state !== "connected") {
    return is === "back" ? stay(call) : end(call, CAUSE.temporaryFailure, now);
  }
  // D51: an offer ends with the bridge that made it.
  const { state, effects } = notTaken(call, CAUSE.temporaryFailure);
  const { aloneUntil: _, ...back } = state; // D35
  if (is === "back") return go(back, ...effects);
  return go({ ...back, aloneUntil: now + times.keepMs }, ...effects);
}

function stepHeld(
  call: DeskCallState & { state: "taken" | "connected" },
  event: CallLegEvent,
  { now, times }: At,
): DeskCallStep {
  if ("page" in event && event.page !== call.holder.page) return stay(call);
  switch (event.type) {
    case "answer": {
      if (call.state === "connected") return stay(call);
      const { holder, at } = call;
      const channels: MediaMessage = { cmd: "SELECT", sdp: event.sdp };
      const answer = tell({ type: "channels", channels });
      return go({ state: "connected", holder, at }, answer);
    }
    case "media":
      if (call.state === "taken") return stay(call); // The answer comes first.
      return go(call, tell({ type: "channels", channels: event.media }));
    case "hold":
      if (call.state === "taken") return stay(call);
      return go(call, tell({ type: "hold", held: event.held }));
    case "hang-up":
      return end(
        call,
        event.trouble ? CAUSE.temporaryFailure : CAUSE.normal,
        now,
      );
    case "hand-over":
      if (call.state === "taken") return stay(call);
      return handOver(call, event, { now, times });
    case "withdraw":
      return call.state === "taken" ? stay(call) : withdraw(call);
    case "page":
      return stepHolder(call, event.is, { now, times });
    case "command": {
      const { command } = event;
      return command.type === "not-taken" && call.state === "connected"
        ? notTaken(call, command.cause)
        : go(call, ...say(command));
    }
    case "time":
      if (now < (callDueAt(call) ?? Infinity)) return stay(call);
      if (call.state === "connected" && now >= offerDueAt(call)) {
        return notTaken(call, CAUSE.outOfOrder);
      }
      return end(call, CAUSE.temporaryFailure, now);
    default:
      return stay(call);
  }
}

function stepHolder(
  call: DeskCallState & { state: "taken" | "connected" },
  is: "lost" | "back" | "gone",
  { now, times }: At,
): DeskCallStep {
  const { page } = call.holder;
  if (is === "gone") return end(call, CAUSE.normal, now);
  if (is === "back") return go({ ...call, holder: { page } });
  const lostUntil = now + times.keepMs; // D8: media continues peer to peer.
  return go({ ...call, holder: { page, lostUntil } });
}

function say(command: CallCommand): DeskCallEffect[] {
  if (command.type === "channels") {
    return [{ type: "say-media", media: command.channels }];
  }
  if (command.type === "dtmf") {
    return [{ type: "say-dtmf", digits: command.digits }];
  }
  return [];
}

function end(call: DeskCallState, cause: number, now: number): DeskCallStep {
  const takenAt = call.state === "taken" || call.state === "connected"
    ? { takenAt: call.at }
    : {};
  return go(
    { state: "ended", cause, at: now, ...takenAt, ...handedTo(call, cause) },
    tell({ type: "terminated", cause }),
    { type: "show" },
  );
}

/** Returns the page that has the call. */
export function holderOf(call: DeskCallState): string | undefined {
  return "holder" in call ? call.holder.page : undefined;
}

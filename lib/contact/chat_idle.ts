import {
  type BridgeChatEffect,
  type ChatAt,
  command,
  type JoinedChat,
  type RunningBridgeChat,
  tell,
} from "./chat_state.ts";
import type { IdleTimes } from "./plan.ts";

/** A resumed chat does not end before this time, because its page may still be
 * reconnecting. */
const RESUMED_MS_MIN = 60_000;

/** A chat that goes on, and the effects of that. */
interface Continued {
  state: RunningBridgeChat;
  effects: BridgeChatEffect[];
}

/** Notes that somebody is active, and withdraws the warning (CHAT27). */
export function asActive(
  chat: RunningBridgeChat,
  { now }: Pick<ChatAt, "now">,
): Continued {
  if (chat.state !== "joined" || chat.plan.idle === undefined) {
    return { state: chat, effects: [] };
  }
  const { endsAt, ...rest } = chat;
  const state = { ...rest, activeAt: now };
  if (endsAt === undefined) return { state, effects: [] };
  return { state, effects: idleEffects(state, now) };
}

/** Returns the chat after its time has come: it is warned, or continues.
 * Undefined if it ends (CHAT26). */
export function afterIdleTime(
  chat: JoinedChat,
  at: Pick<ChatAt, "now" | "isCalling">,
): Continued | undefined {
  const { now } = at;
  const { plan: { idle }, activeAt, endsAt } = chat;
  if (idle === undefined || now < (endsAt ?? activeAt + idle.warnMs)) {
    return { state: chat, effects: [] };
  }
  if (at.isCalling) return asActive(chat, at);
  if (endsAt !== undefined) return undefined;
  const state = { ...chat, endsAt: now + idle.endMs - idle.warnMs };
  return { state, effects: idleEffects(state, now) };
}

/** Returns the times of a resumed chat, whose last message is from
 * `lastEntryAt`. A warning doesn't last longer than that of another chat, even if
 * the clock of its previous instance was ahead. */
export function resumedIdle(
  { activeAt = 0, endsAt, joinedAt, idle }: {
    activeAt?: number;
    endsAt?: number;
    joinedAt: number;
    idle?: IdleTimes;
  },
  { now, lastEntryAt }: { now: number; lastEntryAt: number },
): Pick<JoinedChat, "activeAt" | "endsAt"> {
  const last = Math.max(activeAt, joinedAt, lastEntryAt);
  const times = { activeAt: Math.min(now, last) };
  if (endsAt === undefined || idle === undefined) return times;
  const latest = now + idle.endMs - idle.warnMs;
  const earliest = now + RESUMED_MS_MIN;
  return { ...times, endsAt: Math.max(earliest, Math.min(endsAt, latest)) };
}

/** Tells both sides when an idle chat ends, or that it does not. */
export function idleEffects(
  chat: JoinedChat,
  now: number,
): BridgeChatEffect[] {
  return [toldIdle(chat, now), agentIdle(chat, now)];
}

/** Tells the visitor. */
export function toldIdle(
  { endsAt }: JoinedChat,
  now: number,
): BridgeChatEffect {
  if (endsAt === undefined) return tell({ mt: "ChatIdle" });
  const seconds = Math.max(0, Math.round((endsAt - now) / 1_000));
  return tell({ mt: "ChatIdle", seconds });
}

/** Tells the agent. */
export function agentIdle(
  { endsAt }: JoinedChat,
  now: number,
): BridgeChatEffect {
  if (endsAt === undefined) return command({ type: "idle" });
  return command({ type: "idle", leftMs: Math.max(0, endsAt - now) });
}

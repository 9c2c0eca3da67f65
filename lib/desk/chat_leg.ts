import { assertNever } from "@/lib/base/assert_never.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import type { ChatBefore, ChatCommand } from "@/lib/contact/ports.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import {
  type ChatLegEvent,
  type DeskChatState,
  type DeskChatStep,
  go,
  type JoinedDeskChat,
  stay,
  tell,
  type UnloggedLine,
} from "./chat_leg_state.ts";
import {
  handedTo,
  handOver,
  notTaken,
  withdraw,
  withOthers,
} from "./chat_handover.ts";
import { asResumed, repeat, without } from "./chat_reattached.ts";
import type { DeskTimes } from "./ports.ts";

interface At {
  now: number;
  times: DeskTimes;
}

/** Returns a new chat; a page must show it within `alertMs`. */
export function newChat({ now, times }: At): DeskChatState {
  return {
    state: "ringing",
    alerted: false,
    until: now + times.alertMs,
    here: true,
    visitorRead: 0,
    agentRead: 0,
  };
}

/** Returns a chat that was running before the service was killed; its visitor
 * is away. `aheadMs` is how far the timestamps of `before` are ahead of
 * `now`. */
export function restoredChat(
  { alerted, joinedAt, read }: ChatBefore,
  { now, times }: At,
  aheadMs: number,
): DeskChatState {
  const both = {
    here: false,
    visitorRead: read.visitor,
    agentRead: read.agent,
  };
  if (joinedAt !== undefined) {
    const at = joinedAt - aheadMs;
    return { state: "joined", at, typing: false, lines: [], ...both };
  }
  const until = now + times.restoredMs;
  return { state: "ringing", alerted, until, ...both };
}

/** Returns the next state and its effects. */
export function stepChat(
  chat: DeskChatState,
  event: ChatLegEvent,
  at: At,
): DeskChatStep {
  if (chat.state === "ended") return stay(chat); // D7: it ends once.
  switch (event.type) {
    case "end":
      return end(chat, event.cause, at.now);
    case "command":
      return obey(chat, event.command, at.now);
    default:
      return chat.state === "ringing"
        ? stepRinging(chat, event, at)
        : stepJoined(chat, event, at);
  }
}

/** Returns the time of the next `time` event. */
export function chatDueAt(chat: DeskChatState): number | undefined {
  switch (chat.state) {
    case "ringing":
      return chat.until;
    case "joined":
      return chat.handover?.state === "offered"
        ? chat.handover.until
        : undefined;
    default:
      return undefined;
  }
}

function stepRinging(
  chat: DeskChatState & { state: "ringing" },
  event: ChatLegEvent,
  { now, times }: At,
): DeskChatStep {
  switch (event.type) {
    case "ringing":
    case "pushed": { // D40: a chat rings long enough in either case.
      if (chat.alerted) return stay(chat);
      const until = now + times.chatRingMs;
      return go({ ...chat, alerted: true, until }, tell({ type: "alerting" }));
    }
    case "join": {
      const { here, visitorRead, agentRead } = chat;
      return go(
        {
          state: "joined",
          at: now,
          typing: false,
          lines: [],
          here,
          visitorRead,
          agentRead,
        },
        tell({ type: "joined" }),
        { type: "show" },
      );
    }
    case "decline":
    case "leave":
      return end(chat, CAUSE.rejected, now);
    case "end-ringing":
      return end(chat, event.cause, now);
    case "reattached": {
      const again = chat.alerted && !event.before.alerted;
      const repeated = again ? [tell({ type: "alerting" })] : [];
      return go(asResumed(chat, event.before), ...repeated, { type: "show" });
    }
    case "time":
      if (now < chat.until) return stay(chat);
      return end(chat, chat.alerted ? CAUSE.noAnswer : CAUSE.noResponse, now);
    default:
      return stay(chat); // D10: an agent who has not joined cannot write.
  }
}

function stepJoined(
  chat: JoinedDeskChat,
  event: ChatLegEvent,
  at: At,
): DeskChatStep {
  const { now } = at;
  switch (event.type) {
    case "leave":
      return end(chat, CAUSE.normal, now);
    case "message":
      return write(chat, { id: event.id, text: event.text }, now);
    case "reattached":
      return repeat(chat, event);
    case "typing": {
      const { typing } = event;
      if (typing === chat.typing) return stay(chat);
      return go({ ...chat, typing }, tell({ type: "typing", typing }));
    }
    case "pages-gone":
      if (!chat.typing) return stay(chat);
      return go(
        { ...chat, typing: false },
        tell({ type: "typing", typing: false }),
      );
    case "read": {
      const { seq } = event;
      if (seq <= chat.agentRead) return stay(chat);
      const read = tell({ type: "read", seq });
      return go({ ...chat, agentRead: seq }, read, { type: "show" });
    }
    case "keep":
      return go(chat, tell({ type: "keep" }));
    case "hand-over":
      return handOver(chat, event, at);
    case "withdraw":
      return withdraw(chat);
    case "time": // The bridge is of a version without handovers.
      if (now < (chatDueAt(chat) ?? Infinity)) return stay(chat);
      return notTaken(chat, CAUSE.noAnswer);
    default:
      return stay(chat);
  }
}

/** Keeps the line until the bridge has it, because the bridge may be killed
 * before. */
function write(
  chat: JoinedDeskChat,
  line: UnloggedLine,
  now: number,
): DeskChatStep {
  const isKnown = chat.lines.some(({ id }) => id === line.id);
  if (!isKnown && chat.lines.length >= DESK_LIMITS.unloggedLines) {
    return end(chat, CAUSE.temporaryFailure, now);
  }
  const lines = isKnown ? chat.lines : [...chat.lines, line];
  return go(
    { ...chat, typing: false, lines },
    tell({ type: "message", ...line }),
  );
}

function obey(
  chat: DeskChatState,
  command: ChatCommand,
  now: number,
): DeskChatStep {
  switch (command.type) {
    case "entry":
      return go(without(chat, command.entry), {
        type: "show-entry",
        entry: command.entry,
      });
    case "typing":
      return go(chat, { type: "show-typing", typing: command.typing });
    case "read": {
      const visitorRead = Math.max(chat.visitorRead, command.seq);
      return go({ ...chat, visitorRead }, { type: "show" });
    }
    case "visitor":
      return go({ ...chat, here: command.here }, { type: "show" });
    case "idle":
      return idle(chat, command.leftMs, now);
    case "not-taken":
      return notTaken(chat, command.cause);
    case "agents":
      return withOthers(chat, command.others);
    case "close":
      return end(chat, command.cause, now);
    default:
      return assertNever(command);
  }
}

/** D38: shows when the idle chat ends, or that it does not. */
function idle(
  chat: DeskChatState,
  leftMs: number | undefined,
  now: number,
): DeskChatStep {
  if (chat.state !== "joined") return stay(chat);
  const { idleEndsAt, ...rest } = chat;
  if (leftMs === undefined && idleEndsAt === undefined) return stay(chat);
  const next = leftMs === undefined
    ? rest
    : { ...rest, idleEndsAt: now + leftMs };
  return go(next, { type: "show" });
}

function end(chat: DeskChatState, cause: number, now: number): DeskChatStep {
  const { here, visitorRead, agentRead } = chat;
  const joinedAt = chat.state === "joined" ? { joinedAt: chat.at } : {};
  return go(
    {
      state: "ended",
      cause,
      at: now,
      here,
      visitorRead,
      agentRead,
      ...joinedAt,
      ...handedTo(chat, cause),
    },
    tell({ type: "terminated", cause }),
    { type: "show" },
  );
}

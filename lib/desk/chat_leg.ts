import { assertNever } from "@/lib/base/assert_never.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import type { Transition } from "@/lib/base/machine.ts";
import type {
  ChatBefore,
  ChatCommand,
  ChatEntry,
  ChatEvent,
} from "@/lib/contact/ports.ts";
import type { DeskTimes } from "./ports.ts";

/**
 * A chat at the desk. It belongs to the agent and not to one page, so every page
 * of the agent shows it, and each of them can write.
 *
 *     ringing --join--> joined --leave, close, agent did not come back--> ended
 *        +------------- decline, close, time, nobody there -------------^
 */
export type DeskChatState =
  & {
    /** True while the visitor's page is connected. */
    here: boolean;
    visitorRead: number;
    agentRead: number;
  }
  & (
    | { state: "ringing"; alerted: boolean; until: number }
    | { state: "joined"; at: number; typing: boolean }
    | { state: "ended"; cause: number; at: number; joinedAt?: number }
  );

export type ChatLegEvent =
  | { type: "command"; command: ChatCommand }
  | { type: "ringing" }
  | { type: "join" }
  | { type: "decline" }
  | { type: "leave" }
  | { type: "message"; id: string; text: string }
  | { type: "typing"; typing: boolean }
  | { type: "read"; seq: number }
  /** No page of the agent is connected, so the agent no longer types. */
  | { type: "pages-gone" }
  | { type: "end"; cause: number }
  /** Like `end`, unless the agent has joined. */
  | { type: "end-ringing"; cause: number }
  | { type: "time" };

export type DeskChatEffect =
  | { type: "tell"; event: ChatEvent }
  /** Sends the new state to all pages of the agent. */
  | { type: "show" }
  | { type: "show-entry"; entry: ChatEntry }
  | { type: "show-typing"; typing: boolean };

export type DeskChatStep = Transition<DeskChatState, DeskChatEffect>;

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
    return { state: "joined", at: joinedAt - aheadMs, typing: false, ...both };
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
  return chat.state === "ringing" ? chat.until : undefined;
}

function stepRinging(
  chat: DeskChatState & { state: "ringing" },
  event: ChatLegEvent,
  { now, times }: At,
): DeskChatStep {
  switch (event.type) {
    case "ringing": {
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
    case "time":
      if (now < chat.until) return stay(chat);
      return end(chat, chat.alerted ? CAUSE.noAnswer : CAUSE.noResponse, now);
    default:
      return stay(chat); // D10: an agent who has not joined cannot write.
  }
}

function stepJoined(
  chat: DeskChatState & { state: "joined" },
  event: ChatLegEvent,
  { now }: At,
): DeskChatStep {
  switch (event.type) {
    case "leave":
      return end(chat, CAUSE.normal, now);
    case "message": {
      const { id, text } = event;
      return go(
        { ...chat, typing: false },
        tell({ type: "message", id, text }),
      );
    }
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
    default:
      return stay(chat);
  }
}

function obey(
  chat: DeskChatState,
  command: ChatCommand,
  now: number,
): DeskChatStep {
  switch (command.type) {
    case "entry":
      return go(chat, { type: "show-entry", entry: command.entry });
    case "typing":
      return go(chat, { type: "show-typing", typing: command.typing });
    case "read": {
      const visitorRead = Math.max(chat.visitorRead, command.seq);
      return go({ ...chat, visitorRead }, { type: "show" });
    }
    case "visitor":
      return go({ ...chat, here: command.here }, { type: "show" });
    case "close":
      return end(chat, command.cause, now);
    default:
      return assertNever(command);
  }
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
    },
    tell({ type: "terminated", cause }),
    { type: "show" },
  );
}

function tell(event: ChatEvent): DeskChatEffect {
  return { type: "tell", event };
}

function go(state: DeskChatState, ...effects: DeskChatEffect[]): DeskChatStep {
  return { state, effects };
}

function stay(state: DeskChatState): DeskChatStep {
  return { state, effects: [] };
}

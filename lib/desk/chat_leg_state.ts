import type { Transition } from "@/lib/base/machine.ts";
import type {
  ChatBefore,
  ChatCommand,
  ChatEntry,
  ChatEvent,
} from "@/lib/contact/ports.ts";

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
    | {
      state: "joined";
      at: number;
      typing: boolean;
      /** When the chat ends, if nobody writes until then. */
      idleEndsAt?: number;
      /** Written by the agent, and not in the bridge's log yet. */
      lines: readonly UnloggedLine[];
      /** The last handover that the agent has started. */
      handover?: DeskHandover;
      /** Names of the other agents in the chat. */
      others?: readonly string[];
    }
    | {
      state: "ended";
      cause: number;
      at: number;
      joinedAt?: number;
      /** Name of the colleague who has the chat now. */
      handedTo?: string;
    }
  );

/** A handover, from the side of the agent who started it. `id` is the page's,
 * and `to` the colleague's name. */
export type DeskHandover =
  & { id: string; to: string; isInvite?: true }
  & (
    | { state: "offered"; until: number }
    | { state: "not-taken"; cause: number }
  );

export interface UnloggedLine {
  id: string;
  text: string;
}

export type ChatLegEvent =
  | { type: "command"; command: ChatCommand }
  | { type: "ringing" }
  /** The agent's desk is closed, and a device was notified. */
  | { type: "pushed" }
  | { type: "join" }
  | { type: "decline" }
  | { type: "leave" }
  | { type: "message"; id: string; text: string }
  | { type: "typing"; typing: boolean }
  | { type: "read"; seq: number }
  /** The agent wants to keep an idle chat. */
  | { type: "keep" }
  /** The agent hands the chat over to a colleague, who is undefined if there is
   * none with the address that the page has sent. */
  | {
    type: "hand-over";
    id: string;
    to: string;
    colleague: string | undefined;
    /** Name of the agent. */
    by: string;
    note: string;
    /** Set if `to` is a team or an agent at a PBX, and `colleague` its name. */
    isTeam?: true;
    /** Set if the agent invites the colleague, and keeps the chat. */
    isInvite?: true;
  }
  | { type: "withdraw" }
  /** No page of the agent is connected, so the agent no longer types. */
  | { type: "pages-gone" }
  | { type: "end"; cause: number }
  /** Like `end`, unless the agent has joined. */
  | { type: "end-ringing"; cause: number }
  /** A bridge has resumed the chat, which it knows as `before`; `logged` has
   * the ids of the agent's lines in its log. */
  | { type: "reattached"; before: ChatBefore; logged: ReadonlySet<string> }
  | { type: "time" };

export type DeskChatEffect =
  | { type: "tell"; event: ChatEvent }
  /** Sends the new state to all pages of the agent. */
  | { type: "show" }
  | { type: "show-entry"; entry: ChatEntry }
  | { type: "show-typing"; typing: boolean };

export type DeskChatStep = Transition<DeskChatState, DeskChatEffect>;

export type JoinedDeskChat = DeskChatState & { state: "joined" };

export function tell(event: ChatEvent): DeskChatEffect {
  return { type: "tell", event };
}

export function go(
  state: DeskChatState,
  ...effects: DeskChatEffect[]
): DeskChatStep {
  return { state, effects };
}

export function stay(state: DeskChatState): DeskChatStep {
  return { state, effects: [] };
}

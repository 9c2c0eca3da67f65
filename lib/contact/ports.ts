import type { VisitorPage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { ErrorMessage } from "@/lib/protocol/visitor/session_messages.ts";
import type { TellPresence } from "@/lib/model/presence.ts";
import type { AnsweredBy, Route } from "@/lib/model/route.ts";
import type { ChatEntry } from "@/lib/model/running_chat.ts";
import type { HandOver, HandOverCall, Invite, OfferedBy } from "./hand_over.ts";

// The two sides of the bridge (ARCHITECTURE.md). `VisitorPort` receives
// messages for a visitor's seat. `AgentPort` is a bank of agents: a PBX, the
// desk, or the fake of the tests. All three pass
// tests/contact/agent_port_suite.ts.

/** A message from the bridge to a visitor's page. */
export type VisitorMessage =
  | Exclude<ContactMessage, { mt: "MessageStored" | "MessageRefused" }>
  | ErrorMessage;

/** A visitor's seat. Sending never throws and never waits. Messages are dropped
 * while the page is away; the bridge repeats the important ones on resume. */
export interface VisitorPort {
  tell(message: VisitorMessage): void;
  /** Another instance continues the chat, so the page has to reconnect. */
  move?(): void;
}

/** The visitor and page, as agents may see them. */
export interface Visitor {
  /** The name that the visitor gave; "" if none. */
  name: string;
  widget: { uuid: string; name: string };
  /** Absent unless the widget's settings allow it. */
  page?: VisitorPage;
  /** Language of the visitor's widget. */
  lang: string;
  /** Version of the consent text that the visitor has agreed to, if any. */
  consent?: string;
}

/** A bank of agents. An address belongs to exactly one bank. */
export interface AgentPort {
  /**
   * Calls `tell` with the presence of `address` immediately (before it returns)
   * and at each change, until disposed of. An unknown address is `offline`.
   */
  watch(address: string, tell: TellPresence): Disposable;

  /**
   * Rings `address`. `tell` is never called before this returns. The events are
   * any number of `alerting`, `channels` and `hold`, at most one `connected`,
   * and exactly one `terminated`, last, even after a hang-up by this side.
   */
  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg;

  /**
   * Takes over a connected call whose home has stopped or was killed, or whose
   * agent has moved. A bank whose calls end with the process omits this method.
   */
  resumeCall?(
    call: OutgoingCall,
    tell: (event: CallEvent) => void,
    before: CallBefore,
  ): CallLeg | undefined;

  /** Notifies `address` of a chat, with the same guarantees as `dial`, and
   * `joined`. */
  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg;

  /**
   * Takes over a chat that was running when the previous process was killed;
   * the visitor's page is away. Returns undefined if the agent no longer
   * exists. A bank that loses its chats with the process omits this method.
   */
  resumeChat?(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    before: ChatBefore,
  ): ChatLeg | undefined;
}

/** The agents as calls and chats reach them. */
export type ContactAgents = Pick<
  AgentPort,
  "dial" | "resumeCall" | "openChat" | "resumeChat"
>;

/** The agent's page that has a call, and the number of its messages that the
 * bridge has received. */
export interface CallHolder {
  page: string;
  heard: number;
}

/** The state of a connected call, with which another leg continues it. Times in
 * ms since 1970. */
export interface CallBefore extends CallHolder {
  startedAt: number;
  answeredAt: number;
  /** The visitor's last offer or answer, if the page may lack it. */
  said?: MediaDescription;
  /** The agent who has it, if it is not the called one. */
  by?: AnsweredBy;
}

/** A media message with a description. */
export type MediaDescription = Extract<MediaMessage, { sdp: string }>;

/**
 * The state of a chat before the process was killed. Times in ms since 1970.
 */
export interface ChatBefore {
  startedAt: number;
  alerted: boolean;
  /** Absent if the agent has not joined. */
  joinedAt?: number;
  /** When it came into the queue; absent if it is in none. */
  queuedSince?: number;
  /** The last entries of the other side that each side has read. */
  read: { visitor: number; agent: number };
  /** The agent who has it, if it is not the called one. */
  by?: AnsweredBy;
}

/** A bank in which administrators search for agents. */
export interface AgentFinder {
  /** Returns the agents whose name or address contains `text`, sorted by name.
   * Rejects with an AbortError as soon as `signal` is aborted. */
  search(query: AgentQuery, signal: AbortSignal): Promise<AgentMatches>;
}

export interface AgentQuery {
  text: string;
  /** The `next` of the previous page. */
  after?: string;
  /** 1 to 100. */
  limit: number;
}

export interface AgentMatches {
  agents: {
    address: string;
    name: string;
    email: string;
    /** True for groups of a PBX, because no document says that calls reach
     * them. */
    untested?: true;
  }[];
  next?: string;
  /** The reason why the list is incomplete. */
  notice?: "offline" | "no-search";
}

export interface OutgoingCall {
  /** Unique in the process; the bridge creates it. */
  id: string;
  address: string;
  visitor: Visitor;
  /** For `voice` the offer has no video. It may still contain a rejected
   * section (port 0), which the answer repeats. */
  media: "voice" | "video";
  /** The visitor's complete offer. */
  sdp: string;
  /** The way to an agent, if the address is a team. */
  route?: Route;
  /** Set for a member of a team, whose name the visitor doesn't know yet. */
  ofTeam?: true;
  /** Set if another agent hands the call over; `connected` has the name then. */
  offeredBy?: OfferedBy;
  /** Set if the bridge can hand the call over. */
  canHandOver?: true;
}

/** The agent's side of a call, which the bridge controls. Never throws. Does
 * nothing after `terminated`. */
export interface CallLeg {
  send(command: CallCommand): void;
  /** The visitor's side is gone. A connected call waits a while for
   * `resumeCall`, and other ones end. A bank without `resumeCall` omits it. */
  leave?(): void;
  /** The agent has moved to another instance, so the call disappears here,
   * without an end and without another event. */
  forget?(): void;
}

export type CallCommand =
  /** The visitor's re-offer, or its answer to the agent's. */
  | { type: "channels"; channels: MediaMessage }
  | { type: "dtmf"; digits: string }
  /** The other agent does not take the call, so it stays. `cause`: Q.850. */
  | { type: "not-taken"; cause: number }
  | { type: "hang-up"; cause: number };

export type CallEvent =
  | Queued
  /** It rings, for this number of ms if that is longer than usual. */
  | { type: "alerting"; forMs?: number }
  /** `sdp` is absent if the answer was sent before as `channels`, or will
   * follow. */
  | { type: "connected"; sdp?: string; name?: string; by?: AnsweredBy }
  /** With the first answer, `from` says how the call could be resumed: see
   * CallBefore. It can be stored then before the visitor sees it. */
  | { type: "channels"; channels: MediaMessage; from?: CallHolder }
  | { type: "hold"; held: boolean }
  /** The same, after each message of the page. */
  | { type: "page" } & CallHolder
  /** The call was transferred to another person. */
  | { type: "renamed"; name: string }
  | HandOverCall
  | { type: "terminated"; cause: number };

/** All agents of a team are busy, so the contact waits, until `alerting`,
 * `connected`, `joined` or `terminated`. */
export interface Queued {
  type: "queued";
  /** From 1. */
  position: number;
  /** The estimated wait; absent if it is not known. */
  minutes?: number;
  /** When it came into the queue, in ms since 1970. */
  since: number;
}

export type MediaMessage =
  | { cmd: "PROPOSAL"; sdp: string }
  | { cmd: "SELECT"; sdp: string }
  | { cmd: "REQUEST" }
  | { cmd: "CLOSE" };

export interface OutgoingChat {
  /** Unique in the process; the bridge creates it. */
  id: string;
  address: string;
  visitor: Visitor;
  /** All messages so far; the bridge appends to it. */
  log: ChatLog;
  /** The way to an agent, if the address is a team. */
  route?: Route;
  /** Set for a member of a team, whose name the visitor doesn't know yet. */
  ofTeam?: true;
  /** An agent with this number of chats does not get another one. */
  chatsMax?: number;
  /** Set if another agent hands the chat over. Then `joined` has the agent's
   * name. */
  offeredBy?: OfferedBy;
}

export type { ChatEntry, HandOver, HandOverCall, Invite, OfferedBy };

export interface ChatLog {
  /** The entries after `seq`, in order. */
  since(seq: number): readonly ChatEntry[];
}

/**
 * The agent's side of a chat. Never throws. Does nothing after `terminated`.
 */
export interface ChatLeg {
  send(command: ChatCommand): void;
  /** The agent has moved to another instance of the service, so the chat
   * disappears here, without an end and without another event. A bank whose
   * agents don't move omits this method. */
  forget?(): void;
  /** Another instance continues the chat. Ends unless an agent has joined. */
  release?(): void;
}

export type ChatCommand =
  /** A new entry of the log. For the agent's own entries it is the
   * acknowledgement. */
  | { type: "entry"; entry: ChatEntry }
  | { type: "typing"; typing: boolean }
  /** The visitor has read up to `seq`. */
  | { type: "read"; seq: number }
  /** The visitor's page has lost its connection, or has reconnected. */
  | { type: "visitor"; here: boolean }
  /** Nobody writes, so the chat ends in `leftMs`; absent if it no longer
   * does. */
  | { type: "idle"; leftMs?: number }
  /** The other agent does not take the chat, so it stays. */
  | { type: "not-taken"; cause: number }
  /** The names of the other agents in the chat, at each change. */
  | { type: "agents"; others: string[] }
  | { type: "close"; cause: number };

export type ChatEvent =
  | Queued
  | { type: "alerting" }
  | { type: "joined"; name?: string; by?: AnsweredBy }
  /** A repeated `id` is answered with its first entry, not with a new one. */
  | { type: "message"; id: string; text: string }
  | { type: "typing"; typing: boolean }
  | { type: "read"; seq: number }
  /** The agent wants to keep an idle chat. */
  | { type: "keep" }
  | HandOver
  | Invite
  /** The agent keeps the chat after all. */
  | { type: "withdraw" }
  | { type: "terminated"; cause: number };

import type { VisitorPage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { ErrorMessage } from "@/lib/protocol/visitor/session_messages.ts";
import type { TellPresence } from "@/lib/model/presence.ts";
import type { ChatEntry } from "@/lib/model/running_chat.ts";

// The two sides of the bridge (ARCHITECTURE.md). `VisitorPort` is what a
// visitor's seat can be told; `AgentPort` is what answers: a PBX, the desk, or
// the fake of the tests. All three pass tests/contact/agent_port_suite.ts.

/** What the bridge says to a visitor's page. */
export type VisitorMessage = ContactMessage | ErrorMessage;

/** A visitor's seat. Telling never throws and never waits; what is told while
 * the page is away is dropped: the line repeats what counts on resume. */
export interface VisitorPort {
  tell(message: VisitorMessage): void;
}

/** Who asks, and from where, as agents may see it. */
export interface Visitor {
  /** What the visitor calls itself; "" if it did not say. */
  name: string;
  widget: { uuid: string; name: string };
  /** Absent unless the widget's settings allow it. */
  page?: VisitorPage;
  /** Language of the visitor's widget. */
  lang: string;
  /** Version of the consent text that the visitor has agreed to, if any. */
  consent?: string;
}

/** One bank of agents. An address belongs to exactly one. */
export interface AgentPort {
  /** Agents whose name or address contains `text`, sorted by name. Rejects
   * with an AbortError as soon as `signal` is aborted. */
  search(query: AgentQuery, signal: AbortSignal): Promise<AgentPage>;

  /**
   * Calls `tell` with the presence of `address` at once (before it returns) and
   * at each change, until disposed. An unknown address is `offline`.
   */
  watch(address: string, tell: TellPresence): Disposable;

  /**
   * Rings `address`. `tell` is never called before this returns. What happens
   * then: any number of `alerting`, `channels`, `hold`; at most one `connected`;
   * exactly one `terminated`, last, also after a hang-up by this side.
   */
  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg;

  /** Notifies `address` of a chat. Same promises as `dial`, with `joined`. */
  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg;

  /**
   * Takes over a chat that ran when the process before this one was killed; the
   * visitor's page is away. Undefined: the agent is not there any more. A bank
   * that loses its chats with the process leaves this out.
   */
  resumeChat?(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    before: ChatBefore,
  ): ChatLeg | undefined;
}

/** How a chat stood before the process was killed. Times in ms since 1970. */
export interface ChatBefore {
  startedAt: number;
  alerted: boolean;
  /** Absent if the agent has not joined. */
  joinedAt?: number;
  /** How far each side has read the other's entries. */
  read: { visitor: number; agent: number };
}

export interface AgentQuery {
  text: string;
  /** The `next` of the page before. */
  after?: string;
  /** 1 to 100. */
  limit: number;
}

export interface AgentPage {
  agents: {
    address: string;
    name: string;
    email: string;
    /** No document says that calls reach it: groups of a PBX. */
    untested?: true;
  }[];
  next?: string;
  /** Why this is not all. */
  notice?: "offline" | "no-search";
}

export interface OutgoingCall {
  /** Unique in the process, made by the bridge. */
  id: string;
  address: string;
  visitor: Visitor;
  /** `voice`: the offer has no video; a section of it may still stand there,
   * refused by port 0, and stands so in the answer too. */
  media: "voice" | "video";
  /** The visitor's complete offer. */
  sdp: string;
}

/** The agent's side of a call, as the bridge drives it. Never throws. After
 * `terminated` all of it does nothing. */
export interface CallLeg {
  send(command: CallCommand): void;
}

export type CallCommand =
  /** The visitor's re-offer, or its answer to the agent's. */
  | { type: "channels"; channels: MediaMessage }
  | { type: "dtmf"; digits: string }
  /** `cause`: Q.850. */
  | { type: "hang-up"; cause: number };

export type CallEvent =
  | { type: "alerting" }
  /** `sdp` is absent if the answer came before as `channels`, or is to come. */
  | { type: "connected"; sdp?: string; name?: string }
  | { type: "channels"; channels: MediaMessage }
  | { type: "hold"; held: boolean }
  /** Somebody else is there now: the call was transferred. */
  | { type: "renamed"; name: string }
  | { type: "terminated"; cause: number };

export type MediaMessage =
  | { cmd: "PROPOSAL"; sdp: string }
  | { cmd: "SELECT"; sdp: string }
  | { cmd: "REQUEST" }
  | { cmd: "CLOSE" };

export interface OutgoingChat {
  /** Unique in the process, made by the bridge. */
  id: string;
  address: string;
  visitor: Visitor;
  /** All that was said so far; the bridge appends to it. */
  log: ChatLog;
}

export type { ChatEntry };

export interface ChatLog {
  /** The entries after `seq`, in order. */
  since(seq: number): readonly ChatEntry[];
}

/** The agent's side of a chat. Never throws. After `terminated` all of it does
 * nothing. */
export interface ChatLeg {
  send(command: ChatCommand): void;
}

export type ChatCommand =
  /** Each new entry of the log, the agent's own too: for these it is the ack. */
  | { type: "entry"; entry: ChatEntry }
  | { type: "typing"; typing: boolean }
  /** The visitor has read up to `seq`. */
  | { type: "read"; seq: number }
  /** The visitor's page is away (connection lost), or back. */
  | { type: "visitor"; here: boolean }
  | { type: "close"; cause: number };

export type ChatEvent =
  | { type: "alerting" }
  | { type: "joined"; name?: string }
  /** A repeated `id` is answered with the first one's entry, not a new one. */
  | { type: "message"; id: string; text: string }
  | { type: "typing"; typing: boolean }
  | { type: "read"; seq: number }
  | { type: "terminated"; cause: number };

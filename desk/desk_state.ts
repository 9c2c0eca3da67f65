import type { Transition } from "@/lib/base/machine.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type {
  CallPageMessage,
  PageMessage,
} from "@/lib/protocol/desk/page_messages.ts";
import type {
  CallView,
  ChatView,
  Entry,
  ServiceMessage,
} from "@/lib/protocol/desk/service_messages.ts";

/** The state of the agent's page, without media and without the connection. */
export interface DeskState {
  /** The agent's choice; `unsaid` while the service has not received it. */
  choice: Presence;
  unsaid: boolean;
  presence: Presence;
  /** Number of the agent's connected pages, this one included. */
  pages: number;
  /** The service's clock minus the page's, in ms. */
  aheadMs: number;
  calls: readonly CallItem[];
  chats: readonly ChatItem[];
  /** The conversation in the middle of the page. */
  shown: string | null;
  /** True if the agent can see the page now, so the visible conversation counts
   * as read. */
  watched: boolean;
  /** Missed calls and chats that the agent has not seen. */
  unseen: readonly string[];
}

export interface CallItem {
  view: CallView;
  /** The agent's action that the service may not have received yet. */
  pending: "none" | "take" | "decline" | "hang-up";
  /** Numbered messages that the service may not have received. */
  outbox: readonly NumberedMessage[];
  saidCount: number;
  /** The last number received from the service. */
  heard: number;
  held: boolean;
  /** Keys that the visitor pressed. */
  digits: string;
  /** A handover that the service may not have received. */
  handingOver?: HandingOver;
  /** The handover whose failure the agent has seen. */
  seenHandover?: string;
}

export type NumberedMessage = Extract<CallPageMessage, { n: number }>;

export interface ChatItem {
  view: ChatView;
  entries: readonly Entry[];
  /** Own messages that have not come back as entries. */
  outbox: readonly { id: string; text: string; time: number }[];
  pending: "none" | "join" | "decline" | "leave";
  /** Time until which the visitor counts as typing, by the page's clock. */
  typingUntil: number;
  /** Text that the agent has written and not sent. */
  draft: string;
  /** A handover that the service may not have received. */
  handingOver?: HandingOver;
  /** The handover whose failure the agent has seen. */
  seenHandover?: string;
}

/** A handover, as the agent has requested it. */
export interface HandingOver {
  id: string;
  /** Address and name of the colleague or the team. */
  to: string;
  name: string;
  /** Set for a team or an agent at a PBX. */
  isTeam?: true;
  /** Set if the colleague is invited, and the agent keeps the chat. */
  isInvite?: true;
  note: string;
}

export type DeskEvent =
  | { type: "heard"; message: ServiceMessage; now: number }
  | { type: "choose"; presence: Presence }
  | { type: "show"; contact: string | null }
  | { type: "watch"; watched: boolean }
  /** These rows of the list are in view of an agent at the page. */
  | { type: "see"; contacts: readonly string[] }
  | { type: "take"; call: string; video: boolean }
  | { type: "decline"; contact: string }
  | { type: "hang-up"; call: string; trouble: boolean }
  | { type: "hold"; call: string; held: boolean }
  /** Messages of the call's media. */
  | { type: "answer"; call: string; sdp: string }
  | { type: "media"; call: string; media: MediaOut }
  | { type: "join"; chat: string }
  | { type: "leave"; chat: string }
  /** Keeps a chat that would end because nobody writes. */
  | { type: "keep"; chat: string }
  | { type: "hand-over"; contact: string; handover: HandingOver }
  /** Keeps a call or chat that was offered to a colleague. */
  | { type: "withdraw"; contact: string }
  /** The agent has seen that the colleague did not take it. */
  | { type: "handover-seen"; contact: string }
  | { type: "draft"; chat: string; text: string }
  | { type: "write"; chat: string; id: string; now: number };

export type MediaOut = Extract<
  CallPageMessage,
  { type: "call-media" }
>["media"];

export type DeskEffect =
  | { type: "say"; message: PageMessage }
  | { type: "start-media"; call: string; video: boolean }
  | { type: "media-heard"; call: string; media: MediaOut }
  | { type: "stop-media"; call: string }
  /** A visitor wrote in a chat that is not visible. */
  | { type: "notice"; chat: string; text: string }
  | { type: "stored"; isStored: boolean };

export type DeskStep = Transition<DeskState, DeskEffect>;

/** A chat after one event. */
export interface ChatItemStep {
  item: ChatItem;
  effects: DeskEffect[];
}

export function newDesk(choice: Presence): DeskState {
  return {
    choice,
    unsaid: false,
    presence: "offline",
    pages: 1,
    aheadMs: 0,
    calls: [],
    chats: [],
    shown: null,
    watched: true,
    unseen: [],
  };
}

export function newCall(view: CallView): CallItem {
  return {
    view,
    pending: "none",
    outbox: [],
    saidCount: 0,
    heard: 0,
    held: false,
    digits: "",
  };
}

export function newChat(view: ChatView): ChatItem {
  return {
    view,
    entries: [],
    outbox: [],
    pending: "none",
    typingUntil: 0,
    draft: "",
  };
}

/** Counts the visitor's messages that the agent has not read. */
export function unreadOf({ view, entries }: ChatItem): number {
  return entries.filter((entry) =>
    entry.from === "visitor" && entry.seq > view.agentRead
  ).length;
}

/** Returns how many of the agent's messages the visitor has not read. */
export function notReadOf({ view, entries }: ChatItem): number {
  return entries.filter((entry) =>
    entry.from === "agent" && entry.seq > view.visitorRead
  ).length;
}

/** Returns the hidden chats with unread messages, newest first. */
export function unreadElsewhere({ chats, shown }: DeskState): ChatItem[] {
  const newest = ({ entries }: ChatItem) =>
    entries.findLast(({ from }) => from === "visitor")?.time ?? 0;
  return chats
    .filter((item) =>
      item.view.state === "joined" && item.view.id !== shown &&
      unreadOf(item) > 0
    )
    .sort((a, b) => newest(b) - newest(a));
}

/** Returns this page's call, from picking up to its end. */
export function ownCall({ calls }: DeskState): CallItem | undefined {
  return calls.find(({ view, pending }) =>
    (view.state === "taken" && view.mine) ||
    (view.state === "ringing" && pending === "take")
  );
}

/** Returns the calls and chats that wait for the agent, the longest wait
 * first. */
export function waitingOf(
  { calls, chats }: DeskState,
): (CallItem | ChatItem)[] {
  return [...calls, ...chats]
    .filter(({ view, pending }) =>
      view.state === "ringing" && pending === "none"
    )
    .sort((a, b) => a.view.since - b.view.since);
}

/** Counts the conversations that wait for the agent, have unread messages, or
 * were missed and not seen. */
export function attentionOf(desk: DeskState): number {
  const unread = desk.chats.filter((item) =>
    item.view.state === "joined" && unreadOf(item) > 0
  );
  return waitingOf(desk).length + unread.length + desk.unseen.length;
}

/** Returns the running calls and chats, newest first. */
export function runningOf(
  { calls, chats }: DeskState,
): (CallItem | ChatItem)[] {
  return [...calls, ...chats]
    .filter(({ view, pending }) =>
      view.state === "taken" || view.state === "joined" ||
      (view.state === "ringing" && (pending === "take" || pending === "join"))
    )
    .sort((a, b) => b.view.since - a.view.since);
}

/** Counts this agent's running conversations; leaving the page asks first. */
export function goingOn(desk: DeskState): { calls: number; chats: number } {
  const { length: chats } = desk.chats.filter(({ view, pending }) =>
    view.state === "joined" || (view.state === "ringing" && pending === "join")
  );
  return { calls: ownCall(desk) === undefined ? 0 : 1, chats };
}

/** True if leaving for another page of the service would lose something: a call,
 * or a message that has not arrived. */
export function isTiedToPage(desk: DeskState): boolean {
  return ownCall(desk) !== undefined ||
    desk.chats.some(({ view, outbox }) =>
      view.state === "joined" && outbox.length > 0
    );
}

/** Returns the ended calls and chats, newest first. */
export function endedOf({ calls, chats }: DeskState): (CallItem | ChatItem)[] {
  return [...calls, ...chats]
    .filter(({ view }) => view.state === "ended")
    .sort((a, b) => endOf(b) - endOf(a));
}

export function isChat(item: CallItem | ChatItem): item is ChatItem {
  return "entries" in item;
}

export function find(
  { calls, chats }: DeskState,
  id: string | null,
): CallItem | ChatItem | undefined {
  return [...calls, ...chats].find(({ view }) => view.id === id);
}

function endOf({ view }: CallItem | ChatItem): number {
  return view.state === "ended" ? view.endedAt : 0;
}

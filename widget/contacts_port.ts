import type { ComponentChild } from "preact";
import type { Clock } from "@/lib/base/clock.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type {
  ErrorCode,
  Info,
} from "@/lib/protocol/visitor/session_messages.ts";
import type { Roster } from "./roster.ts";
import type { Model } from "./view/model.ts";

// The seam between what loads with the page and what loads with the first
// click. Types only, so that neither side carries the other.

type Start = Extract<ClientMessage, { mt: "Start" }>;
export type ContactKind = "voice" | "video" | "chat";

/** Calls and chats of one widget. */
export interface Contacts {
  /** The visitor pressed a card's button. */
  start(kind: ContactKind, agent: Pick<Info, "id" | "dn">): void;
  /** Ends a running call. */
  hangUp(): void;
  /** The name that agents see from the next contact on. */
  setVisitor(name: string): void;
  /** A message of the service that is not about the widget itself; undecoded. */
  hear(value: unknown): void;
  refused(error: ErrorCode): void;
  /** The service listens; `resumed`: it still knows this seat. */
  linked(resumed: boolean): void;
  unlinked(): void;
  /** The panel has opened or closed. */
  opened(open: boolean): void;
  /** Token of the seat that an earlier page of this tab had, or "". */
  readonly resume: string;
  /** The panel is to be open: it was, on that page. */
  readonly open: boolean;
  /** What a Start that resumes says of the call and chat that the page has. */
  readonly known: Pick<Start, "seq" | "call" | "chat">;
  /** There is something to show instead of the agents. */
  readonly shown: boolean;
  /** A call or chat runs. */
  readonly running: boolean;
  readonly unread: number;
  view(model: Model): ComponentChild;
  dispose(): void;
}

/** What calls and chats get of the widget around them. */
export interface ContactsHost {
  uuid: string;
  /** For durations, and for time limits of what the browser promises. */
  clock: Clock;
  /** Sends, if the service listens; says whether it did. */
  send(message: ClientMessage): boolean;
  ready(): boolean;
  /** The service may be gone without a word: asks it for a sign of life. */
  wake(): void;
  /** Something is to be drawn anew. */
  changed(): void;
  /** Something could not be loaded. */
  failed(): void;
  roster(): Roster;
  /** Tells the page around; see events.ts. */
  tell(event: ContactEvent): void;
}

/** What a page may listen to, besides the widget's own events. */
export type ContactEvent =
  | { type: "chat"; state: string; agent: string }
  | { type: "message"; from: "agent" | "visitor"; unread: number }
  | { type: "call"; state: string; agent: string; cause?: number };

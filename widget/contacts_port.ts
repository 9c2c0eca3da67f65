import type { ComponentChild } from "preact";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type {
  ErrorCode,
  Info,
} from "@/lib/protocol/visitor/session_messages.ts";
import type { Roster } from "./roster.ts";

// The seam between what loads with the page and what loads with the first
// click. Types only, so that neither side carries the other.

export type ContactKind = "voice" | "video" | "chat";

/** Calls and chats of one widget. */
export interface Contacts {
  /** The visitor pressed a card's button. */
  start(kind: ContactKind, agent: Info): void;
  /** A message of the service that is not about the widget itself; undecoded. */
  hear(value: unknown): void;
  refused(error: ErrorCode): void;
  /** The service listens; `resumed`: it still knows this seat. */
  linked(resumed: boolean): void;
  unlinked(): void;
  /** The last chat `seq` that the page has; 0 for none. */
  readonly seq: number;
  /** A panel of a call or chat is to be shown. */
  readonly shown: boolean;
  readonly unread: number;
  view(): ComponentChild;
  dispose(): void;
}

/** What calls and chats get of the widget around them. */
export interface ContactsHost {
  /** Sends, if the service listens; says whether it did. */
  send(message: ClientMessage): boolean;
  ready(): boolean;
  changed(): void;
  roster(): Roster;
}

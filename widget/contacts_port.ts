import type { ComponentChild } from "preact";
import type { Clock } from "@/lib/base/clock.ts";
import type { ContactMedia } from "@/lib/model/media.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import type { ContactEvent } from "./events.ts";
import type { Roster } from "./roster.ts";
import type { Model } from "./view/model.ts";

// The interface between the code that loads with the page and the code that
// loads with the first click. It has only types, so that neither side loads the
// other.

type Start = Extract<ClientMessage, { mt: "Start" }>;

/** Calls and chats of one widget. */
export interface ContactsPort {
  /** Must be called when the visitor presses a button of a card. */
  start(kind: ContactMedia, agent: Pick<Info, "id" | "dn">): void;
  /** Ends a running call. */
  hangUp(): void;
  /** The name that agents see from the next contact on. */
  setVisitor(name: string): void;
  /** Handles a message that is not about the widget itself; undecoded. */
  hear(value: unknown): void;
  refused(error: string): void;
  /** The service is connected; `resumed` if it still knows this seat. */
  reconnected(resumed: boolean): void;
  disconnected(): void;
  /** Must be called when the panel opens or closes. */
  opened(open: boolean): void;
  /** Token of the seat from an earlier page of this tab, or "". */
  readonly resume: string;
  /** True if the panel was open on that page, so it opens again. */
  readonly open: boolean;
  /** The members of a resuming Start that name the page's call and chat. */
  readonly known: Pick<Start, "seq" | "call" | "chat">;
  /** True if there is a call or chat to show instead of the agents. */
  readonly shown: boolean;
  /** True while a call or chat is running. */
  readonly running: boolean;
  view(model: Model): ComponentChild;
  /** Renders the contacts behind a closed panel; undefined if there are none,
   * and until the code for it has loaded. */
  behind(model: Model): Behind | undefined;
  dispose(): void;
}

/** As much of it as an element needs to draw it. */
export type DrawnContacts = Pick<
  ContactsPort,
  "shown" | "running" | "opened" | "view" | "behind" | "dispose"
>;

/** The view of the contacts behind a closed panel. */
export interface Behind {
  launcher: ComponentChild;
  /** The same for screen readers. */
  spoken: string;
}

/** The functions of the surrounding widget that calls and chats use. */
export interface ContactsOwner {
  uuid: string;
  /** For durations and timeouts. */
  clock: Clock;
  /** Sends if the service is connected; returns whether it did. */
  send(message: ClientMessage): boolean;
  ready(): boolean;
  /** Checks whether a silent service is still there. */
  wake(): void;
  /** Must be called when the view has changed. */
  changed(): void;
  /** Called if a chunk could not be loaded. */
  failed(): void;
  roster(): Roster;
  /** Notifies the host page; see events.ts. */
  tell(event: ContactEvent): void;
}

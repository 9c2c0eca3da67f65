import type { ComponentChild } from "preact";
import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { ChatNotice, Waiting } from "../contact/queue.ts";
import type { ContactEvent } from "../events.ts";
import type { Model } from "../view/model.ts";
import type { PageCall } from "./call_state.ts";

// The interface between chats and calls, which load on demand.

/** One call, from the click to its end. */
export interface CallDesk {
  readonly running: boolean;
  readonly call: PageCall;
  hear(message: ContactMessage): void;
  refused(error: string): void;
  reconnected(resumed: boolean): void;
  disconnected(): void;
  hangUp(): void;
  /** Renders the whole call. */
  view(model: Model): ComponentChild;
  /** Renders the call as one line above a chat. */
  bar(model: Model): ComponentChild;
  inWords(model: Model): CallInWords;
  dispose(): void;
}

/** The state of a call for the launcher, which doesn't know calls. */
export interface CallInWords {
  state: string;
  /** Duration of the conversation, once it has begun. */
  clock?: string;
}

export interface CallOwner {
  clock: Clock;
  send(message: ClientMessage): boolean;
  ready(): boolean;
  /** False once the visitor should know that the connection is lost. */
  isOnline(): boolean;
  wake(): void;
  changed(): void;
  tell(event: ContactEvent): void;
  /** The notice for the waiting visitor: the key of a text, or "". */
  notice(): keyof WidgetTexts | "";
  /** Number of chat messages that the visitor has not seen. */
  unread(): number;
  /** Show the chat next to the call, show the call again, or leave both. */
  chat(): void;
  show(): void;
  leave(): void;
  /** Leaves a message for the agent who could not be reached. */
  message(): void;
  /** Renders the rest of what a waiting visitor sees. */
  queueNotice(waiting: Waiting, model: Model): ChatNotice | undefined;
}

export interface CallRequest {
  agent: { id: string; name: string };
  visitor: string;
  /** Returns a new id. */
  contact: string;
  video: boolean;
}

import type { ComponentChild } from "preact";
import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { ErrorCode } from "@/lib/protocol/visitor/session_messages.ts";
import type { ContactEvent } from "../contacts_port.ts";
import type { Model } from "../view/model.ts";
import type { Call } from "./call_state.ts";

// The seam between chats and calls, which load when they are asked for.

/** One call, from the click to its end. */
export interface CallDesk {
  readonly running: boolean;
  readonly call: Call;
  hear(message: ContactMessage): void;
  refused(error: ErrorCode): void;
  linked(resumed: boolean): void;
  unlinked(): void;
  hangUp(): void;
  /** The whole call. */
  view(model: Model): ComponentChild;
  /** The call as one line, above a chat. */
  bar(model: Model): ComponentChild;
  dispose(): void;
}

export interface CallHost {
  clock: Clock;
  send(message: ClientMessage): boolean;
  ready(): boolean;
  wake(): void;
  changed(): void;
  tell(event: ContactEvent): void;
  /** What the visitor is told while it waits: the key of a text, or "". */
  notice(): keyof WidgetTexts | "";
  /** Shows the chat beside the call; the call again; neither. */
  chat(): void;
  show(): void;
  leave(): void;
}

export interface CallPlan {
  agent: { id: string; name: string };
  visitor: string;
  /** A new id. */
  contact: string;
  video: boolean;
}

import type { ComponentChild } from "preact";
import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import type { PageChat } from "../contact/chat_state.ts";
import type { Model } from "../view/model.ts";

// The interface between chats and the form for messages, which loads on demand.

/** The parts of the view of a chat that the form replaces. The field with the
 * text stays, with its cursor. */
export interface FormParts {
  /** In place of the lines of the chat. */
  lead: ComponentChild;
  /** Below the text, with the button that sends; absent once it is sent. */
  fields?: ComponentChild;
  /** True while the text can't be changed. */
  isSending: boolean;
  /** The problem to show, or "". */
  alert: keyof WidgetTexts | "";
}

/** The form for a message. */
export interface MessageForm {
  /** True while a message is being sent, or is sent and not yet left. */
  readonly isBusy: boolean;
  /** Undefined if there is nothing to store. */
  readonly memory: FormMemory | undefined;
  parts(chat: PageChat, model: Model): FormParts;
  /** Sends the message if all fields are valid. */
  send(): void;
  /** Receives every message of the service, not decoded. */
  hear(value: unknown): void;
  /** The service refused an unnamed message. */
  refused(): void;
  reconnected(): void;
  /** Begins another message. */
  reset(): void;
}

/** The data of the form that a tab stores. */
export interface FormMemory {
  reply: string;
  /** Id of the message that is being sent, or "". */
  id: string;
  /** True if the visitor has chosen the form. */
  chosen: boolean;
  /** The `slot` of {@linkcode FormFields}; other than a number for none. */
  slot?: unknown;
}

/** The functions of the surrounding panel that the form uses. */
export interface FormOwner {
  send(message: ClientMessage): boolean;
  ready(): boolean;
  /** Must be called when the view has changed. */
  changed(): void;
  newId(): string;
  /** Version of the consent text of the widget, or "", and the text with its
   * links. */
  consent(): string;
  consentText(): ComponentChild;
  chat(): PageChat | undefined;
  /** The text and the name, as the visitor enters them. */
  draft(): string;
  name(): string;
  /** True if text and name can be sent. */
  canSend(): boolean;
  /** Version of the consent text that the visitor has agreed to, or "". */
  agreed(): string;
  agree(version: string): void;
  /** True if the visitor has chosen the form. */
  chosen(): boolean;
  choose(): void;
  /** The message is stored, so its text is no draft any more. */
  sent(): void;
  /** Chats with an agent instead, with the same text. */
  chatWith(card: Info): void;
  /** Returns to the list of agents. */
  leave(): void;
}

/**
 * Types of `<contact-widget>` for pages that drive it from TypeScript. Served as
 * /widget.d.ts; copy it into your project, or refer to it:
 * `/// <reference path="./widget.d.ts" />`.
 */

interface ContactWidgetElement extends HTMLElement {
  /** The widget's id: 32 hex digits. */
  uuid: string;
  /** Address of the service; if absent, the one that serves the script. */
  server: string;
  /** Path of the visitors' socket; if absent, `/widgets/service`. */
  service: string;
  /** The visitor's name, which agents see from the next chat or call on. */
  name: string;

  /** Expands a sidebar, or shows the running chat or call again. */
  open(): void;
  /** Collapses it; a running chat or call continues. */
  close(): void;
  /** Opens a chat with an agent; without an id, with the first available one. */
  chat(id?: string): void;
  /** Calls an agent. Use it in a click handler, because browsers ask for the
   * microphone. */
  call(id?: string, options?: { video?: boolean }): void;
  hangup(): void;
  /** A language tag such as `de` or `pt-BR`. */
  setLanguage(lang: string): void;
  setVisitor(visitor: { name: string }): void;

  addEventListener<K extends keyof ContactWidgetEvents>(
    type: K,
    listener: (event: CustomEvent<ContactWidgetEvents[K]>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** Events of the element by name, with their `detail`. They bubble. */
interface ContactWidgetEvents {
  /** The service has answered; cards follow immediately. */
  "cw-ready": Record<never, never>;
  "cw-presence": {
    agent: string;
    presence: "online" | "away" | "busy" | "dnd" | "offline";
  };
  "cw-opened": Record<never, never>;
  "cw-closed": Record<never, never>;
  "cw-chat": {
    agent: string;
    state: "opening" | "notified" | "joined" | "over";
  };
  /** `unread`: messages that the visitor has not seen. */
  "cw-message": { from: "agent" | "visitor"; unread: number };
  /** `cause` (Q.850) is there for `ended`; 16 is a normal end. */
  "cw-call": {
    agent: string;
    state: "preparing" | "calling" | "alerting" | "connected" | "ended";
    cause?: number;
  };
}

interface HTMLElementTagNameMap {
  "contact-widget": ContactWidgetElement;
}

/** The events of the element for the host page. None of them crosses the border
 * of a shadow tree; `detail` is plain data. */
export interface WidgetEvents {
  /** The cards have loaded. */
  "cw-ready": Record<never, never>;
  /** An agent's presence has changed. */
  "cw-presence": { agent: string; presence: string };
  "cw-opened": Record<never, never>;
  "cw-closed": Record<never, never>;
  /** `opening`, `notified`, `joined`, `over`. */
  "cw-chat": { state: string; agent: string };
  /** `unread`: messages that the visitor has not seen. */
  "cw-message": { from: "agent" | "visitor"; unread: number };
  /** `preparing`, `calling`, `alerting`, `connected`, `ended` (with `cause`). */
  "cw-call": { state: string; agent: string; cause?: number };
}

/** Events for the host page, besides the widget's own. */
export type ContactEvent =
  | { type: "chat"; state: string; agent: string }
  | { type: "message"; from: "agent" | "visitor"; unread: number }
  | { type: "call"; state: string; agent: string; cause?: number };

/** Dispatches an event; an exception in a listener stays in the host page's
 * code. */
export function emit<K extends keyof WidgetEvents>(
  element: Element,
  name: K,
  detail: WidgetEvents[K],
): void {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

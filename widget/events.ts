/** What a page can listen to on the element. None of them bubbles out of a
 * shadow tree; `detail` is plain data. */
export interface WidgetEvents {
  /** Cards are there. */
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

/** Tells listeners; what one of them throws is the page's own matter. */
export function emit<K extends keyof WidgetEvents>(
  element: Element,
  name: K,
  detail: WidgetEvents[K],
): void {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

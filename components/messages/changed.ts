/** The event of the window after this page has changed a message. */
export const MESSAGES_CHANGED = "messages-changed";

import { PAGE_CLOSE } from "./page_close_codes.ts";

/**
 * Codes with which the service closes a visitor's socket (docs/protocol.md,
 * Refusals).
 */
export const CLOSE = {
  ...PAGE_CLOSE,
  /** Another instance continues the call or chat: reconnect soon, as after a
   * lost connection. */
  moved: 1001,
  /** A message is longer than `frameBytes`. */
  tooBig: 1009,
  /** A bug in the service; other clients are not affected. */
  internal: 1011,
  /** Too many unreadable messages. */
  badMessage: 4400,
  /** No Start arrived in time. */
  startTimeout: 4408,
  /** Too many requests. */
  rateLimited: 4429,
} as const;

/** Codes with which the service closes a socket before it has read a message. */
export const FRAME_CLOSE = {
  /** The bytes are not a WebSocket frame. */
  notAFrame: 1002,
  /** A binary frame: only text is accepted. */
  notText: 1003,
  /** The text is not UTF-8. */
  notUtf8: 1007,
  /** A message in too many fragments. */
  tooManyFragments: 1008,
} as const;

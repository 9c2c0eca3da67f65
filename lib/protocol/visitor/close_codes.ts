/**
 * Codes with which the service closes a visitor's socket (docs/protocol.md,
 * Refusals).
 */
export const CLOSE = {
  /** Another instance continues the call or chat: reconnect soon, as after a
   * lost connection. */
  moved: 1001,
  /** The service is stopping or restarting: reconnect after a random delay. */
  restart: 1012,
  /** A message is longer than `frameBytes`. */
  tooBig: 1009,
  /** A bug in the service; other clients are not affected. */
  internal: 1011,
  /** The service is full, or this page reads too slowly: reconnect later. */
  overload: 1013,
  /** Too many unreadable messages. */
  badMessage: 4400,
  /** The widget is not for this website. */
  originRefused: 4403,
  /** The widget does not exist or was deleted. */
  unknownWidget: 4404,
  /** No Start arrived in time. */
  startTimeout: 4408,
  /** Another socket took over the seat with its resume token. */
  replaced: 4409,
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

/** Codes after which a page must not reconnect automatically. */
export const FINAL_CODES: readonly number[] = [
  CLOSE.originRefused,
  CLOSE.unknownWidget,
  CLOSE.replaced,
];

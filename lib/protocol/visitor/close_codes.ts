/** Why the service closes a visitor's socket (docs/protocol.md, Refusals). */
export const CLOSE = {
  /** The service stops or restarts: come back, spread out. */
  restart: 1012,
  /** A message is longer than `frameBytes`. */
  tooBig: 1009,
  /** A mistake of ours: nobody else notices. */
  internal: 1011,
  /** Too full, or this page reads too slowly: come back later. */
  overload: 1013,
  /** Too many messages that cannot be read. */
  badMessage: 4400,
  /** The widget is not for this website. */
  originRefused: 4403,
  /** There is no such widget, or not any more. */
  unknownWidget: 4404,
  /** Nobody said Start in time. */
  startTimeout: 4408,
  /** The seat was taken over by another socket with its resume token. */
  replaced: 4409,
  /** Too much at once. */
  rateLimited: 4429,
} as const;

/** Codes after which a page must not come back by itself. */
export const FINAL_CODES: readonly number[] = [
  CLOSE.originRefused,
  CLOSE.unknownWidget,
  CLOSE.replaced,
];

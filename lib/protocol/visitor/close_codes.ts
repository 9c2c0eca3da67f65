/** Why the service closes a visitor's socket (visitor-protocol.md, Errors). */
export const CLOSE = {
  /** The service stops or restarts: come back, spread out. */
  restart: 1012,
  tooBig: 1009,
  /** A mistake of ours: nobody else notices. */
  internal: 1011,
  overload: 1013,
  badMessage: 4400,
  originRefused: 4403,
  unknownWidget: 4404,
  /** Nobody said Start in time. */
  startTimeout: 4408,
  /** The seat was taken over by another socket with its resume token. */
  replaced: 4409,
  rateLimited: 4429,
} as const;

/** Codes after which a page must not come back by itself. */
export const FINAL_CODES: readonly number[] = [
  CLOSE.originRefused,
  CLOSE.unknownWidget,
  CLOSE.replaced,
];

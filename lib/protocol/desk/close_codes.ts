/** Codes with which a desk's socket is closed. Codes below 4000 follow RFC
 * 6455. */
export const DESK_CLOSE = {
  /** Sent after `leave`. From a page no code has a meaning. */
  normal: 1000,
  tooBig: 1009,
  /** The service is stopping or restarting: reconnect after a random delay. */
  restart: 1012,
  /** The account has too many open desks. */
  overload: 1013,
  badMessage: 4400,
  /** The account or its session may have ended: reconnect, and the handshake
   * will show it. */
  signedOut: 4401,
  /** No hello arrived in time. */
  helloTimeout: 4408,
  /** The same page reconnected on another socket. */
  replaced: 4409,
  /** No message arrived for too long: a half-open connection. */
  silent: 4410,
  rateLimited: 4429,
} as const;

/** Why a desk's socket is closed. Codes below 4000 follow RFC 6455. */
export const DESK_CLOSE = {
  /** After `leave`. From a page it means nothing, as no other code does. */
  normal: 1000,
  tooBig: 1009,
  /** The service stops or restarts: come back, spread out. */
  restart: 1012,
  /** Too many desks of one account. */
  overload: 1013,
  badMessage: 4400,
  /** The account or its session may have ended: come back, the handshake tells. */
  signedOut: 4401,
  /** Nobody said hello in time. */
  helloTimeout: 4408,
  /** The same page came again on another socket. */
  replaced: 4409,
  /** Nothing was heard for too long: a half-open connection. */
  silent: 4410,
  rateLimited: 4429,
} as const;

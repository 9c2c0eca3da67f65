/** The Q.850 causes that the product uses, by their meaning here. */
export const CAUSE = {
  unallocated: 1,
  normal: 16,
  busy: 17,
  noResponse: 18,
  noAnswer: 19,
  rejected: 21,
  outOfOrder: 27,
  /** Nobody wrote in a chat for too long. */
  idle: 31,
  temporaryFailure: 41,
  mediaRefused: 88,
  timeout: 102,
} as const;

/** Another agent has answered. Separate, because the visitor's script has all of
 * the above. */
export const ANSWERED_ELSEWHERE = 26;

/** Another agent has the chat now, because this one has handed it over. */
export const HANDED_OVER = 23;

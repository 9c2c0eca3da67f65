/** All limits of the PBX bank. Lengths are in UTF-16 units. */
export const LIMITS = {
  /** Length of a message; a longer one closes the socket with 1009. */
  frameLength: 1_048_576,
  /** Before a genuine login no message needs more. */
  frameLengthBeforeLogin: 16_384,
  /** A peer that has not logged in after this number of messages is not a
   * PBX. */
  messagesBeforeLogin: 20,
  /** From the first byte to a genuine login. */
  loginWithinMs: 10_000,
  /** Silence between a login and PbxInfo, which a PBX sends immediately. A
   * client that is not a PBX can prolong it with KeepAlive. */
  welcomeSilenceMs: 180_000,
  /** Rejected logins of one App object from one address in `refusalWindowMs`,
   * after which it has to wait. */
  refusals: 5,
  /** The same for all App objects of one address together. */
  refusalsOfAddress: 50,
  refusalWindowMs: 60_000,
  refusalKeys: 2_000,
  /** Length of such a key: an address with the claimed domain, PBX and object. */
  refusalKeyLength: 400,
  /** Rejected addresses that the administrator sees. */
  refusalRows: 50,
  /** Time for an answer to a request. */
  answerWithinMs: 10_000,
  /** Pending subscriptions on one link. */
  subscribesAtOnce: 100,
  /** Time after which a rejected or unanswered subscription is tried again. */
  resubscribeMs: 60_000,
  /** Time for which an unused subscription is kept for a page that reloads. */
  lingerMs: 30_000,
  /** Time for which a lost link's presence is still shown, so that visitors
   * don't notice a quick reconnect. */
  linkGraceMs: 500,
  /** After a reconnect, unconfirmed states become offline after this time. */
  confirmWithinMs: 5_000,
  /** After a start, last known states are shown for this time, none as
   * online. */
  cachedForMs: 30_000,
  /** Time for the first reaction to a setup. */
  setupWithinMs: 15_000,
  /** Ringing without an answer. The bridge usually ends it much earlier. */
  ringMs: 180_000,
  /** Text of one chat message that arrives in several pieces. */
  chatLength: 20_000,
  /** HTML or text of one message that is read. The rest is dropped. */
  chatHtmlLength: 80_000,
  nameLength: 64,
  /** Users that are read for the search. */
  users: 20_000,
  /** Time for which the search's list of users is cached. */
  directoryMs: 60_000,
  /** Interval of reading queues, for which the PBX has to walk through all its
   * pseudo objects. */
  listingMs: 900_000,
  /** Interval of polling Boolean objects while one is needed. */
  booleanPollMs: 5_000,
  traceEntries: 1_000,
  /** Length of one message in the trace. */
  traceLength: 4_000,
  errors: 20,
} as const;

/** Every limit of the PBX bank: its name, its number. Lengths in UTF-16 units. */
export const LIMITS = {
  /** Of one message; more closes with 1009. */
  frameLength: 1_048_576,
  /** Before a good login nobody needs more. */
  frameLengthBeforeLogin: 16_384,
  /** A peer that has not logged in after so many messages is no PBX. */
  messagesBeforeLogin: 20,
  /** From the first byte to a good login. */
  loginWithinMs: 10_000,
  /** Silence after a login, until PbxInfo comes: a PBX sends it at once. What
   * is no PBX keeps its connection with KeepAlive. */
  welcomeSilenceMs: 180_000,
  /** Refused logins of one App object from one address in `refusalWindowMs`;
   * then it has to wait. */
  refusals: 5,
  /** The same of all that one address says it is. */
  refusalsOfAddress: 50,
  refusalWindowMs: 60_000,
  refusalKeys: 2_000,
  /** Refused addresses that the administrator is shown. */
  refusalRows: 50,
  /** An answer to a request. */
  answerWithinMs: 10_000,
  /** Subscriptions that are asked for and not answered, on one link. */
  subscribesAtOnce: 100,
  /** A refused or unanswered subscription is tried again. */
  resubscribeMs: 60_000,
  /** A subscription that nobody needs any more is kept for a page that reloads. */
  lingerMs: 30_000,
  /** A lost link's presence is still shown; a PBX that is back at once is not
   * seen at all. */
  linkGraceMs: 500,
  /** After a reconnect: what is not confirmed by then is offline. */
  confirmWithinMs: 5_000,
  /** After a start: last known states are shown, none as online. */
  cachedForMs: 30_000,
  /** A setup without any reaction. */
  setupWithinMs: 15_000,
  /** Ringing without an answer. The bridge usually ends it much earlier. */
  ringMs: 180_000,
  /** Text of one chat message that comes in several pieces. */
  chatLength: 20_000,
  /** HTML or text of one message that is read. What is longer loses its end. */
  chatHtmlLength: 80_000,
  nameLength: 64,
  /** Users that are read for the search. */
  users: 20_000,
  /** The search's list of users is used so long. */
  directoryMs: 60_000,
  /** Reading queues makes the PBX walk through all its pseudo objects. */
  listingMs: 900_000,
  /** Boolean objects are asked for so often while somebody needs one. */
  booleanPollMs: 5_000,
  traceEntries: 1_000,
  /** Of one message in the trace. */
  traceLength: 4_000,
  errors: 20,
} as const;

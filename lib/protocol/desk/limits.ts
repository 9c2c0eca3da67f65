import { LIMITS } from "../visitor/limits.ts";

/** All limits of the desk's protocol. Lengths are in UTF-16 units. */
export const DESK_LIMITS = {
  /** One WebSocket message; a longer one closes the socket with 1009. */
  frameLength: 65_536,
  sdpLength: 32_768,
  textLength: 4_000,
  /** The note with which an agent hands a chat over. */
  noteLength: 1_000,
  /** The name of a team. */
  teamLength: 64,
  /** The id of a page or of a message, which the page chooses. */
  idLength: 64,
  /** Messages of one socket in `windowMs`. */
  messagesPerWindow: LIMITS.messagesPerWindow,
  windowMs: LIMITS.windowMs,
  /** Unreadable messages after which the socket is closed with 4400. */
  badMessages: 5,
  /** Open pages (tabs, browsers) of one account. */
  pagesPerAccount: 20,
  /** A socket that hasn't sent hello within this time is closed with 4408. */
  helloWithinMs: 15_000,
  /** Interval of the service's pings, which the page answers immediately. */
  pingEveryMs: 15_000,
  /** A side that has received nothing for this long considers the socket
   * broken. */
  silentMs: 40_000,
  /** Ringing calls of one account; for another call the account is busy. */
  ringingCalls: 5,
  /** Ringing and running chats of one account; for another chat the account is
   * busy. */
  openChats: 50,
  /** Ended calls and chats that a desk still lists, for `endedKeepMs`. */
  endedKept: 30,
  endedKeepMs: 12 * 60 * 60 * 1_000,
  /** The last entries that are kept of an ended chat. */
  endedEntries: 500,
  /** Messages of one chat that the agent has written and the bridge has not
   * numbered; another one ends the chat. */
  unloggedLines: 1_000,
  /** Entries in one message. */
  entriesPerMessage: 10,
  /** Bytes that may wait for a slow page; more closes its socket. */
  bufferedBytes: 4 * 1_024 * 1_024,
  /** Call messages that wait for a page that lost its socket. */
  unheardMessages: 64,
} as const;

/** The version of this protocol, which `hello` and `welcome` contain. */
export const DESK_VERSION = 1;

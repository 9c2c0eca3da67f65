import { LIMITS } from "../visitor/limits.ts";

/** Every limit of the desk's wire: its name, its number. Lengths in UTF-16 units. */
export const DESK_LIMITS = {
  /** One WebSocket message; more closes with 1009. */
  frameLength: 65_536,
  sdpLength: 32_768,
  textLength: 4_000,
  /** An id made by a page: of itself, or of a message. */
  idLength: 64,
  /** Messages of one socket in `windowMs`. */
  messagesPerWindow: LIMITS.messagesPerWindow,
  windowMs: LIMITS.windowMs,
  /** Unreadable messages before the socket is closed with 4400. */
  badMessages: 5,
  /** Open desks (tabs, browsers) of one account. */
  pagesPerAccount: 10,
  /** A socket that has not said hello by then is closed with 4408. */
  helloWithinMs: 15_000,
  /** The service says ping so often; the page answers at once. */
  pingEveryMs: 15_000,
  /** Whoever has heard nothing for so long takes the socket for broken. */
  silentMs: 40_000,
  /** Ringing calls of one account; another is busy. */
  ringingCalls: 5,
  /** Chats of one account that ring or run; another is busy. */
  openChats: 50,
  /** Finished calls and chats that a desk still lists, for `endedKeepMs`. */
  endedKept: 30,
  endedKeepMs: 12 * 60 * 60 * 1_000,
  /** The last entries that are kept of a finished chat. */
  endedEntries: 500,
  /** Entries in one message. */
  entriesPerMessage: 10,
  /** Bytes that wait for a slow page before its socket is given up. */
  bufferedBytes: 4 * 1_024 * 1_024,
  /** Call messages that wait for a page that lost its socket. */
  unheardMessages: 64,
} as const;

/** The version of this wire; `hello` and `welcome` name it. */
export const DESK_VERSION = 1;

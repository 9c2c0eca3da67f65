import { PAGE_LIMITS } from "./page_limits.ts";

/** Every limit of the visitor's wire: its name, its number. Lengths in UTF-16 units. */
export const LIMITS = {
  ...PAGE_LIMITS,
  /** Bytes of one WebSocket message; more closes with 1009. */
  frameBytes: 65_536,
  sdpLength: 32_768,
  /** A message's own id, made by the page. */
  clientIdLength: 64,
  tokenLength: 128,
  /** Messages of one socket in `windowMs`; typing and the rest alike. The desk has
   * the same limit: the most that a page says in one go is after a lost socket,
   * and 100 pictures, or the state of 50 chats, are well below it. */
  messagesPerWindow: 300,
  windowMs: 10_000,
  /** Unreadable messages before the socket is closed with 4400. */
  badMessages: 5,
  /** Messages that a page may send before its Start is answered. */
  earlyMessages: 20,
  /** Bytes that wait for a page that does not read; more closes its socket. */
  unsentBytes: 1_048_576,
  /** Bytes that may wait for a page when the next picture is sent to it. */
  pictureRoomBytes: 262_144,
  /** So long none of them may leave before the socket is closed. */
  stalledMs: 20_000,
  /** Open sockets in all, and of pages that show one widget. */
  sockets: 50_000,
  socketsPerWidget: 20_000,
  /** Open sockets of one address. Many people may share one. */
  socketsPerAddress: 200,
  startsPerAddressPerMinute: 300,
  /** CreateCall and CreateChat together. */
  contactsPerMinute: 20,
  contactsPerAddressPerMinute: 120,
  /** Calls and chats of one address that ring or run at the same time, unless
   * CW_CONTACTS_PER_ADDRESS says otherwise. An IPv6 /48 may have four times as
   * many. Fewer than calls ring at one desk, so one address cannot occupy it. */
  contactsAtOncePerAddress: 4,
  /** Puzzles of one Challenge, solved one after the other. */
  puzzles: 8,
  /** Leading zeros of a puzzle's hashes while nobody hurries: 2^15 tries for all
   * puzzles together, a fraction of a second on a phone. And at most. */
  proofBits: 12,
  proofBitsMax: 17,
  /** Challenges of one address, and of one widget, in a minute that is calm;
   * each doubling of it doubles the work. */
  calmPerAddress: 5,
  calmPerWidget: 60,
  /** How long a Challenge may be answered, and its Proof be used, in ms. */
  proofForMs: 600_000,
  /** How long a call or chat waits for its Proof, in ms. */
  proofWithinMs: 60_000,
  /** What a page may send while it waits: messages, and characters of them. */
  heldMessages: 50,
  heldLength: 49_152,
  /** GetPicture for one agent on one socket. */
  picturesPerAgent: 3,
  /** A socket that has not said Start by then is closed with 4408. */
  startWithinMs: 15_000,
  /** How long a seat is kept for a page that lost its socket. */
  resumeWithinMs: 60_000,
  /** The same for those whose chat ran when the service was killed: their pages
   * may wait for a minute before they try again. */
  resumeAfterRestartMs: 120_000,
  /** From CreateCall to its offer, in ms. */
  offerWithinMs: 15_000,
  /** From the offer until the agent picks up, in ms. */
  answerWithinMs: 60_000,
  /** From then until the agent's answer is there: permission, devices. */
  mediaWithinMs: 60_000,
  /** From CreateChat until the agent joins, in ms. */
  joinWithinMs: 300_000,
  /** Entries of one chat, both sides together. */
  entriesPerChat: 5_000,
  /** Characters of one chat, both sides together. */
  charactersPerChat: 500_000,
} as const;

/** The version of the + members; a page that names one in Start knows them. */
export const PROTOCOL_VERSION = 1;

import { PAGE_LIMITS } from "./page_limits.ts";

/** All limits of the visitor's protocol. Lengths are in UTF-16 units. */
export const LIMITS = {
  ...PAGE_LIMITS,
  /**
   * Bytes of one WebSocket message; a longer one closes the socket with 1009.
   */
  frameBytes: 65_536,
  sdpLength: 32_768,
  /** Length of a message's id, which the page chooses. */
  clientIdLength: 64,
  tokenLength: 128,
  /**
   * Messages of one socket in `windowMs`, including typing. The desk has the
   * same limit. A page sends most after it lost its socket, and 100 pictures,
   * or the state of 50 chats, are well below the limit.
   */
  messagesPerWindow: 300,
  windowMs: 10_000,
  /** Unreadable messages after which the socket is closed with 4400. */
  badMessages: 5,
  /** Messages that a page may send before its Start is answered. */
  earlyMessages: 20,
  /**
   * Bytes that may wait for a page that isn't reading; more closes its socket.
   */
  unsentBytes: 1_048_576,
  /** Bytes that may wait for a page when the next picture is sent to it. */
  pictureRoomBytes: 262_144,
  /** Time without progress of these bytes after which the socket is closed. */
  stalledMs: 20_000,
  /** Open sockets in total, and for one widget. */
  sockets: 50_000,
  socketsPerWidget: 20_000,
  /** Open sockets of one address. Many people may share an address. */
  socketsPerAddress: 200,
  startsPerAddressPerMinute: 300,
  /** CreateCall and CreateChat together. */
  contactsPerMinute: 20,
  contactsPerAddressPerMinute: 120,
  /**
   * Calls and chats of one address that ring or run at the same time;
   * CW_CONTACTS_PER_ADDRESS overrides it. An IPv6 /48 may have four times as
   * many. A desk can have more ringing calls than this, so one address can't
   * block a desk.
   */
  contactsAtOncePerAddress: 4,
  /**
   * LeaveMessage of one socket in a minute, and of one address and one widget in
   * an hour.
   */
  leftPerMinute: 5,
  leftPerAddressPerHour: 20,
  leftPerWidgetPerHour: 300,
  /** GetCallbackTimes of one socket in a minute; more are not answered. */
  callbackTimesPerMinute: 20,
  /** Callbacks to one number in a day. */
  callbacksPerNumberPerDay: 3,
  /** Puzzles of one Challenge, solved one after the other. */
  puzzles: 8,
  /**
   * Leading zero bits of a puzzle's hashes at a normal request rate (2^15 tries
   * for all puzzles together, a fraction of a second on a phone), and the
   * maximum.
   */
  proofBits: 12,
  proofBitsMax: 17,
  /**
   * Challenges of one address, and of one widget, in a minute at a normal
   * request rate; each doubling of the rate doubles the work.
   */
  calmPerAddress: 5,
  calmPerWidget: 60,
  /** Time in which a Challenge can be answered and its Proof used, in ms. */
  proofForMs: 600_000,
  /** Time for which a call or chat waits for its Proof, in ms. */
  proofWithinMs: 60_000,
  /**
   * Messages that a page may send while it waits for its Proof, and their
   * characters.
   */
  heldMessages: 50,
  heldLength: 49_152,
  /** GetPicture requests for one agent on one socket. */
  picturesPerAgent: 3,
  /** A socket that hasn't sent Start within this time is closed with 4408. */
  startWithinMs: 15_000,
  /** Time for which a seat is kept after its page lost the socket. */
  resumeWithinMs: 60_000,
  /**
   * The same if the service was killed during a chat, because the page may wait
   * for a minute before it tries again.
   */
  resumeAfterRestartMs: 120_000,
  /** Time from CreateCall to its offer, in ms. */
  offerWithinMs: 15_000,
  /** Time from the offer until the agent picks up, in ms. */
  answerWithinMs: 60_000,
  /** The same if the agent's desk is closed and a device was notified: at
   * most. */
  ringMsMax: 120_000,
  /**
   * Time from then until the agent's answer arrives, including permission and
   * devices.
   */
  mediaWithinMs: 60_000,
  /** Time from CreateChat until the agent joins, in ms. */
  joinWithinMs: 300_000,
  /** Time in which another agent can accept a chat that is offered to them, in
   * ms. */
  acceptWithinMs: 20_000,
  /** Entries of one chat, both sides together. */
  entriesPerChat: 5_000,
  /** Characters of one chat, both sides together. */
  charactersPerChat: 500_000,
} as const;

/**
 * The version of the members marked +; a page that sends it in Start knows
 * them.
 */
export const PROTOCOL_VERSION = 1;

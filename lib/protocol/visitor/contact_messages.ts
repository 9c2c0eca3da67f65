import * as v from "valibot";
import { IceServers } from "@/lib/model/ice_servers.ts";

// The messages of the service about calls and chats. They are in a separate
// file, so that the widget loads it only when a visitor starts one.

export const IceConfig = v.object({
  mt: v.literal("IceConfig"),
  ...IceServers.entries,
  /** + The TURN servers follow in another IceConfig after a Proof. */
  turnAfterProof: v.exactOptional(v.boolean()),
});
export type IceConfig = v.InferOutput<typeof IceConfig>;

/** + Proof of work before a call or chat; see puzzle.ts. */
export const Challenge = v.object({
  mt: v.literal("Challenge"),
  seed: v.string(),
  bits: v.number(),
  count: v.number(),
});
export type Challenge = v.InferOutput<typeof Challenge>;

/** + The page's id of the call or chat; absent if it gave none. */
const contact = v.exactOptional(v.string());

/** + Of a call or chat that was refused because its `consent` names another text:
 * the version that the visitor has to agree to. */
const consent = v.exactOptional(v.string());

export const CallInfo = v.variant("state", [
  v.object({
    mt: v.literal("CallInfo"),
    state: v.literal("alerting"),
    contact,
  }),
  v.object({
    mt: v.literal("CallInfo"),
    state: v.literal("connected"),
    cmd: v.literal("SELECT"),
    sdp: v.string(),
    /** + Name of the person who answered, if it is not the called agent. */
    dn: v.exactOptional(v.string()),
    contact,
  }),
  v.object({
    mt: v.literal("CallInfo"),
    state: v.literal("terminated"),
    /** + Q.850. */
    cause: v.number(),
    contact,
    consent,
  }),
]);
export type CallInfo = v.InferOutput<typeof CallInfo>;

/** + Re-negotiation from the agent's side. */
export const ServerChannels = v.variant("cmd", [
  v.object({
    mt: v.literal("Channels"),
    cmd: v.literal("PROPOSAL"),
    sdp: v.string(),
    contact,
  }),
  v.object({
    mt: v.literal("Channels"),
    cmd: v.literal("SELECT"),
    sdp: v.string(),
    contact,
  }),
  v.object({ mt: v.literal("Channels"), cmd: v.literal("REQUEST"), contact }),
  v.object({ mt: v.literal("Channels"), cmd: v.literal("CLOSE"), contact }),
]);
export type ServerChannels = v.InferOutput<typeof ServerChannels>;

/** + The agent holds or resumes the call. The media directions in SDP say the
 * same. */
export const CallHold = v.object({
  mt: v.literal("CallHold"),
  held: v.boolean(),
  contact,
});

/** + The name of the new agent after a transfer. */
export const CallName = v.object({
  mt: v.literal("CallName"),
  dn: v.string(),
  contact,
});

/** + The agent hands the call over. REQUEST asks the page to open another
 * connection, number `peer`, and SELECT answers its offer. Until DONE the page
 * keeps the previous connection. CLOSE says that the call stays there, so the
 * page closes the other one. */
export const ServerCallMove = v.variant("cmd", [
  v.object({
    mt: v.literal("CallMove"),
    cmd: v.literal("REQUEST"),
    peer: v.number(),
    contact,
  }),
  v.object({
    mt: v.literal("CallMove"),
    cmd: v.literal("SELECT"),
    peer: v.number(),
    sdp: v.string(),
    contact,
  }),
  v.object({
    mt: v.literal("CallMove"),
    cmd: v.literal("DONE"),
    peer: v.number(),
    /** Name of the agent who has the call now. */
    dn: v.string(),
    contact,
  }),
  v.object({
    mt: v.literal("CallMove"),
    cmd: v.literal("CLOSE"),
    peer: v.number(),
    contact,
  }),
]);
export type ServerCallMove = v.InferOutput<typeof ServerCallMove>;

export const ChatInfo = v.variant("state", [
  v.object({
    mt: v.literal("ChatInfo"),
    state: v.literal("alerting"),
    contact,
  }),
  v.object({
    mt: v.literal("ChatInfo"),
    state: v.literal("connected"),
    /** Name of the agent who joined, if it is not the chosen agent. */
    dn: v.exactOptional(v.string()),
    contact,
  }),
  v.object({
    mt: v.literal("ChatInfo"),
    state: v.literal("terminated"),
    /** Q.850, as for calls. */
    cause: v.number(),
    contact,
    consent,
  }),
]);
export type ChatInfo = v.InferOutput<typeof ChatInfo>;

export const ChatAck = v.object({
  mt: v.literal("ChatAck"),
  id: v.string(),
  seq: v.number(),
  /** Seconds since 1970. */
  time: v.number(),
  contact,
});
export type ChatAck = v.InferOutput<typeof ChatAck>;

export const ServerChatMessage = v.object({
  mt: v.literal("ChatMessage"),
  seq: v.number(),
  text: v.string(),
  /** Seconds since 1970. */
  time: v.number(),
  /** On resume: the page's id of the visitor's own message. */
  own: v.exactOptional(v.string()),
  /** + Name of the agent, if it was written by a second agent. */
  dn: v.exactOptional(v.string()),
  contact,
});
export type ServerChatMessage = v.InferOutput<typeof ServerChatMessage>;

export const ServerChatTyping = v.object({
  mt: v.literal("ChatTyping"),
  typing: v.boolean(),
  /** + Name of the agent, if it is the second one. */
  dn: v.exactOptional(v.string()),
  contact,
});
export const ServerChatRead = v.object({
  mt: v.literal("ChatRead"),
  seq: v.number(),
  contact,
});

/** + A second agent has joined the chat. Without `dn`, that agent has left. */
export const ChatGuest = v.object({
  mt: v.literal("ChatGuest"),
  dn: v.exactOptional(v.string()),
  contact,
});

/** + Nobody writes in the chat, so it ends in `seconds`. Without them, it no
 * longer does. */
export const ChatIdle = v.object({
  mt: v.literal("ChatIdle"),
  seconds: v.exactOptional(v.number()),
  contact,
});

/** + The agents of a team are busy, so a call or chat waits for one of them. It
 * is sent whenever something changes, until the contact's `alerting`,
 * `connected` or `terminated`. */
export const QueueInfo = v.object({
  mt: v.literal("QueueInfo"),
  of: v.picklist(["call", "chat"]),
  /** The visitor's place, from 1. */
  position: v.number(),
  /** The estimated wait; absent if there is no estimate. */
  minutes: v.exactOptional(v.number()),
  contact,
});

/** + The answer to GetCallbackTimes. Times are seconds since 1970. */
export const CallbackTimes = v.object({
  mt: v.literal("CallbackTimes"),
  /** Starts of the slots that are free. */
  slots: v.array(v.number()),
  /** Length of a slot. */
  minutes: v.number(),
  /** Time at which a callback is due that is wanted as soon as possible; absent
   * for immediately. */
  soonAt: v.exactOptional(v.number()),
  /** True if the opening hours never open, so nobody can call. */
  never: v.exactOptional(v.boolean()),
});
export type CallbackTimes = v.InferOutput<typeof CallbackTimes>;

/** + A LeaveMessage is stored. */
export const MessageStored = v.object({
  mt: v.literal("MessageStored"),
  id: v.string(),
  /** The reference number for the visitor, such as `7KQ4-2XHD`. */
  number: v.string(),
});

/** + A LeaveMessage was refused; the page keeps the text. */
export const MessageRefused = v.object({
  mt: v.literal("MessageRefused"),
  id: v.string(),
  /** `bad-message` with `field`, `consent-outdated` with `consent`,
   * `rate-limited` with `retryAfter`, `proof-required` or `unavailable`. */
  error: v.string(),
  /** The field that the visitor has to correct: `reply` or `text`; for a callback
   * also `country` if the number cannot be called, and `callback` if the slot is
   * not free. */
  field: v.exactOptional(v.string()),
  /** Seconds until a new try makes sense. */
  retryAfter: v.exactOptional(v.number()),
  /** The version of the text that the visitor has to agree to. */
  consent: v.exactOptional(v.string()),
});
export type MessageRefused = v.InferOutput<typeof MessageRefused>;
/** + The page shows its token on the tab's next pages, too. */
export const KeepSeat = v.object({ mt: v.literal("KeepSeat"), contact });

export const ContactMessage = v.variant("mt", [
  IceConfig,
  Challenge,
  CallInfo,
  ServerChannels,
  CallHold,
  CallName,
  ServerCallMove,
  ChatInfo,
  ChatAck,
  ServerChatMessage,
  ServerChatTyping,
  ServerChatRead,
  ChatIdle,
  ChatGuest,
  QueueInfo,
  CallbackTimes,
  MessageStored,
  MessageRefused,
  KeepSeat,
]);
export type ContactMessage = v.InferOutput<typeof ContactMessage>;

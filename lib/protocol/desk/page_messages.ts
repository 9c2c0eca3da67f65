import * as v from "valibot";
import { manyLines } from "@/lib/base/plain_text.ts";
import { ADDRESS_LENGTH_MAX } from "@/lib/model/address.ts";
import { Presence } from "@/lib/model/presence.ts";
import { DESK_LIMITS } from "./limits.ts";

// The messages of an agent's page. `call` and `chat` are ids from the service.
// Messages about a running call have a number `n`, counted by the page from 1
// per call. After a lost connection the page repeats messages that were not
// received, and the service processes each once. Unknown members are ignored,
// because during an upgrade the page may be of a later version (D20).

const Id = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(DESK_LIMITS.idLength),
);
const ContactId = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const N = v.pipe(v.number(), v.integer(), v.minValue(1));
const Sdp = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(DESK_LIMITS.sdpLength),
);

/** A message for the colleague; visitors never see it. */
const Note = v.pipe(
  v.string(),
  v.transform(manyLines),
  v.maxLength(DESK_LIMITS.noteLength),
);

/** An offer, an answer, a request for an offer, or the end of all media. */
export const Media = v.variant("cmd", [
  v.object({ cmd: v.literal("PROPOSAL"), sdp: Sdp }),
  v.object({ cmd: v.literal("SELECT"), sdp: Sdp }),
  v.object({ cmd: v.literal("REQUEST") }),
  v.object({ cmd: v.literal("CLOSE") }),
]);
export type Media = v.InferOutput<typeof Media>;

/** The first message on each socket: the page, and the state that it has
 * already. */
export const Hello = v.object({
  type: v.literal("hello"),
  v: N,
  /** Created when the page is loaded; the same after a lost socket. */
  page: Id,
  /** Calls that this page took, with the last `n` it received. */
  calls: v.pipe(
    v.array(v.object({ call: ContactId, heard: Count })),
    v.maxLength(10),
  ),
  /** Chats that this page shows, with the last `seq` it has. */
  chats: v.pipe(
    v.array(v.object({ chat: ContactId, seq: Count })),
    v.maxLength(DESK_LIMITS.openChats + DESK_LIMITS.endedKept),
  ),
});
export type Hello = v.InferOutput<typeof Hello>;

/** The last message on a socket: the page is being closed or reloaded. A close
 * code cannot say that, because a proxy closes with its own code. */
const Leave = v.object({
  type: v.literal("leave"),
  /** True if another page of the agent follows in this tab. */
  moves: v.exactOptional(v.boolean()),
});

/** The browser is about to load another page of the agent in this tab. Firefox
 * closes the socket before the page could send leave. */
const Moving = v.object({ type: v.literal("moving") });

/** The agent's choice; visitors may see another presence (`presence`). */
const Choose = v.object({
  type: v.literal("choose"),
  presence: Presence,
});
/** The page shows this call or chat and rings. */
const Ringing = v.object({
  type: v.literal("ringing"),
  contact: ContactId,
});
const GetIce = v.object({ type: v.literal("get-ice") });
const Ping = v.object({ type: v.literal("ping") });
const Pong = v.object({ type: v.literal("pong") });

/** The agent picks up, so no other page can take the call. The answer
 * follows. */
const CallTake = v.object({
  type: v.literal("call-take"),
  call: ContactId,
  n: N,
});
const CallAnswer = v.object({
  type: v.literal("call-answer"),
  call: ContactId,
  n: N,
  sdp: Sdp,
});
const CallDecline = v.object({
  type: v.literal("call-decline"),
  call: ContactId,
});
const CallHangUp = v.object({
  type: v.literal("call-hang-up"),
  call: ContactId,
  n: N,
  /** True if a device or the media failed, and not the agent ended the call. */
  trouble: v.exactOptional(v.boolean()),
});
const CallMedia = v.object({
  type: v.literal("call-media"),
  call: ContactId,
  n: N,
  media: Media,
});
const CallHold = v.object({
  type: v.literal("call-hold"),
  call: ContactId,
  n: N,
  held: v.boolean(),
});

/** The agent hands the call over to the colleague with the address `to`.
 * `handover` is the page's id of it. */
const CallHandOver = v.object({
  type: v.literal("call-hand-over"),
  call: ContactId,
  n: N,
  handover: Id,
  to: v.pipe(v.string(), v.minLength(1), v.maxLength(ADDRESS_LENGTH_MAX)),
  note: Note,
});
/** The agent keeps the call after all. */
const CallWithdraw = v.object({
  type: v.literal("call-withdraw"),
  call: ContactId,
  n: N,
});

const ChatJoin = v.object({
  type: v.literal("chat-join"),
  chat: ContactId,
});
const ChatDecline = v.object({
  type: v.literal("chat-decline"),
  chat: ContactId,
});
/** `id` makes a repetition harmless; the entry contains it. */
const ChatMessage = v.object({
  type: v.literal("chat-message"),
  chat: ContactId,
  id: Id,
  text: v.pipe(
    v.string(),
    v.transform(manyLines),
    v.minLength(1),
    v.maxLength(DESK_LIMITS.textLength),
  ),
});
const ChatTyping = v.object({
  type: v.literal("chat-typing"),
  chat: ContactId,
  typing: v.boolean(),
});
/** The agent has read up to `seq`. */
const ChatRead = v.object({
  type: v.literal("chat-read"),
  chat: ContactId,
  seq: Count,
});
/** The agent wants to keep a chat that would end because nobody writes. */
const ChatKeep = v.object({
  type: v.literal("chat-keep"),
  chat: ContactId,
});
/** The agent hands the chat over to the colleague, the team or the agent at a PBX
 * with the address `to`. `id` makes a repetition harmless. */
const ChatHandOver = v.object({
  type: v.literal("chat-hand-over"),
  chat: ContactId,
  id: Id,
  to: v.pipe(v.string(), v.minLength(1), v.maxLength(ADDRESS_LENGTH_MAX)),
  /** Name of the team or agent, if `to` is a team, or an agent at a PBX, of the
   * chat's widget. */
  team: v.exactOptional(
    v.pipe(v.string(), v.minLength(1), v.maxLength(DESK_LIMITS.teamLength)),
  ),
  note: Note,
});
/** The agent invites the colleague with the address `to`, and keeps the chat. */
const ChatInvite = v.object({
  type: v.literal("chat-invite"),
  chat: ContactId,
  id: Id,
  to: v.pipe(v.string(), v.minLength(1), v.maxLength(ADDRESS_LENGTH_MAX)),
  /** A message for the colleague; visitors never see it. */
  note: v.pipe(
    v.string(),
    v.transform(manyLines),
    v.maxLength(DESK_LIMITS.noteLength),
  ),
});
/** The agent keeps the chat after all. */
const ChatWithdraw = v.object({
  type: v.literal("chat-withdraw"),
  chat: ContactId,
});
const ChatLeave = v.object({
  type: v.literal("chat-leave"),
  chat: ContactId,
});

export const CallPageMessage = v.variant("type", [
  CallTake,
  CallAnswer,
  CallDecline,
  CallHangUp,
  CallMedia,
  CallHold,
  CallHandOver,
  CallWithdraw,
]);
export type CallPageMessage = v.InferOutput<typeof CallPageMessage>;

export const ChatPageMessage = v.variant("type", [
  ChatJoin,
  ChatDecline,
  ChatMessage,
  ChatTyping,
  ChatRead,
  ChatKeep,
  ChatHandOver,
  ChatInvite,
  ChatWithdraw,
  ChatLeave,
]);
export type ChatPageMessage = v.InferOutput<typeof ChatPageMessage>;

export const PageMessage = v.variant("type", [
  Hello,
  Leave,
  Moving,
  Choose,
  Ringing,
  GetIce,
  Ping,
  Pong,
  CallPageMessage,
  ChatPageMessage,
]);
export type PageMessage = v.InferOutput<typeof PageMessage>;

import * as v from "valibot";
import { manyLines } from "@/lib/base/plain_text.ts";
import { Presence } from "@/lib/model/presence.ts";
import { DESK_LIMITS } from "./limits.ts";

// What an agent's page may say. `call` and `chat` are ids that the service gave.
// Messages about a running call carry `n`, counted by the page from 1 per call:
// what was not heard before a cut is said again and taken once.

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

/** An offer, an answer, a wish for an offer, the end of all media. */
export const Media = v.variant("cmd", [
  v.strictObject({ cmd: v.literal("PROPOSAL"), sdp: Sdp }),
  v.strictObject({ cmd: v.literal("SELECT"), sdp: Sdp }),
  v.strictObject({ cmd: v.literal("REQUEST") }),
  v.strictObject({ cmd: v.literal("CLOSE") }),
]);
export type Media = v.InferOutput<typeof Media>;

/** First on each socket: who comes, and what it has already. */
export const Hello = v.strictObject({
  type: v.literal("hello"),
  v: N,
  /** Made by the page when it is loaded; the same after a lost socket. */
  page: Id,
  /** Calls that this page took, with the last `n` it heard. */
  calls: v.pipe(
    v.array(v.strictObject({ call: ContactId, heard: Count })),
    v.maxLength(10),
  ),
  /** Chats that this page shows, with the last `seq` it has. */
  chats: v.pipe(
    v.array(v.strictObject({ chat: ContactId, seq: Count })),
    v.maxLength(DESK_LIMITS.openChats + DESK_LIMITS.endedKept),
  ),
});
export type Hello = v.InferOutput<typeof Hello>;

/** Last on a socket: the page is closed or reloaded. A close code cannot say that,
 * because a proxy closes with its own. */
const Leave = v.strictObject({ type: v.literal("leave") });

/** The agent chooses; what visitors see may differ (`presence`). */
const Choose = v.strictObject({
  type: v.literal("choose"),
  presence: Presence,
});
/** The page shows this call or chat and rings. */
const Ringing = v.strictObject({
  type: v.literal("ringing"),
  contact: ContactId,
});
const GetIce = v.strictObject({ type: v.literal("get-ice") });
const Ping = v.strictObject({ type: v.literal("ping") });
const Pong = v.strictObject({ type: v.literal("pong") });

/** The agent picks up: no other page may any more. The answer follows. */
const CallTake = v.strictObject({
  type: v.literal("call-take"),
  call: ContactId,
  n: N,
});
const CallAnswer = v.strictObject({
  type: v.literal("call-answer"),
  call: ContactId,
  n: N,
  sdp: Sdp,
});
const CallDecline = v.strictObject({
  type: v.literal("call-decline"),
  call: ContactId,
});
const CallHangUp = v.strictObject({
  type: v.literal("call-hang-up"),
  call: ContactId,
  n: N,
  /** Why, if it is not the agent's wish: no device, or media failed. */
  trouble: v.exactOptional(v.boolean()),
});
const CallMedia = v.strictObject({
  type: v.literal("call-media"),
  call: ContactId,
  n: N,
  media: Media,
});
const CallHold = v.strictObject({
  type: v.literal("call-hold"),
  call: ContactId,
  n: N,
  held: v.boolean(),
});

const ChatJoin = v.strictObject({
  type: v.literal("chat-join"),
  chat: ContactId,
});
const ChatDecline = v.strictObject({
  type: v.literal("chat-decline"),
  chat: ContactId,
});
/** `id` makes a repeated send harmless; it comes back in the entry. */
const ChatMessage = v.strictObject({
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
const ChatTyping = v.strictObject({
  type: v.literal("chat-typing"),
  chat: ContactId,
  typing: v.boolean(),
});
/** The agent has read up to `seq`. */
const ChatRead = v.strictObject({
  type: v.literal("chat-read"),
  chat: ContactId,
  seq: Count,
});
const ChatLeave = v.strictObject({
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
]);
export type CallPageMessage = v.InferOutput<typeof CallPageMessage>;

export const ChatPageMessage = v.variant("type", [
  ChatJoin,
  ChatDecline,
  ChatMessage,
  ChatTyping,
  ChatRead,
  ChatLeave,
]);
export type ChatPageMessage = v.InferOutput<typeof ChatPageMessage>;

export const PageMessage = v.variant("type", [
  Hello,
  Leave,
  Choose,
  Ringing,
  GetIce,
  Ping,
  Pong,
  CallPageMessage,
  ChatPageMessage,
]);
export type PageMessage = v.InferOutput<typeof PageMessage>;

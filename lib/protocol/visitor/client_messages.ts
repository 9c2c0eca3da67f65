import * as v from "valibot";
import { manyLines, oneLine } from "@/lib/base/plain_text.ts";
import { Address } from "@/lib/model/address.ts";
import { LanguageTag, WidgetUuid } from "@/lib/model/widget.ts";
import { LIMITS } from "./limits.ts";

// The messages of a page. Unknown members are removed, so that older and newer
// pages work; the codec rejects unknown types.

const TEXT = "must be a text";
const NUMBER = "must be a whole number";

const atMost = (length: number) =>
  v.pipe(
    v.string(TEXT),
    v.maxLength(length, `must have at most ${length} characters`),
  );
const filled = (length: number) =>
  v.pipe(atMost(length), v.minLength(1, "must not be empty"));
const integer = (least: number) =>
  v.pipe(
    v.number(NUMBER),
    v.safeInteger(NUMBER),
    v.minValue(least, `must be at least ${least}`),
  );

const Sdp = filled(LIMITS.sdpLength);
const ClientId = filled(LIMITS.clientIdLength);
/**
 * + The page's own id of a call or chat. Every message of the service about
 * that contact contains it, so that a page can recognize a late message of an
 * earlier one.
 */
const ContactId = v.exactOptional(ClientId);
/** A single-line text that an agent reads, without hidden characters (V43). */
const shown = (length: number) =>
  v.pipe(
    v.string(TEXT),
    v.transform(oneLine),
    v.maxLength(length, `must have at most ${length} characters`),
  );
const VisitorName = shown(LIMITS.nameLength);

/** + The visitor's page; sent only with a chat or call, and only if the widget
 * allows it. */
export const VisitorPage = v.object({
  url: atMost(LIMITS.urlLength),
  title: shown(LIMITS.titleLength),
  referrer: atMost(LIMITS.urlLength),
});
export type VisitorPage = v.InferOutput<typeof VisitorPage>;

/** + `consentVersion` of the text that the visitor has agreed to. */
const ConsentVersion = v.pipe(
  v.string(TEXT),
  v.regex(/^[0-9a-f]{16}$/, "must be 16 hex digits"),
);

export const Start = v.object({
  mt: v.literal("Start"),
  uuid: v.message(WidgetUuid, "must be 32 hex digits, lower case"),
  /** + The visitor's language; used if the widget allows it and the text
   * exists. */
  lang: v.exactOptional(LanguageTag),
  /** + The token of an earlier Session. */
  resume: v.exactOptional(atMost(LIMITS.tokenLength)),
  /** + With `resume`: the last chat `seq` that the page has; 0 for none. */
  seq: v.exactOptional(integer(0)),
  /** + With `resume`: the `contact` of the page's call and chat, if the service
   * has answered them. */
  call: ContactId,
  chat: ContactId,
  /** + {@linkcode PROTOCOL_VERSION} of the page. */
  v: v.exactOptional(integer(1)),
});

export const GetPicture = v.object({
  mt: v.literal("GetPicture"),
  id: Address,
});
/** + The visitor has opened the widget. It is counted, and not answered. */
export const Opened = v.object({ mt: v.literal("Opened") });
/** + Sent when the visitor presses call, by a page with `v` in its Start. */
export const GetIceConfig = v.object({ mt: v.literal("GetIceConfig") });

/**
 * + Sent when the visitor is about to call or write, if Session has `proof`.
 */
export const GetChallenge = v.object({ mt: v.literal("GetChallenge") });
const Nonce = v.pipe(integer(0), v.maxValue(2 ** 32 - 1, "must be below 2^32"));
/** + The answer to a Challenge; see puzzle.ts. */
export const Proof = v.object({
  mt: v.literal("Proof"),
  seed: v.pipe(
    v.string(TEXT),
    v.regex(/^[0-9a-f]{32}$/, "must be 32 hex digits, lower case"),
  ),
  nonces: v.pipe(
    v.array(Nonce, "must be a list"),
    v.maxLength(LIMITS.puzzles, `must be at most ${LIMITS.puzzles} numbers`),
  ),
});
export type Proof = v.InferOutput<typeof Proof>;

export const CreateCall = v.object({
  mt: v.literal("CreateCall"),
  dest: Address,
  dn: VisitorName,
  page: v.exactOptional(VisitorPage),
  consent: v.exactOptional(ConsentVersion),
  contact: ContactId,
});
/** + Number of the page's peer connection after a handover; absent for the first
 * one. */
const Peer = v.exactOptional(integer(1));
export const ChannelsMessage = v.variant("cmd", [
  v.object({
    mt: v.literal("Channels"),
    cmd: v.literal("PROPOSAL"),
    sdp: Sdp,
    contact: ContactId,
    peer: Peer,
  }),
  v.object({
    mt: v.literal("Channels"),
    cmd: v.literal("SELECT"),
    sdp: Sdp,
    contact: ContactId,
    peer: Peer,
  }),
  v.object({
    mt: v.literal("Channels"),
    cmd: v.literal("REQUEST"),
    contact: ContactId,
    peer: Peer,
  }),
  v.object({
    mt: v.literal("Channels"),
    cmd: v.literal("CLOSE"),
    contact: ContactId,
    peer: Peer,
  }),
]);
export type ChannelsMessage = v.InferOutput<typeof ChannelsMessage>;
/** + The answer to CallMove of the service: the offer of another peer connection,
 * then that media can flow over it. */
export const CallMoveMessage = v.variant("cmd", [
  v.object({
    mt: v.literal("CallMove"),
    cmd: v.literal("PROPOSAL"),
    peer: integer(1),
    sdp: Sdp,
    contact: ContactId,
  }),
  v.object({
    mt: v.literal("CallMove"),
    cmd: v.literal("READY"),
    peer: integer(1),
    contact: ContactId,
  }),
]);
export type CallMoveMessage = v.InferOutput<typeof CallMoveMessage>;
/**
 * + Keys pressed during a call. A desk shows them. A PBX receives them as
 * events in the audio, which a page sends itself if its SDP has
 * `telephone-event`.
 */
export const Dtmf = v.object({
  mt: v.literal("Dtmf"),
  digits: v.pipe(
    v.string(TEXT),
    v.regex(/^[0-9*#A-D]{1,32}$/, "must be 1 to 32 of 0-9 * # A-D"),
  ),
});
export const ClearCall = v.object({ mt: v.literal("ClearCall") });

export const CreateChat = v.object({
  mt: v.literal("CreateChat"),
  dest: Address,
  dn: VisitorName,
  page: v.exactOptional(VisitorPage),
  consent: v.exactOptional(ConsentVersion),
  contact: ContactId,
});
/** A text of several lines that an agent reads, without hidden characters
 * (V43). */
const Said = v.pipe(
  v.string(TEXT),
  v.transform(manyLines),
  v.maxLength(
    LIMITS.textLength,
    `must have at most ${LIMITS.textLength} characters`,
  ),
  v.minLength(1, "must not be empty"),
);
export const ChatMessage = v.object({
  mt: v.literal("ChatMessage"),
  id: ClientId,
  text: Said,
  contact: ContactId,
});
export const ChatTyping = v.object({
  mt: v.literal("ChatTyping"),
  typing: v.boolean("must be true or false"),
});
export const ChatRead = v.object({
  mt: v.literal("ChatRead"),
  seq: integer(0),
});
/** + The visitor wants to keep a chat that would end because nobody writes. */
export const KeepChat = v.object({ mt: v.literal("KeepChat") });
export const ClearChat = v.object({ mt: v.literal("ClearChat") });

/** + Asks for the times at which the visitor can be called. */
export const GetCallbackTimes = v.object({
  mt: v.literal("GetCallbackTimes"),
  /** The agent to whom the visitor writes; absent for none in particular. */
  dest: v.exactOptional(Address),
});
export type GetCallbackTimes = v.InferOutput<typeof GetCallbackTimes>;

/**
 * + A message for later, when nobody can be reached. It can be sent again until
 * it is answered, because the same `id` is stored once.
 */
export const LeaveMessage = v.object({
  mt: v.literal("LeaveMessage"),
  id: ClientId,
  /** The agent to whom the visitor writes; absent for none in particular. */
  dest: v.exactOptional(Address),
  dn: VisitorName,
  /** The visitor's e-mail address or telephone number. */
  reply: shown(LIMITS.replyLength),
  text: Said,
  page: v.exactOptional(VisitorPage),
  consent: v.exactOptional(ConsentVersion),
  /** + The visitor wants to be called; then `reply` is the number. */
  callback: v.exactOptional(v.object({
    /** Start of the chosen slot, in seconds since 1970; absent for as soon as
     * possible. */
    at: v.exactOptional(integer(0)),
  })),
});
export type LeaveMessage = v.InferOutput<typeof LeaveMessage>;

export const ClientMessage = v.variant("mt", [
  Start,
  GetPicture,
  Opened,
  GetIceConfig,
  GetChallenge,
  Proof,
  CreateCall,
  ChannelsMessage,
  CallMoveMessage,
  Dtmf,
  ClearCall,
  CreateChat,
  ChatMessage,
  ChatTyping,
  ChatRead,
  KeepChat,
  ClearChat,
  GetCallbackTimes,
  LeaveMessage,
]);
export type ClientMessage = v.InferOutput<typeof ClientMessage>;

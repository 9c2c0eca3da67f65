import * as v from "valibot";
import { manyLines, oneLine } from "@/lib/base/plain_text.ts";
import { Address } from "@/lib/model/address.ts";
import { LanguageTag, WidgetUuid } from "@/lib/model/widget.ts";
import { LIMITS } from "./limits.ts";

// What a page may say. Unknown members are left out, so that older and newer
// pages work; unknown types are refused by the codec.

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
/** + The page's own id of a call or chat. The service names it in all that it says
 * about that contact, so that a page can tell a late message of an earlier one. */
const ContactId = v.exactOptional(ClientId);
/** One line that an agent reads, without hidden characters (V43). */
const shown = (length: number) =>
  v.pipe(
    v.string(TEXT),
    v.transform(oneLine),
    v.maxLength(length, `must have at most ${length} characters`),
  );
const VisitorName = shown(LIMITS.nameLength);

/** + Where the visitor is; sent only with a chat or call, and if the widget says so. */
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
  /** + The visitor's wish; taken if the widget allows it and the text exists. */
  lang: v.exactOptional(LanguageTag),
  /** + The token of an earlier Session. */
  resume: v.exactOptional(atMost(LIMITS.tokenLength)),
  /** + With `resume`: the last chat `seq` that the page has; 0 for none. */
  seq: v.exactOptional(integer(0)),
  /** + With `resume`: the `contact` of the call, and of the chat, that the page
   * has and the service has answered. */
  call: ContactId,
  chat: ContactId,
  /** + {@linkcode PROTOCOL_VERSION} of the page. */
  v: v.exactOptional(integer(1)),
});

export const GetPicture = v.object({
  mt: v.literal("GetPicture"),
  id: Address,
});
/** + The visitor has opened the widget: it is counted, and not answered. */
export const Opened = v.object({ mt: v.literal("Opened") });
/** + Asked when the visitor presses call, by a page that said `v` in Start. */
export const GetIceConfig = v.object({ mt: v.literal("GetIceConfig") });

/** + Asked when the visitor is about to call or write, where Session says `proof`. */
export const GetChallenge = v.object({ mt: v.literal("GetChallenge") });
const Nonce = v.pipe(integer(0), v.maxValue(2 ** 32 - 1, "must be below 2^32"));
/** + The answer to a Challenge: puzzle.ts. */
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
export const Channels = v.variant("cmd", [
  v.object({
    mt: v.literal("Channels"),
    cmd: v.literal("PROPOSAL"),
    sdp: Sdp,
    contact: ContactId,
  }),
  v.object({
    mt: v.literal("Channels"),
    cmd: v.literal("SELECT"),
    sdp: Sdp,
    contact: ContactId,
  }),
  v.object({
    mt: v.literal("Channels"),
    cmd: v.literal("REQUEST"),
    contact: ContactId,
  }),
  v.object({
    mt: v.literal("Channels"),
    cmd: v.literal("CLOSE"),
    contact: ContactId,
  }),
]);
export type Channels = v.InferOutput<typeof Channels>;
/**
 * + Keys pressed during a call. A desk shows them; a PBX gets them as events in
 * the sound, which a page sends itself if its SDP has `telephone-event`.
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
export const ChatMessage = v.object({
  mt: v.literal("ChatMessage"),
  id: ClientId,
  text: v.pipe(
    v.string(TEXT),
    v.transform(manyLines),
    v.maxLength(
      LIMITS.textLength,
      `must have at most ${LIMITS.textLength} characters`,
    ),
    v.minLength(1, "must not be empty"),
  ),
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
export const ClearChat = v.object({ mt: v.literal("ClearChat") });

export const ClientMessage = v.variant("mt", [
  Start,
  GetPicture,
  Opened,
  GetIceConfig,
  GetChallenge,
  Proof,
  CreateCall,
  Channels,
  Dtmf,
  ClearCall,
  CreateChat,
  ChatMessage,
  ChatTyping,
  ChatRead,
  ClearChat,
]);
export type ClientMessage = v.InferOutput<typeof ClientMessage>;

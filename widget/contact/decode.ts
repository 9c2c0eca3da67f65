import type {
  CallInfo,
  ChatInfo,
  ContactMessage,
  ServerCallMove,
  ServerChannels,
} from "@/lib/protocol/visitor/contact_messages.ts";
import { flag, number, object, oneOf, text, variant } from "../decode_parts.ts";

// Decodes the messages about calls and chats. Accepts exactly what the schemas
// in contact_messages.ts accept.

/** The others are about the form (inquiry/decode.ts). */
type PageMessage = Exclude<
  ContactMessage,
  { mt: "CallbackTimes" | "MessageStored" | "MessageRefused" }
>;
type Of<M> = Omit<Extract<PageMessage, { mt: M }>, "mt">;
type Plain<T> = T extends unknown ? Omit<T, "mt"> : never;

interface Named {
  contact?: string;
}
/** The optional member of every message about a call or chat. */
const named = { contact: text };
const sdp = object<{ sdp: string } & Named>({ sdp: text }, named);
/** Of messages about another peer connection. */
const peer = { peer: number };
const onlyPeer = object<{ peer: number } & Named>(peer, named);
const nothing = object<Named>({}, named);
const cause = object<{ cause: number; consent?: string } & Named>(
  { cause: number },
  { consent: text, ...named },
);

const contactMessage = variant<PageMessage, "mt">("mt", {
  IceConfig: object<Of<"IceConfig">>({ stun: text, turn: text }, {
    turnUsr: text,
    turnPwd: text,
    ttl: number,
    transport: oneOf(["udp", "tcp", "tls"]),
    turnAfterProof: flag,
  }),
  Challenge: object<Of<"Challenge">>({
    seed: text,
    bits: number,
    count: number,
  }),
  CallInfo: variant<Plain<CallInfo>, "state">("state", {
    alerting: nothing,
    connected: object<Omit<Extract<CallInfo, { cmd: string }>, "mt" | "state">>(
      { cmd: oneOf(["SELECT"]), sdp: text },
      { dn: text, ...named },
    ),
    terminated: cause,
  }),
  Channels: variant<Plain<ServerChannels>, "cmd">("cmd", {
    PROPOSAL: sdp,
    SELECT: sdp,
    REQUEST: nothing,
    CLOSE: nothing,
  }),
  CallHold: object<Of<"CallHold">>({ held: flag }, named),
  CallName: object<Of<"CallName">>({ dn: text }, named),
  CallMove: variant<Plain<ServerCallMove>, "cmd">("cmd", {
    REQUEST: onlyPeer,
    SELECT: object<{ peer: number; sdp: string } & Named>(
      { ...peer, sdp: text },
      named,
    ),
    DONE: object<{ peer: number; dn: string } & Named>(
      { ...peer, dn: text },
      named,
    ),
    CLOSE: onlyPeer,
  }),
  ChatInfo: variant<Plain<ChatInfo>, "state">("state", {
    alerting: nothing,
    connected: object<{ dn?: string } & Named>({}, { dn: text, ...named }),
    terminated: cause,
  }),
  ChatAck: object<Of<"ChatAck">>(
    { id: text, seq: number, time: number },
    named,
  ),
  ChatMessage: object<Of<"ChatMessage">>({
    seq: number,
    text,
    time: number,
  }, { own: text, dn: text, ...named }),
  ChatTyping: object<Of<"ChatTyping">>({ typing: flag }, {
    dn: text,
    ...named,
  }),
  ChatRead: object<Of<"ChatRead">>({ seq: number }, named),
  KeepSeat: nothing,
  ChatGuest: object<Of<"ChatGuest">>({}, { dn: text, ...named }),
  ChatIdle: object<Of<"ChatIdle">>({}, { seconds: number, ...named }),
  QueueInfo: object<Of<"QueueInfo">>({
    of: oneOf(["call", "chat"]),
    position: number,
  }, { minutes: number, ...named }),
});

/** Decodes a message about calls and chats; undefined for anything else. Never
 * throws. */
export function decodeContactMessage(
  value: unknown,
): ContactMessage | undefined {
  try {
    return contactMessage(value);
  } catch {
    return undefined;
  }
}

/** True if the message is about another call or chat, such as an earlier one. */
export function isOfOther(message: ContactMessage, contact: string): boolean {
  return "contact" in message && message.contact !== undefined &&
    message.contact !== contact;
}

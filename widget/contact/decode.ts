import type {
  CallInfo,
  ChatAck,
  ChatInfo,
  ContactMessage,
  IceConfig,
  ServerChannels,
  ServerChatMessage,
} from "@/lib/protocol/visitor/contact_messages.ts";
import {
  type Decode,
  flag,
  members,
  number,
  object,
  oneOf,
  only,
  refuse,
  text,
} from "../decode_parts.ts";

// The door of calls and chats: takes and leaves exactly what the schemas in
// contact_messages.ts do.

type CallInfoOf<S> = Extract<CallInfo, { state: S }>;
type ChatInfoOf<S> = Extract<ChatInfo, { state: S }>;
type ChannelsOf<C> = Extract<ServerChannels, { cmd: C }>;
type MessageOf<M> = Extract<ContactMessage, { mt: M }>;

const callInfo = variant<CallInfo>("state", {
  alerting: object<CallInfoOf<"alerting">>({
    mt: only("CallInfo"),
    state: only("alerting"),
  }),
  connected: object<CallInfoOf<"connected">>({
    mt: only("CallInfo"),
    state: only("connected"),
    cmd: only("SELECT"),
    sdp: text,
  }, { dn: text }),
  terminated: object<CallInfoOf<"terminated">>({
    mt: only("CallInfo"),
    state: only("terminated"),
    cause: number,
  }),
});

const chatInfo = variant<ChatInfo>("state", {
  alerting: object<ChatInfoOf<"alerting">>({
    mt: only("ChatInfo"),
    state: only("alerting"),
  }),
  connected: object<ChatInfoOf<"connected">>({
    mt: only("ChatInfo"),
    state: only("connected"),
  }, { dn: text }),
  terminated: object<ChatInfoOf<"terminated">>({
    mt: only("ChatInfo"),
    state: only("terminated"),
    cause: number,
  }),
});

const channels = variant<ServerChannels>("cmd", {
  PROPOSAL: object<ChannelsOf<"PROPOSAL">>({
    mt: only("Channels"),
    cmd: only("PROPOSAL"),
    sdp: text,
  }),
  SELECT: object<ChannelsOf<"SELECT">>({
    mt: only("Channels"),
    cmd: only("SELECT"),
    sdp: text,
  }),
  REQUEST: object<ChannelsOf<"REQUEST">>({
    mt: only("Channels"),
    cmd: only("REQUEST"),
  }),
  CLOSE: object<ChannelsOf<"CLOSE">>({
    mt: only("Channels"),
    cmd: only("CLOSE"),
  }),
});

const contactMessage = variant<ContactMessage>("mt", {
  IceConfig: object<IceConfig>({
    mt: only("IceConfig"),
    stun: text,
    turn: text,
  }, {
    turnUsr: text,
    turnPwd: text,
    ttl: number,
    transport: oneOf(["udp", "tcp", "tls"]),
  }),
  CallInfo: callInfo,
  Channels: channels,
  CallHold: object<MessageOf<"CallHold">>({
    mt: only("CallHold"),
    held: flag,
  }),
  ChatInfo: chatInfo,
  ChatAck: object<ChatAck>({
    mt: only("ChatAck"),
    id: text,
    seq: number,
    time: number,
  }),
  ChatMessage: object<ServerChatMessage>({
    mt: only("ChatMessage"),
    seq: number,
    text,
    time: number,
  }, { own: text }),
  ChatTyping: object<MessageOf<"ChatTyping">>({
    mt: only("ChatTyping"),
    typing: flag,
  }),
  ChatRead: object<MessageOf<"ChatRead">>({
    mt: only("ChatRead"),
    seq: number,
  }),
});

/** A message about calls and chats; undefined for anything else. Never throws. */
export function decodeContactMessage(
  value: unknown,
): ContactMessage | undefined {
  try {
    return contactMessage(value);
  } catch {
    return undefined;
  }
}

/** The one of several shapes that the member `key` names. */
function variant<T>(key: string, shapes: Record<string, Decode<T>>): Decode<T> {
  return (value) => {
    const name = text(members(value)[key]);
    return (Object.hasOwn(shapes, name) && shapes[name] || refuse)(value);
  };
}

import type {
  CallInfo,
  ChatInfo,
  ContactMessage,
  ServerChannels,
} from "@/lib/protocol/visitor/contact_messages.ts";
import { flag, number, object, oneOf, text, variant } from "../decode_parts.ts";

// The door of calls and chats: takes and leaves exactly what the schemas in
// contact_messages.ts do.

type Of<M> = Omit<Extract<ContactMessage, { mt: M }>, "mt">;
type Plain<T> = T extends unknown ? Omit<T, "mt"> : never;

const sdp = object<{ sdp: string }>({ sdp: text });
const nothing = object<Record<never, never>>({});
const cause = object<{ cause: number }>({ cause: number });

const contactMessage = variant<ContactMessage, "mt">("mt", {
  IceConfig: object<Of<"IceConfig">>({ stun: text, turn: text }, {
    turnUsr: text,
    turnPwd: text,
    ttl: number,
    transport: oneOf(["udp", "tcp", "tls"]),
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
      { dn: text },
    ),
    terminated: cause,
  }),
  Channels: variant<Plain<ServerChannels>, "cmd">("cmd", {
    PROPOSAL: sdp,
    SELECT: sdp,
    REQUEST: nothing,
    CLOSE: nothing,
  }),
  CallHold: object<Of<"CallHold">>({ held: flag }),
  CallName: object<Of<"CallName">>({ dn: text }),
  ChatInfo: variant<Plain<ChatInfo>, "state">("state", {
    alerting: nothing,
    connected: object<{ dn?: string }>({}, { dn: text }),
    terminated: cause,
  }),
  ChatAck: object<Of<"ChatAck">>({ id: text, seq: number, time: number }),
  ChatMessage: object<Of<"ChatMessage">>({
    seq: number,
    text,
    time: number,
  }, { own: text }),
  ChatTyping: object<Of<"ChatTyping">>({ typing: flag }),
  ChatRead: object<Of<"ChatRead">>({ seq: number }),
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

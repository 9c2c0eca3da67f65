import { deepEqual } from "node:assert/strict";
import * as v from "valibot";
import { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { property } from "@/tests/support/chance.ts";
import { decodeContactMessage } from "./decode.ts";

const MESSAGES: Record<string, unknown>[] = [
  {
    mt: "IceConfig",
    stun: "a",
    turn: "",
    turnUsr: "u",
    ttl: 9,
    transport: "tls",
    turnAfterProof: true,
  },
  { mt: "Challenge", seed: "00", bits: 3, count: 8 },
  { mt: "CallInfo", state: "alerting" },
  { mt: "CallInfo", state: "connected", cmd: "SELECT", sdp: "v=0", dn: "Ada" },
  { mt: "CallInfo", state: "terminated", cause: 16 },
  { mt: "Channels", cmd: "PROPOSAL", sdp: "v=0" },
  { mt: "Channels", cmd: "SELECT", sdp: "v=0" },
  { mt: "Channels", cmd: "REQUEST" },
  { mt: "Channels", cmd: "CLOSE" },
  { mt: "CallHold", held: true },
  { mt: "CallName", dn: "Ben" },
  { mt: "ChatInfo", state: "alerting" },
  { mt: "ChatInfo", state: "connected", dn: "Ada" },
  { mt: "ChatInfo", state: "terminated", cause: 16 },
  { mt: "ChatAck", id: "a", seq: 1, time: 2 },
  { mt: "ChatMessage", seq: 1, text: "hello", time: 2, own: "a" },
  { mt: "ChatTyping", typing: true },
  { mt: "ChatRead", seq: 3 },
  { mt: "QueueInfo", of: "chat", position: 3, minutes: 4, contact: "c1" },
  { mt: "QueueInfo", of: "call", position: 1 },
];
const VALUES = [
  null,
  0,
  "x",
  true,
  [],
  {},
  "connected",
  "CLOSE",
  "Channels",
  "toString",
];

Deno.test("decodeContactMessage() accepts what the schemas accept", () => {
  for (const message of MESSAGES) {
    deepEqual(decodeContactMessage(message), message);
  }
});

Deno.test("decodeContactMessage() agrees with the schemas on damaged messages", () => {
  property(2_000, (chance) => {
    const message = { ...MESSAGES[chance.below(MESSAGES.length)] };
    const keys = Object.keys(message);
    const key = keys[chance.below(keys.length)] ?? "mt";
    if (chance.below(3) === 0) delete message[key];
    else message[key] = VALUES[chance.below(VALUES.length)];
    const expected = v.safeParse(ContactMessage, message);

    deepEqual(
      decodeContactMessage(message),
      expected.success ? expected.output : undefined,
      JSON.stringify(message),
    );
  });
});

import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import {
  CallbackTimes,
  MessageRefused,
  MessageStored,
} from "@/lib/protocol/visitor/contact_messages.ts";
import { property } from "@/tests/support/chance.ts";
import { decodeFormMessage } from "./decode.ts";

const Expected = v.variant("mt", [
  CallbackTimes,
  MessageRefused,
  MessageStored,
]);
const MESSAGES: Record<string, unknown>[] = [
  { mt: "CallbackTimes", slots: [1, 2], minutes: 30, soonAt: 1 },
  { mt: "CallbackTimes", slots: [], minutes: 30, never: true },
  { mt: "MessageStored", id: "a", number: "7KQ4-2XHD" },
  {
    mt: "MessageRefused",
    id: "a",
    error: "bad-message",
    field: "reply",
    retryAfter: 3,
    consent: "00",
  },
];
const VALUES = [null, 0, "x", true, [], [0], ["x"], {}, "MessageStored"];

Deno.test("decodeFormMessage() agrees with the schemas on whole and damaged messages", () => {
  for (const message of MESSAGES) {
    deepEqual(decodeFormMessage(message), message);
  }
  equal(decodeFormMessage({ mt: "ChatTyping", typing: true }), undefined);
  equal(decodeFormMessage("text"), undefined);
  property(1_000, (chance) => {
    const message = { ...MESSAGES[chance.below(MESSAGES.length)] };
    const keys = Object.keys(message);
    const key = keys[chance.below(keys.length)] ?? "mt";
    if (chance.below(3) === 0) delete message[key];
    else message[key] = VALUES[chance.below(VALUES.length)];
    const expected = v.safeParse(Expected, message);

    deepEqual(
      decodeFormMessage(message),
      expected.success ? expected.output : undefined,
      JSON.stringify(message),
    );
  });
});

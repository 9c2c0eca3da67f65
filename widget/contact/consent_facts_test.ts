import { deepEqual, equal } from "node:assert/strict";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { CallDesk } from "../call/port.ts";
import { newChat } from "./chat.ts";
import { ConsentGate } from "./consent_gate.ts";
import { NO_OPTIONS, type Options, withFacts } from "./facts.ts";

const TEXT: Options = { ...NO_OPTIONS, consent: "Text", consentVersion: "v2" };
const CHAT = newChat({ id: "ada", name: "Ada" }, "", "chat-1");
const CALL = { call: { contact: "call-1" } } as CallDesk;

function gate(agreed: string, options: Options = TEXT) {
  let changes = 0;
  const made = new ConsentGate(agreed, () => options, () => changes++);
  return { gate: made, changes: () => changes };
}

Deno.test("a contact begins at once without a text, or if the visitor has agreed to it", () => {
  const begun: string[] = [];
  const begin = (agreed: string, options?: Options) =>
    gate(agreed, options).gate.pass(() => begun.push(agreed || "none"));

  begin("", NO_OPTIONS);
  begin("v2");
  begin("v1"); // An earlier text.
  begin("");

  deepEqual(begun, ["none", "v2"]);
});

Deno.test("a contact that waits for consent begins once the visitor agrees, and not if they don't", () => {
  let begun = 0;
  const { gate: asking, changes } = gate("");
  asking.pass(() => begun++);
  const waits = [begun, changes()];
  asking.cancel();
  const cancelled = [begun, changes(), asking.asked === undefined];

  asking.pass(() => begun++);
  asking.agree();
  asking.pass(() => begun++);

  deepEqual(waits, [0, 1]);
  deepEqual(cancelled, [0, 2, true]);
  deepEqual([begun, asking.agreed], [2, "v2"]);
});

Deno.test("a refused consent is asked for again, if it is of the page's chat or call", () => {
  const ended = (mt: "ChatInfo" | "CallInfo", contact: string, more = {}) =>
    ({
      mt,
      state: "terminated",
      cause: 16,
      contact,
      ...more,
    }) as ContactMessage;
  const expired = (message: ContactMessage, isThere = true) => {
    const { gate: agreed } = gate("v1");
    const kind = agreed.expired(message, {
      chat: isThere ? CHAT : undefined,
      call: isThere ? CALL : undefined,
    });
    return [kind, agreed.agreed];
  };
  const consent = { consent: true };

  deepEqual(expired(ended("ChatInfo", "chat-1", consent)), ["chat", ""]);
  deepEqual(expired(ended("CallInfo", "call-1", consent)), ["call", ""]);
  const other = [undefined, "v1"];
  deepEqual(expired(ended("ChatInfo", "chat-1")), other);
  deepEqual(expired(ended("ChatInfo", "call-1", consent)), other);
  deepEqual(expired(ended("CallInfo", "chat-1", consent)), other);
  deepEqual(expired(ended("CallInfo", "call-1", consent), false), other);
});

Deno.test("only the message that begins a contact has the consent, and only to a text with a version", () => {
  const begin = {
    mt: "CreateChat",
    dest: "ada",
    dn: "",
    contact: "chat-1",
  } as const;
  const old: Options = { ...NO_OPTIONS, consent: "Text" };

  deepEqual(withFacts(begin, TEXT, "v2"), { ...begin, consent: "v2" });
  deepEqual(withFacts(begin, TEXT, ""), begin);
  deepEqual(withFacts(begin, old, "Text"), begin);
  const clear = { mt: "ClearChat" } as const;
  equal(withFacts(clear, TEXT, "v2"), clear);
});

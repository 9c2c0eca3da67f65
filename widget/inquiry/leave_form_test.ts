import { deepEqual, equal } from "node:assert/strict";
import type { LeaveMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { newChat } from "../contact/chat.ts";
import { LeaveForm } from "./leave_form.tsx";
import type { FormMemory, FormOwner } from "./port.ts";

/** A form whose messages are collected. */
function formOf(memory?: FormMemory, more: Partial<FormOwner> = {}) {
  const said: LeaveMessage[] = [];
  let ids = 0;
  const fields = { draft: "Please call", agreed: "", consent: "", sent: 0 };
  const form = new LeaveForm({
    send: (message) => {
      if (message.mt === "LeaveMessage") said.push(message);
      return true;
    },
    ready: () => true,
    changed: () => {},
    newId: () => `m${++ids}`,
    consent: () => fields.consent,
    consentText: () => null,
    chat: () => newChat({ id: "ada", name: "Ada" }, "", "c1"),
    draft: () => fields.draft,
    name: () => "Jonas",
    canSend: () => true,
    agreed: () => fields.agreed,
    agree: (version) => fields.agreed = version,
    chosen: () => true,
    choose: () => {},
    sent: () => {
      fields.draft = "";
      fields.sent++;
    },
    chatWith: () => {},
    leave: () => {},
    ...more,
  }, memory);
  return { form, said, fields };
}

Deno.test("[LEFT10] a message is sent again after each reconnect, with the same id, until it is answered", () => {
  const { form, said, fields } = formOf();
  form.enter("jonas@example.com");

  form.send();
  form.send(); // The visitor presses twice.
  form.reconnected();
  form.hear({ mt: "MessageStored", id: "other", number: "2222-2222" });
  form.reconnected();
  form.hear({ mt: "MessageStored", id: "m1", number: "7KQ4-2XHD" });
  form.reconnected();

  deepEqual(said.map(({ id, dest, text }) => [id, dest, text]), [
    ["m1", "ada", "Please call"],
    ["m1", "ada", "Please call"],
    ["m1", "ada", "Please call"],
  ]);
  deepEqual(form.state, { state: "stored", number: "7KQ4-2XHD" });
  deepEqual([fields.sent, form.memory], [1, undefined]);
});

Deno.test("[LEFT10] the tab's next page sends a message that was not answered", () => {
  const memory = { reply: "+49 7031 73009", id: "m7", chosen: true };

  const early = formOf(memory, { ready: () => false });
  early.form.reconnected();
  const late = formOf(memory);

  for (const { said, form } of [early, late]) {
    deepEqual(said.map(({ id, reply }) => [id, reply]), [["m7", memory.reply]]);
    deepEqual(form.memory, memory);
  }
});

Deno.test("a form with a missing field says which one, and sends nothing", () => {
  const { form, said, fields } = formOf();
  const alert = () => form.state.state === "writing" && form.state.alert;

  fields.draft = " ";
  form.send();
  const noText = alert();
  fields.draft = "Please call";
  form.enter("call me");
  form.send();
  const noAddress = alert();
  fields.consent = "v1";
  form.enter("jonas@example.com");
  const corrected = alert();
  form.send();
  const noConsent = alert();
  form.check(true);
  form.send();

  deepEqual(
    [noText, noAddress, corrected, noConsent],
    ["messageHint", "replyMissing", "", "agreeMissing"],
  );
  deepEqual([said.length, fields.agreed], [1, "v1"]);
});

Deno.test("a refused message can be corrected and sent again under a new id", () => {
  const refusals = [
    [{ error: "rate-limited", retryAfter: 60 }, "tooMany"],
    [{ error: "bad-message", field: "reply" }, "replyMissing"],
    [{ error: "proof-required" }, "proofFailed"],
    [{ error: "unavailable" }, "leaveFailed"],
    [{ error: "consent-outdated", consent: "v2" }, "agreeMissing"],
    [{ error: "of-a-newer-service" }, "leaveFailed"],
  ] as const;
  for (const [refusal, alert] of refusals) {
    const { form, said, fields } = formOf();
    form.enter("jonas@example.com");
    form.send();

    form.hear({ mt: "MessageRefused", id: "m1", ...refusal });
    const { state } = form;
    form.send();

    deepEqual(state, { state: "writing", alert });
    deepEqual(said.map(({ id }) => id), ["m1", "m2"]);
    equal(fields.draft, "Please call");
  }
});

import { deepEqual, equal } from "node:assert/strict";
import type { LeaveMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { newChat } from "../contact/chat.ts";
import type { Model } from "../view/model.ts";
import { CallbackBox } from "./callback.tsx";
import { LeaveForm } from "./leave_form.tsx";
import { Lead } from "./parts.tsx";
import type { FormMemory, FormOwner } from "./port.ts";

const MODEL: Model = {
  session: session(),
  cards: [],
  drawn: 1,
  picture: () => "",
  text: (key) => `${key}`,
  nobody: "nobody",
  open: true,
  panel: undefined,
  help: "",
  notice: "",
  running: false,
  act: { expand() {}, collapse() {}, hushHelp() {}, contact() {} },
};

/** A form whose messages are collected. */
function formOf(memory?: FormMemory, more: Partial<FormOwner> = {}) {
  const said: LeaveMessage[] = [];
  const asked: (string | undefined)[] = [];
  let ids = 0;
  const fields = { draft: "Please call", agreed: "", consent: "", sent: 0 };
  const form = new LeaveForm({
    send: (message) => {
      if (message.mt === "LeaveMessage") said.push(message);
      if (message.mt === "GetCallbackTimes") asked.push(message.dest);
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
  return { form, said, asked, fields };
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
  deepEqual(form.state, {
    state: "stored",
    number: "7KQ4-2XHD",
    slot: undefined,
  });
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

Deno.test("a form says that its agent is available only to a visitor who has seen it unavailable", () => {
  const { form } = formOf();
  const chat = newChat({ id: "ada", name: "Ada" }, "", "c1");
  const lead = (presence: Info["presence"]) => {
    const cards = [info({ id: "ada", presence, media: ["chat"] })];
    const model = { ...MODEL, cards };
    form.parts(chat, model);
    return JSON.stringify(Lead({ form, chat, model }));
  };

  // The visitor has left the queue of an agent who counts as available.
  const chosen = lead("online");
  const away = lead("offline");
  const back = lead("online");

  deepEqual(
    [chosen, away, back].map((lead) => lead.includes("availableNow")),
    [false, false, true],
  );
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

Deno.test("a visitor who wants to be called needs a number, and sends the chosen slot", () => {
  const { form, said, fields } = formOf();
  const alert = () => form.state.state === "writing" && form.state.alert;
  form.hear({ mt: "CallbackTimes", slots: [3_600, 7_200], minutes: 30 });
  form.wantCall(3_600);
  form.enter("jonas@example.com");

  form.send();
  const noNumber = alert();
  form.enter("+49 7031 73009");
  form.send();
  form.hear({ mt: "MessageStored", id: "m1", number: "7KQ4-2XHD" });
  const stored = form.state;
  form.reset();
  fields.draft = "Please call";
  form.wantCall(0);
  form.send();

  equal(noNumber, "numberWrong");
  deepEqual(said.map(({ reply, callback }) => [reply, callback]), [
    ["+49 7031 73009", { at: 3_600 }],
    ["+49 7031 73009", {}],
  ]);
  deepEqual(stored, { state: "stored", number: "7KQ4-2XHD", slot: 3_600 });
});

Deno.test("[LEFT15] a visitor whose agent never has opening hours is not offered a call, and sends a message", () => {
  const { form, said, asked } = formOf();
  const text = () => "Please call me back";
  form.wantCall(0);
  form.enter("+49 7031 73009");

  form.hear({ mt: "CallbackTimes", slots: [], minutes: 30, never: true });
  const { slot } = form;
  const box = CallbackBox({ form, model: { text } });
  form.hear({ mt: "CallbackTimes", slots: [], minutes: 30 });
  const again = CallbackBox({ form, model: { text } });
  form.send();

  deepEqual([slot, Boolean(box), Boolean(again)], [undefined, false, true]);
  deepEqual(said.map(({ callback }) => callback), [undefined]);
  deepEqual(asked, []);
});

Deno.test("[LEFT10] the next page of the tab sends a callback that was not answered, and asks for the times again", () => {
  const memory = { reply: "+49 7031 73009", id: "m7", chosen: true, slot: 60 };

  const { form, said, asked } = formOf(memory);
  form.reconnected();

  deepEqual(said.map(({ callback }) => callback), [{ at: 60 }, { at: 60 }]);
  deepEqual(asked, ["ada"]);
  deepEqual(form.memory, memory);
});

Deno.test("a refused callback says what is wrong, and a slot that is not free any more is not chosen", () => {
  const refusals = [
    ["reply", "numberWrong"],
    ["country", "numberRefused"],
    ["callback", "slotTaken"],
  ] as const;
  for (const [field, alert] of refusals) {
    const { form, asked } = formOf();
    form.wantCall(3_600);
    form.enter("+49 7031 73009");
    form.send();

    form.hear({ mt: "MessageRefused", id: "m1", error: "bad-message", field });
    const { state } = form;
    form.hear({ mt: "CallbackTimes", slots: [7_200], minutes: 30 });

    deepEqual(state, { state: "writing", alert });
    deepEqual([form.slot, form.reply], [0, "+49 7031 73009"]);
    deepEqual(asked, field === "callback" ? ["ada"] : []);
  }
});

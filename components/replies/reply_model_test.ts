import { deepEqual, equal } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import { en } from "@/lib/i18n/admin/en.ts";
import type { SavedReplyView } from "@/lib/protocol/admin/saved_replies.ts";
import { ToastList } from "@/lib/ui/toasts.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  newForm,
  refusedReplyFields,
  replyProblems,
  unknownVariable,
} from "./reply_form.ts";
import { ReplyModel, type ReplyModelOptions } from "./reply_model.ts";

function replyOf(name: string, more: Partial<SavedReplyView> = {}) {
  const view = { id: name, revision: "1", isShared: false, lang: "", name };
  return { ...view, text: `Text of ${name}`, ...more };
}

const OFFLINE = err({ reason: "offline" as const, text: "" });

function modelOf(client: Partial<ReplyModelOptions["client"]> = {}) {
  const fails = () => Promise.resolve(OFFLINE);
  return new ReplyModel([replyOf("b"), replyOf("A")], {
    client: {
      ...{ savedReplies: fails, createReply: fails },
      ...{ saveReply: fails, deleteReply: fails },
      ...client,
    },
    toasts: new ToastList(new FakeClock()),
    ...{ texts: en, lang: "en" },
  });
}

const textsOf = ({ toasts }: ReplyModel) =>
  toasts.toasts.value.map(({ text }) => text);
const namesOf = ({ shown }: ReplyModel) => shown.value.map(({ name }) => name);

Deno.test("replies are sorted by name, and the search finds names and texts", () => {
  const model = modelOf();
  const all = namesOf(model);

  model.search.value = " TEXT OF B";
  const found = namesOf(model);
  model.search.value = "nothing";

  deepEqual([all, found, namesOf(model)], [["A", "b"], ["b"], []]);
});

Deno.test("a reply is added, saved and deleted, and each is said", async () => {
  const model = modelOf({
    createReply: (content) => Promise.resolve(ok(replyOf("Aa", content))),
    saveReply: ({ id }, { revision: _, ...content }) =>
      Promise.resolve(ok(replyOf(id, { ...content, revision: "2" }))),
    deleteReply: () => Promise.resolve(ok(undefined)),
  });

  await model.add({ ...newForm(OWN), name: "Aa", text: "Hi" });
  await model.save(replyOf("b"), { ...newForm(OWN), name: "c", text: "Hi" });
  await model.delete(replyOf("A"));

  deepEqual(namesOf(model), ["Aa", "c"]);
  deepEqual(textsOf(model), [
    ...["“Aa” was added.", "“c” was saved.", "“A” was deleted."],
  ]);
});

const OWN = { isShared: false };

Deno.test("a reply that could not be deleted stays, and one that no longer exists goes", async () => {
  const failing = modelOf();
  const late = modelOf({
    deleteReply: () =>
      Promise.resolve(err({ reason: "not-found" as const, text: "" })),
  });

  const gone = [
    await failing.delete(replyOf("A")),
    await late.delete(replyOf("A")),
  ];

  deepEqual(gone, [false, true]);
  deepEqual([namesOf(failing), namesOf(late)], [["A", "b"], ["b"]]);
  deepEqual(textsOf(failing), [en.refusals.reasons.offline]);
});

Deno.test("after a conflict, the newer state is read", async () => {
  const newer = replyOf("A", { revision: "2", text: "Newer" });
  const replies = { replies: [newer], agent: "" };
  const model = modelOf({ savedReplies: () => Promise.resolve(ok(replies)) });

  const found = await model.reread(replyOf("A"));
  const gone = await model.reread(replyOf("b"));

  deepEqual([found, gone], [ok(newer), ok(undefined)]);
  deepEqual(namesOf(model), ["A"]);
});

Deno.test("[REPLY2] the form names the field of each error", () => {
  const form = { ...newForm({ isShared: true }), name: "n".repeat(41) };

  deepEqual(replyProblems(form), {
    name: "must have at most 40 characters",
    text: "must not be empty",
  });
  const error = { reason: "invalid", text: "wrong", field: "lang" } as const;
  deepEqual(refusedReplyFields(error), { lang: "wrong" });
  deepEqual(refusedReplyFields({ reason: "offline", text: "" }), {});
});

Deno.test("the form knows which words in braces are not replaced", () => {
  equal(
    unknownVariable("{visitor} {agent} {company} {widget} { x }"),
    undefined,
  );
  equal(unknownVariable("Hello {visitor}, {name}"), "{name}");
});

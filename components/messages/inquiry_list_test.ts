import { deepEqual, equal } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import { en } from "@/lib/i18n/admin/en.ts";
import { NOTE_LENGTH_MAX } from "@/lib/model/inquiry.ts";
import type {
  ChangeInquiry,
  InquiryListName,
  InquiryView,
} from "@/lib/protocol/admin/inquiries.ts";
import { ToastList } from "@/lib/ui/toasts.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { InquiryList } from "./inquiry_list.ts";

const ONE = "7KQ4-2XHD";
const TWO = "8KQ4-2XHD";

/** A list of two messages; the service answers changes with `answer`. */
function listOf({ name = "open", answer = changed, deletion = allDeleted }: {
  name?: InquiryListName;
  /** The answer to a deletion; 1 is the first. */
  deletion?: (count: number) => ReturnType<typeof allDeleted | typeof refused>;
  answer?: (number: string, change: ChangeInquiry) => ReturnType<
    typeof changed | typeof refused
  >;
} = {}) {
  const sent: ChangeInquiry[] = [];
  const deletions: string[] = [];
  const toasts = new ToastList(new FakeClock());
  const messages = [message(ONE), message(TWO)];
  const list = new InquiryList({ messages }, {
    client: {
      listInquiries: () => Promise.resolve(ok({ messages })),
      getInquiry: (number) =>
        Promise.resolve(ok(message(number, { revision: "newer" }))),
      changeInquiry: (number, change) => {
        sent.push(change);
        return Promise.resolve(answer(number, change));
      },
      deleteInquiry: () => Promise.resolve(ok(undefined)),
      deleteInquiries: (query) => {
        deletions.push(String(query));
        return Promise.resolve(deletion(deletions.length));
      },
    },
    ...{ toasts, texts: en, lang: "en", list: name },
    query: new URLSearchParams({ list: name, text: "spam", after: "3.x" }),
    ...{ own: "me", changed: () => {} },
  });
  list.open(messages[0]!);
  return { list, sent, toasts, deletions };
}

const changed = (number: string, { state }: ChangeInquiry) =>
  ok(message(number, { revision: "2", ...state && { state } }));
const refused = (reason: "conflict" | "too-many" | "offline") =>
  err({ reason, text: "" } as const);
const allDeleted = (count: number) =>
  ok({ deleted: count === 1 ? 1_000 : 7, more: count === 1 });

function message(
  number: string,
  more: Partial<InquiryView> = {},
): InquiryView {
  return {
    ...{ number, widget: "a".repeat(32), address: "", name: "Jonas" },
    ...{ reply: "jonas@example.com", text: "Please call", lang: "en" },
    ...{ at: 1, state: "open", notes: [], revision: "1", ...more },
  };
}

const numbers = (list: InquiryList) =>
  list.messages.value.map(({ number }) => number);

Deno.test("a message that is marked as done takes the note that is being written with it", async () => {
  const { list, sent, toasts } = listOf();
  list.write("Called back");

  await list.finish("done");

  deepEqual(sent, [{ revision: "1", state: "done", note: "Called back" }]);
  deepEqual([numbers(list), list.opened.value], [[TWO], undefined]);
  deepEqual(list.drafts.value, {});
  deepEqual(
    toasts.toasts.value.map(({ text }) => text),
    [`Message ${ONE} is done.`],
  );
});

Deno.test("a note that is being written outlives a closed message, another one and a failure", async () => {
  const { list, sent } = listOf({ answer: () => refused("too-many") });
  list.write("Called back");

  list.close();
  list.open(message(TWO));
  list.write("Another one");
  list.open(message(ONE));
  await list.addNote();

  deepEqual(sent.map(({ note }) => note), ["Called back"]);
  equal(list.failure.value, en.messages.notesFull);
  deepEqual(list.drafts.value, { [ONE]: "Called back", [TWO]: "Another one" });
});

Deno.test("a note that is too long or blank is not sent, and stays in its field", async () => {
  for (const draft of [" ", "a".repeat(NOTE_LENGTH_MAX + 1)]) {
    const { list, sent } = listOf();
    list.write(draft);

    await list.addNote();
    await list.finish("done");

    deepEqual(sent, [{ revision: "1", state: "done" }]);
    deepEqual(list.drafts.value, { [ONE]: draft });
  }
});

Deno.test("a conflict shows the current version, and keeps the message in the list", async () => {
  const { list } = listOf({ answer: () => refused("conflict") });

  await list.change({ assignee: "me" });

  equal(list.failure.value, en.messages.conflict);
  equal(list.opened.value?.revision, "newer");
  deepEqual(numbers(list), [ONE, TWO]);
});

Deno.test("a message leaves a list to which it no longer belongs", async () => {
  const states = [["open", "done"], ["done", "open"], [
    "mine",
    "open",
  ]] as const;
  for (const [name, state] of states) {
    const { list } = listOf({ name });

    await list.change({ state });

    deepEqual(numbers(list), [TWO]);
  }
});

Deno.test("all messages of a filter are deleted, some at a time, but none that has arrived after the newest one on the page", async () => {
  const { list, toasts, deletions } = listOf();

  await list.deleteAll();

  deepEqual(deletions, Array(2).fill("list=open&text=spam&until=1"));
  deepEqual(
    toasts.toasts.value.map(({ text }) => text),
    ["1,007 messages were deleted."],
  );
  equal(list.isBusy.value, false);
});

Deno.test("a deletion that fails says so, and how many messages were deleted before", async () => {
  const { list, toasts } = listOf({
    deletion: (count) => count === 1 ? allDeleted(1) : refused("offline"),
  });

  await list.deleteAll();

  deepEqual(toasts.toasts.value.map(({ text }) => text), [
    en.refusals.reasons.offline,
    "1,000 messages were deleted.",
  ]);
});

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
function listOf({ name = "open", answer = changed }: {
  name?: InquiryListName;
  answer?: (number: string, change: ChangeInquiry) => ReturnType<
    typeof changed | typeof refused
  >;
} = {}) {
  const sent: ChangeInquiry[] = [];
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
    },
    ...{ toasts, texts: en, query: new URLSearchParams(), list: name },
    ...{ own: "me", changed: () => {} },
  });
  list.open(messages[0]!);
  return { list, sent, toasts };
}

const changed = (number: string, { state }: ChangeInquiry) =>
  ok(message(number, { revision: "2", ...state && { state } }));
const refused = (reason: "conflict" | "too-many") =>
  err({ reason, text: "" } as const);

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

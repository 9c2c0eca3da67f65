import { deepEqual, equal } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import { en } from "@/lib/i18n/admin/en.ts";
import type { ContactView } from "@/lib/protocol/admin/contacts.ts";
import { ToastList } from "@/lib/ui/toasts.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { ContactList } from "./contact_list.ts";
import { durationText, momentText, outcomeText } from "./contact_words.ts";
import { Names } from "./names.ts";

const LANGUAGE = { lang: "en", texts: en };
const OFFLINE = err({ reason: "offline" as const, text: "" });

Deno.test("opening a contact shows its visit, and opening another one before it has loaded shows that one", async () => {
  const answers = [
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
  ];
  const [one, two] = [contact("1"), contact("2")];
  const list = listOf([one, two], {
    getContact: async (key) => {
      await answers[key === "1" ? 0 : 1]?.promise;
      return ok({ contacts: [contact(key), contact("x")] });
    },
  });

  const first = list.open(one);
  const second = list.open(two);
  answers[1]?.resolve();
  await second;
  answers[0]?.resolve();
  await first;

  const opened = list.opened.value;
  equal(opened.state, "open");
  deepEqual(opened.state === "open" && opened.visit.map(({ key }) => key), [
    "2",
    "x",
  ]);
});

Deno.test("a deleted contact leaves the list, and one that can't be deleted stays with the reason", async () => {
  let isThere = false;
  const list = listOf([contact("1"), contact("2"), contact("3")], {
    deleteContact: (key, { whole }) =>
      Promise.resolve(
        isThere
          ? ok({ keys: whole ? [key, "3", "elsewhere"] : [key] })
          : OFFLINE,
      ),
  });

  const failed = await list.delete(contact("1"), { whole: true });
  const before = list.contacts.value.length;
  isThere = true;
  const done = await list.delete(contact("1"), { whole: true });

  deepEqual([failed, before, done], [false, 3, true]);
  deepEqual(list.contacts.value.map(({ key }) => key), ["2"]);
  deepEqual(list.toasts.toasts.value.map(({ text }) => text), [
    en.refusals.reasons.offline,
    "3 contacts were deleted.",
  ]);
});

Deno.test("a contact that can't be loaded shows the reason", async () => {
  const one = contact("1");
  const list = listOf([one], { getContact: () => Promise.resolve(OFFLINE) });

  await list.open(one);

  deepEqual(list.opened.value, {
    state: "failed",
    contact: one,
    text: en.refusals.reasons.offline,
  });
});

Deno.test("every outcome has a description", () => {
  const ends: Partial<ContactView>[] = [
    { media: "chat", answeredAt: 0, endedAt: 65_000, messages: 1 },
    { media: "voice", answeredAt: 0, endedAt: 3_723_000 },
    { cause: 16 },
    { cause: 17 },
    { cause: 19 },
    { cause: 41 },
  ];

  const said = ends.map((end) =>
    outcomeText({ ...contact("1"), ...end }, LANGUAGE)
  );

  deepEqual(said, [
    "answered, 1:05 · 1 message",
    "answered, 1:02:03",
    "ended before it was answered",
    "busy",
    "no answer",
    "not reached (cause 41)",
  ]);
  equal(durationText(7_400), "0:07");
  equal(
    momentText(Date.UTC(2030, 0, 31, 23), { lang: "en", zone: "Asia/Tokyo" })
      .replace(/\s/g, " "),
    "Feb 1, 2030, 8:00 AM",
  );
});

Deno.test("agents have the name that the widget gives them, otherwise their address", () => {
  const names = new Names([{
    uuid: "w",
    name: "Shop",
    agents: [{ address: "ada", name: "Ada" }, { address: "bo", name: "" }],
  }]);

  deepEqual(["ada", "bo", "cy"].map((one) => names.agent(one)), [
    "Ada",
    "bo",
    "cy",
  ]);
  deepEqual([names.widget("w"), names.widget("x")], ["Shop", undefined]);
});

function contact(key: string): ContactView {
  return {
    key,
    id: key,
    widget: "w",
    address: "ada",
    media: "chat",
    startedAt: 0,
    endedAt: 0,
    cause: 16,
    messages: 0,
  };
}

type Client = ConstructorParameters<typeof ContactList>[1]["client"];

function listOf(
  contacts: ContactView[],
  client: Partial<Client>,
): ContactList {
  return new ContactList(contacts, {
    client: {
      getContact: () => Promise.resolve(OFFLINE),
      deleteContact: () => Promise.resolve(OFFLINE),
      getBlockable: () => Promise.resolve(OFFLINE),
      blockVisitor: () => Promise.resolve(OFFLINE),
      ...client,
    },
    toasts: new ToastList(new FakeClock()),
    ...LANGUAGE,
  });
}

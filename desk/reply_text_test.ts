import { deepEqual, equal } from "node:assert/strict";
import type { SavedReplyView } from "@/lib/protocol/admin/saved_replies.ts";
import {
  fillReply,
  findReplies,
  insertAt,
  queryAt,
  type ReplyValues,
} from "./reply_text.ts";

const KNOWN: ReplyValues = {
  visitor: "Ada",
  agent: "Otto",
  company: "Lindgrund",
  widget: "Shop",
};
const NONE: ReplyValues = { visitor: "", agent: "", company: "", widget: "" };

Deno.test("[REPLY5] fillReply() replaces the variables, and nothing in what it has inserted", () => {
  const text = "Hello {visitor}, {agent} of {company} here. {other} {widget}";

  equal(
    fillReply(text, { ...KNOWN, visitor: "{agent}" }, "en"),
    "Hello {agent}, Otto of Lindgrund here. {other} Shop",
  );
});

Deno.test("[REPLY5] fillReply() leaves no gap for a value that is not known", () => {
  const expected: Record<string, string> = {
    "Hello {visitor}, how can I help?": "Hello, how can I help?",
    "Hello {visitor}!": "Hello!",
    "Hello, {visitor}!": "Hello!",
    "Hello, {visitor}, welcome": "Hello, welcome",
    "{visitor}, how can I help?": "How can I help?",
    "{visitor} {agent}: one moment": "One moment",
    "Good day {visitor} and welcome": "Good day and welcome",
    "Good day {visitor} {agent}, welcome": "Good day, welcome",
    "Welcome ({company})": "Welcome",
    "Welcome to “{company}”.": "Welcome to.",
    'He said "hello {visitor}".': 'He said "hello".',
    "Kind regards\n{agent}\n{company}": "Kind regards",
    "{visitor}!\nOne moment": "One moment",
    "One\n\nTwo": "One\n\nTwo",
    "{visitor}": "",
  };

  const filled = Object.keys(expected)
    .map((text) => [text, fillReply(text, NONE, "en")]);

  deepEqual(Object.fromEntries(filled), expected);
});

Deno.test("queryAt() finds a / at the beginning or after a space, and the words after it", () => {
  const at = (text: string) => queryAt(text, text.length)?.text;

  deepEqual(
    ["/", "/gr", "Hello /op", "a\n/gr", "/opening ho"].map(at),
    ["", "gr", "op", "gr", "opening ho"],
  );
  deepEqual(
    ["", "and/or", "https://a.b/c", "/ gr", "/etc/hosts", "/gr\n"].map(at),
    [undefined, undefined, undefined, undefined, undefined, undefined],
  );
  deepEqual(queryAt("Hello /op today", 9), { start: 6, end: 9, text: "op" });
  deepEqual(insertAt("Hello /op today", { start: 6, end: 9 }, "you"), {
    text: "Hello you today",
    cursor: 9,
  });
});

function replyOf(name: string, more: Partial<SavedReplyView> = {}) {
  const text = `Text of ${name}`;
  const id = `${name} ${more.lang ?? ""} ${more.isShared ?? true}`;
  const common = { revision: "1", isShared: true, lang: "" };
  return { id, ...common, name, text, ...more };
}

Deno.test("[REPLY4] findReplies() prefers the visitor's language, then the reply for all languages", () => {
  const replies = [
    replyOf("Hello"),
    replyOf("Hello", { lang: "de" }),
    replyOf("Hello", { lang: "fr", isShared: false }),
    replyOf("Hours", { lang: "fr" }),
    replyOf("Hours"),
    replyOf("Bye", { lang: "fr" }),
  ];
  const find = (visitorLang: string) =>
    findReplies(replies, { query: "", visitorLang, lang: "en" })
      .map(({ id }) => id);

  deepEqual(find("de-AT"), [
    ...["Bye fr true", "Hello de true", "Hello fr false", "Hours  true"],
  ]);
  deepEqual(find("fr"), [
    ...["Bye fr true", "Hello  true", "Hello fr false", "Hours fr true"],
  ]);
});

Deno.test("findReplies() lists names that begin with the query, then other names, then texts", () => {
  const replies = [
    replyOf("Address", { text: "Our opening hours" }),
    replyOf("Hours of opening"),
    replyOf("Opening hours"),
    replyOf("Greeting"),
  ];

  const found = findReplies(replies, {
    ...{ query: "OPEN", visitorLang: "en", lang: "en" },
  });

  deepEqual(found.map(({ name }) => name), [
    ...["Opening hours", "Hours of opening", "Address"],
  ]);
});

Deno.test("findReplies() searches all replies that there can be in less than a frame", () => {
  const replies = Array.from(
    { length: 400 },
    (_, n) =>
      replyOf(`Reply ${n}`, { text: `${n} `.repeat(500).slice(0, 2_000) }),
  );
  const began = performance.now();

  const rounds = 20;
  for (let n = 0; n < rounds; n++) {
    findReplies(replies, { query: "nothing", visitorLang: "en", lang: "en" });
  }

  const ms = (performance.now() - began) / rounds;
  equal(ms < 16, true, `${ms} ms`);
});

import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { DEFAULT_APPEARANCE } from "@/lib/model/appearance.ts";
import { newContent, WidgetContent } from "@/lib/model/widget.ts";
import { NewPerson, SaveAccount } from "./messages.ts";

/** C1, separators, and what turns the direction of a text. */
const HIDDEN = [
  ...["\u0080", "\u009b"],
  ...["\u202a", "\u202b", "\u202c", "\u202d", "\u202e"],
  ...["\u2066", "\u2067", "\u2068", "\u2069"],
];

/** Chosen from a list, uploaded, or secret; a colour with anything else in it
 * is refused. */
const NOT_TEXT = [
  ...["lang", "protection", "picture", "media", "roles"],
  ...["font", "theme", "position", "colors", "password"],
];

const FULL: WidgetContent = {
  ...newContent("Contact", "en"),
  company: {
    name: "Example Ltd",
    street: "High Street 1",
    zip: "W1A 1AA",
    city: "London",
    country: "England",
    phone: "+44 20 123",
    fax: "+44 20 124",
    email: "hello@example.com",
    web: "https://www.example.com/a",
  },
  appearance: {
    ...DEFAULT_APPEARANCE,
    title: "Talk to us",
    helpTexts: ["Any questions?", "We are here"],
  },
  agents: [{
    address: "ann.berg",
    name: "Ann Berg",
    department: "Sales",
    phone: "+44 20 125",
    email: "ann@example.com",
    picture: "",
    media: ["chat"],
    inactive: false,
    boolean: "open-hours",
    link: { label: "Book", url: "https://example.com/book" },
  }],
  sites: ["https://www.example.com"],
  consent: "I agree.\nReally.",
  messages: { on: true, email: "shop@example.com" },
  callbacks: { on: true, countries: ["DE"], slotMinutes: 30, perSlot: 2 },
  visitorName: "Guest",
  pageParameters: ["utm_source"],
};

const FORMS: [string, v.GenericSchema, object][] = [
  ["widget", WidgetContent, FULL],
  ["person", NewPerson, {
    name: "ann.berg",
    displayName: "Ann Berg",
    roles: ["agent"],
    password: "long enough",
  }],
  ["own account", SaveAccount, { displayName: "Ann Berg" }],
];

Deno.test("[ACC15] every field of a widget, a person and your own account loses hidden characters", () => {
  const kept: string[] = [];
  for (const [form, schema, full] of FORMS) {
    const plain = v.parse(schema, full);
    for (const path of textsOf(full)) {
      for (const hidden of HIDDEN) {
        for (const place of ["start", "middle", "end"] as const) {
          const typed = structuredClone(full);
          change(typed, path, (text) => put(hidden, text, place));
          const read = v.safeParse(schema, typed);
          const isClean = read.success &&
            JSON.stringify(read.output) === JSON.stringify(plain);
          if (!isClean) kept.push(`${form} ${path.join(".")} ${place}`);
        }
      }
    }
  }

  deepEqual([...new Set(kept)], []);
});

Deno.test("[ACC15] the test of hidden characters covers every field", () => {
  const texts = textsOf(FULL).map((path) => path.join("."));

  equal(texts.length, 27);
  ok(texts.includes("agents.0.link.url"));
  const isEmpty = (path: string[]) => {
    let text = "";
    change(structuredClone(FULL), path, (is) => text = is);
    return text === "";
  };
  deepEqual(textsOf(FULL).filter(isEmpty), []);
});

/** Returns the paths of all texts that people write. */
function textsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value === "string") {
    return path.some((name) => NOT_TEXT.includes(name)) ? [] : [path];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .flatMap(([name, inner]) => textsOf(inner, [...path, name]));
}

function change(
  within: object,
  [name = "", ...rest]: string[],
  edit: (text: string) => string,
): void {
  const inner: unknown = Reflect.get(within, name);
  if (typeof inner === "object" && inner !== null) {
    return change(inner, rest, edit);
  }
  Reflect.set(within, name, edit(String(inner)));
}

function put(
  hidden: string,
  text: string,
  place: "start" | "middle" | "end",
): string {
  const at = { start: 0, middle: text.length >> 1, end: text.length }[place];
  return text.slice(0, at) + hidden + text.slice(at);
}

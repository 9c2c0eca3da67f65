import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import { DEFAULT_APPEARANCE } from "@/lib/model/appearance.ts";
import { SessionMessage } from "@/lib/protocol/visitor/session_messages.ts";
import { type Chance, property } from "@/tests/support/chance.ts";
import { decodeSessionMessage, parse } from "./decode.ts";

const session = {
  mt: "Session",
  name: "Cards",
  lang: "de",
  strings: { title: "Hilfe?" },
  type: "cardset",
  options: {
    ...DEFAULT_APPEARANCE,
    consent: "",
    visitorName: "",
    sendPage: true,
    pageParameters: ["utm_source"],
  },
  resume: "t",
  v: 1,
};
const info = {
  mt: "Info",
  id: "atlantis",
  dn: "Atlantis",
  department: "",
  phonenumber: "",
  email: "",
  company: { name: "Shuttles" },
  presence: "online",
  media: ["voice", "chat"],
  order: 0,
  picture: "",
  link: { label: "More", url: "https://example.com/" },
};
const messages: unknown[] = [
  session,
  info,
  { mt: "Picture", id: "atlantis", url: "data:image/png;base64,AA==" },
  { mt: "Error", error: "rate-limited", text: "Slow down", retryAfter: 3 },
];
const HOSTILE: unknown[] = [
  undefined,
  null,
  "",
  0,
  -1,
  NaN,
  1e308,
  true,
  [],
  {},
  [1],
  { length: 1 },
  { url: 1 },
  "online",
  "<img src=x onerror=alert(1)>",
  { constructor: "x", prototype: "y" },
  JSON.parse('{"__proto__":"x","a":"b"}'),
];

Deno.test("decodeSessionMessage() accepts what the schemas accept", () => {
  for (const message of messages) {
    deepEqual(decodeSessionMessage(message), message);
  }
});

Deno.test("decodeSessionMessage() agrees with the schemas on damaged messages", () => {
  property(400, (chance) => {
    const damaged = damage(structuredClone(pick(messages, chance)), chance);
    const message = parse(JSON.stringify(damaged));
    const expected = v.safeParse(SessionMessage, message);

    deepEqual(
      decodeSessionMessage(message),
      expected.success ? expected.output : undefined,
      JSON.stringify(message),
    );
  });
});

Deno.test("decodeSessionMessage() and parse() ignore anything else", () => {
  for (const value of HOSTILE) equal(decodeSessionMessage(value), undefined);
  for (const frame of ["", "{", new Blob(), undefined]) {
    equal(parse(frame), undefined);
  }
});

/** Replaces, adds or removes one member somewhere inside. */
function damage(value: unknown, chance: Chance): unknown {
  if (typeof value !== "object" || value === null) return value;
  const members = value as Record<string, unknown>;
  const key = pick(Object.keys(members), chance);
  const roll = chance.next();
  if (key === undefined || roll < 0.1) members["extra"] = 1;
  else if (roll < 0.3) delete members[key];
  else if (roll < 0.6) members[key] = structuredClone(pick(HOSTILE, chance));
  else members[key] = damage(members[key], chance);
  return value;
}

function pick<T>(from: readonly T[], chance: Chance): T {
  return from[chance.below(from.length)] as T;
}

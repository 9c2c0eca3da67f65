import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as v from "valibot";
import { type Chance, property } from "@/tests/support/chance.ts";
import { decodeClientMessage, encode, encodeSession } from "./codec.ts";
import { LIMITS } from "./limits.ts";
import { SessionInfo } from "./session_messages.ts";

const UUID = "fadc5da4cae94bfc9434d9957ea08ccb";
const text = (length: number) => "ä".repeat(length);

/** One of each message that a page may say, with all members. */
const MESSAGES: Record<string, unknown>[] = [
  { mt: "Start", uuid: UUID, lang: "de-AT", resume: "ab", seq: 0, v: 1 },
  { mt: "GetPicture", id: "atlantis" },
  { mt: "Opened" },
  { mt: "GetIceConfig" },
  {
    mt: "CreateCall",
    dest: "atlantis",
    dn: "Ada",
    page: { url: "https://example.com/", title: "Home", referrer: "" },
  },
  { mt: "Channels", cmd: "PROPOSAL", sdp: "v=0" },
  { mt: "Channels", cmd: "SELECT", sdp: "v=0" },
  { mt: "Channels", cmd: "REQUEST" },
  { mt: "Channels", cmd: "CLOSE" },
  { mt: "Dtmf", digits: "12#" },
  { mt: "ClearCall" },
  { mt: "CreateChat", dest: "atlantis", dn: "", consent: "0123456789abcdef" },
  { mt: "ChatMessage", id: "1", text: "Hallo" },
  { mt: "ChatTyping", typing: true },
  { mt: "ChatRead", seq: 3 },
  { mt: "ClearChat" },
];

function decode(message: unknown) {
  return decodeClientMessage(JSON.stringify(message));
}

Deno.test("[V1] every valid message is decoded unchanged", () => {
  for (const message of MESSAGES) {
    deepEqual(decode(message), { ok: true, value: message });
  }
});

Deno.test("[V1] frames that aren't an object, aren't JSON or are too long are rejected", () => {
  const padding = " ".repeat(LIMITS.frameBytes - 18);
  const longest = `{"mt":"ClearCall"}${padding}`;
  const frames = [
    "",
    "null",
    "[]",
    "7",
    '"Start"',
    "{",
    "[".repeat(60_000),
    `${longest} `,
    `{"mt":"ClearCall","x":"${"€".repeat(21_850)}"}`,
  ];

  const errors = frames.map((frame) => decodeClientMessage(frame));

  ok(decodeClientMessage(longest).ok);
  for (const error of errors) {
    ok(!error.ok);
    equal(error.error.field, "frame");
  }
});

Deno.test("[V2] an error names the field and what is allowed", () => {
  const cases: [unknown, string, RegExp][] = [
    [{}, "mt", /must be there$/],
    [{ mt: "Stop" }, "mt", /must be Start \| GetPicture/],
    [{ mt: "Start" }, "Start.uuid", /must be there$/],
    [{ mt: "Start", uuid: "FF" }, "Start.uuid", /32 hex digits, lower case$/],
    [{ mt: "ChatTyping", typing: 1 }, "ChatTyping.typing", /true or false$/],
    [{ mt: "Channels", cmd: "X" }, "Channels.cmd", /PROPOSAL \| SELECT/],
    [{ mt: "Channels", cmd: "SELECT" }, "Channels.sdp", /must be there$/],
    [
      { mt: "CreateCall", dest: "a", dn: "", page: { url: 1 } },
      "CreateCall.page.url",
      /must be a text$/,
    ],
  ];

  for (const [message, field, must] of cases) {
    const result = decode(message);
    ok(!result.ok);
    equal(result.error.field, field);
    match(result.error.text, must);
  }
});

Deno.test("[V2] an error doesn't repeat the input, and unknown members are ignored", () => {
  const secret = "s3cret".repeat(1_000);

  const refused = [
    decode({ mt: secret }),
    decode({ mt: "Start", uuid: secret }),
    decode({ mt: "ChatMessage", id: secret, text: secret }),
    decode({ mt: "Channels", cmd: secret }),
  ];

  for (const result of refused) {
    ok(!result.ok && !result.error.text.includes("s3cret"));
    ok(result.error.text.length < 300);
  }
  deepEqual(decode({ mt: "ClearCall", newer: [1], constructor: 2 }), {
    ok: true,
    value: { mt: "ClearCall" },
  });
});

Deno.test("[V3] every text and number has its limit", () => {
  const page = { url: "", title: "", referrer: "" };
  const call = { mt: "CreateCall", dest: "a", dn: "" };
  const start = { mt: "Start", uuid: UUID };
  const limits: [number, (length: number) => unknown][] = [
    [LIMITS.sdpLength, (n) => ({
      mt: "Channels",
      cmd: "PROPOSAL",
      sdp: "x".repeat(n),
    })],
    [LIMITS.textLength, (n) => ({ mt: "ChatMessage", id: "1", text: text(n) })],
    [LIMITS.clientIdLength, (n) => ({
      mt: "ChatMessage",
      id: text(n),
      text: "x",
    })],
    [LIMITS.nameLength, (n) => ({ ...call, dn: text(n) })],
    [LIMITS.nameLength, (n) => ({ mt: "CreateChat", dest: "a", dn: text(n) })],
    [64, (n) => ({ ...call, dest: text(n) })],
    [LIMITS.urlLength, (n) => ({ ...call, page: { ...page, url: text(n) } })],
    [LIMITS.urlLength, (n) => ({
      ...call,
      page: { ...page, referrer: text(n) },
    })],
    [
      LIMITS.titleLength,
      (n) => ({ ...call, page: { ...page, title: text(n) } }),
    ],
    [LIMITS.tokenLength, (n) => ({ ...start, resume: text(n) })],
    [32, (n) => ({ mt: "Dtmf", digits: "1".repeat(n) })],
    [Number.MAX_SAFE_INTEGER, (n) => ({ mt: "ChatRead", seq: n })],
  ];

  for (const [limit, message] of limits) {
    ok(decode(message(limit)).ok);
    ok(!decode(message(limit + 1)).ok);
  }
  for (const seq of [-1, 0.5, "1", null]) {
    ok(!decode({ mt: "ChatRead", seq }).ok);
  }
});

Deno.test("[V43] hidden characters are removed from a visitor's name and page", () => {
  const page = { url: "", title: "Prices\u2028\u202eexe.\u0007", referrer: "" };
  const dn = " Ada\u202e\u0000 \u001b[31mL\u009b.\u2066\n2nd\u2069 ";

  const decoded = ["CreateCall", "CreateChat"]
    .map((mt) => decode({ mt, dest: "a", dn, page }));

  for (const result of decoded) {
    ok(result.ok && "page" in result.value);
    equal(result.value.dn, "Ada [31mL. 2nd");
    equal(result.value.page?.title, "Prices exe.");
  }
});

Deno.test("[V43] a visitor's message keeps its lines and tabs but no hidden characters", () => {
  const say = (text: string) => decode({ mt: "ChatMessage", id: "1", text });

  const [said, empty] = [say("1\t2\r\n3\u2028\u202e4\u0000"), say("\u202e")];

  ok(said.ok && said.value.mt === "ChatMessage");
  equal(said.value.text, "1\t2\n3\n4");
  ok(!empty.ok);
  match(empty.error.text, /must not be empty$/);
});

Deno.test("[V1] decoding never throws, whatever the bytes are", () => {
  property(3_000, (chance) => {
    const frame = chance.next() < 0.3 ? noise(chance) : mutated(chance);
    const result = decodeClientMessage(frame);
    if (!result.ok) match(result.error.text, /^Cannot take /);
    else ok(MESSAGES.some(({ mt }) => mt === result.value.mt));
  });
});

function noise(chance: Chance): string {
  const bytes = Uint8Array.from(
    { length: chance.below(400) },
    () => chance.below(256),
  );
  return new TextDecoder().decode(bytes);
}

/** A valid message, spoilt as JSON or as text. */
function mutated(chance: Chance): string {
  const [first, ...others] = MESSAGES;
  const message = { ...chance.pick([first ?? {}, ...others]) };
  for (let n = chance.below(3); n > 0; n--) {
    const keys = ["mt", "cmd", "sdp", "text", "page", "__proto__", "seq", "v"];
    const key = chance.pick(["uuid", ...keys, ...Object.keys(message)]);
    message[key] = odd(chance);
  }
  let frame = JSON.stringify(message);
  for (let n = chance.below(4); n > 0; n--) {
    const at = chance.below(frame.length + 1);
    const piece = chance.pick([
      "{",
      "}",
      '"',
      "\\",
      "\u0000",
      "\ud800",
      "[",
      "",
    ]);
    frame = frame.slice(0, at) + piece + frame.slice(at + chance.below(3));
  }
  return frame;
}

function odd(chance: Chance): unknown {
  const nested: unknown[] = [];
  nested.push([nested.length], {});
  return chance.pick<unknown>([
    null,
    -1,
    1e308,
    0.5,
    "",
    text(5_000),
    true,
    nested,
    { mt: "Start" },
    "Start",
    "SELECT",
    UUID,
  ]);
}

Deno.test("[V7] the two parts of a Session frame enclose the page's token", () => {
  const session: SessionInfo = {
    mt: "Session",
    name: 'A "widget" with "resume":""',
    lang: "de",
    strings: { title: "Hallo" },
    type: "sidebar",
    options: OPTIONS,
    resume: "token \\ of one",
    v: 1,
  };

  const frame = encodeSession(session);

  equal(frame(session.resume), encode(session));
  deepEqual(v.parse(SessionInfo, JSON.parse(frame("other"))).resume, "other");
});

const OPTIONS: SessionInfo["options"] = {
  font: "system",
  fontSize: 16,
  theme: "auto",
  colors: { accent: "", background: "", text: "", card: "" },
  radius: 1,
  margin: { x: 1, y: 1 },
  gap: 1,
  zIndex: 1,
  position: "end",
  title: "",
  helpTexts: [],
  hideWhenUnavailable: false,
  randomAgent: false,
  showBranding: true,
  consent: "",
  visitorName: "",
  sendPage: true,
};

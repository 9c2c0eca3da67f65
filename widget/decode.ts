import type { CardMedia } from "@/lib/model/media.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type {
  CompanyInfo,
  Info,
  PictureMessage,
  SessionInfo,
  SessionMessage,
  SessionOptions,
} from "@/lib/protocol/visitor/session_messages.ts";

import {
  flag,
  list,
  number,
  object,
  oneOf,
  record,
  text,
  variant,
} from "./decode_parts.ts";

// Decodes the messages that load with the page. It accepts exactly what the
// schemas in session_messages.ts accept, at a quarter of their size.

const company = object<CompanyInfo>({}, {
  name: text,
  street: text,
  zip: text,
  city: text,
  country: text,
  phone: text,
  fax: text,
  email: text,
  web: text,
});

const options = object<SessionOptions>({
  font: text,
  fontSize: number,
  theme: text,
  colors: object<SessionOptions["colors"]>({
    accent: text,
    background: text,
    text,
    card: text,
  }),
  radius: number,
  margin: object<SessionOptions["margin"]>({ x: number, y: number }),
  gap: number,
  zIndex: number,
  position: text,
  title: text,
  helpTexts: list(text),
  hideWhenUnavailable: flag,
  randomAgent: flag,
  showBranding: flag,
  consent: text,
  visitorName: text,
  sendPage: flag,
}, {
  palettes: object<NonNullable<SessionOptions["palettes"]>>({
    light: record,
    dark: record,
  }),
  consentVersion: text,
  pageParameters: list(text),
  proof: flag,
});

// Copied, because the files that define them import valibot.
const MEDIA: readonly CardMedia[] = ["voice", "video", "email", "chat"];
const PRESENCES: readonly Presence[] = [
  "online",
  "away",
  "busy",
  "dnd",
  "offline",
];
const sessionMessage = variant<SessionMessage, "mt">("mt", {
  Session: object<Omit<SessionInfo, "mt">>({
    name: text,
    lang: text,
    strings: record,
    type: oneOf(["sidebar", "cardset"]),
    options,
    resume: text,
    v: number,
  }),
  Info: object<Omit<Info, "mt">>({
    id: text,
    dn: text,
    department: text,
    phonenumber: text,
    email: text,
    company,
    presence: oneOf(PRESENCES),
    media: list(oneOf(MEDIA)),
    order: number,
    picture: text,
  }, {
    link: object<NonNullable<Info["link"]>>({ label: text, url: text }),
    opensAt: number,
  }),
  Picture: object<Omit<PictureMessage, "mt">>({ id: text, url: text }),
  Error: object<Omit<Extract<SessionMessage, { mt: "Error" }>, "mt">>({
    error: text,
    text,
  }, { retryAfter: number }),
});

/** Parses the JSON of one frame; undefined if it is invalid. Never throws. */
export function parse(frame: unknown): unknown {
  try {
    return typeof frame === "string" ? JSON.parse(frame) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Decodes a message about the widget itself. Returns undefined for anything
 * else: messages about calls and chats, unreadable ones, and those of a newer
 * service.
 */
export function decodeSessionMessage(
  value: unknown,
): SessionMessage | undefined {
  try {
    return sessionMessage(value);
  } catch {
    return undefined;
  }
}

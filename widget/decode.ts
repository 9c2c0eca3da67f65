import type { CardMedia } from "@/lib/model/media.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type {
  CompanyInfo,
  ErrorCode,
  ErrorMessage,
  Info,
  Picture,
  Session,
  SessionMessage,
  SessionOptions,
} from "@/lib/protocol/visitor/session_messages.ts";

// The door of what loads with the page. It takes and leaves exactly what the
// schemas in session_messages.ts do (decode_test.ts compares them), in a
// quarter of their weight.

/** Gives the value as a `T`, or throws {@linkcode Refusal}. */
type Decode<T> = (value: unknown) => T;
type Shape<T> = { [K in keyof T]-?: Decode<Exclude<T[K], undefined>> };
type OptionalKey<T> = {
  [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never;
}[keyof T];

class Refusal extends Error {}

const text: Decode<string> = (value) =>
  typeof value === "string" ? value : refuse();
const number: Decode<number> = (value) =>
  typeof value === "number" && value === value ? value : refuse();
const flag: Decode<boolean> = (value) =>
  typeof value === "boolean" ? value : refuse();

function oneOf<T extends string>(values: readonly T[]): Decode<T> {
  return (value) => values.find((known) => known === value) ?? refuse();
}

function list<T>(item: Decode<T>): Decode<T[]> {
  return (value) => Array.isArray(value) ? value.map(item) : refuse();
}

/** Known members alone: all that it must have, and what it may have. */
function object<T>(
  must: Shape<Omit<T, OptionalKey<T>>>,
  may?: Shape<Pick<T, OptionalKey<T>>>,
): Decode<T> {
  const shape: Record<string, Decode<unknown>> = { ...must, ...may };
  return (value) => {
    const from = members(value);
    const into: Record<string, unknown> = {};
    for (const key in shape) {
      if (key in from) into[key] = shape[key]?.(from[key]);
      else if (key in must) refuse();
    }
    return into as T; // The types of `must` and `may` say that it is one.
  };
}

const record: Decode<Record<string, string>> = (value) => {
  const into: Record<string, string> = {};
  for (const [key, member] of Object.entries(members(value))) {
    if (!/^(__proto__|prototype|constructor)$/.test(key)) {
      into[key] = text(member);
    }
  }
  return into;
};

const mt = <T extends string>(name: T) => oneOf([name]);

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
});

// Not imported: the files that have them bring valibot along.
const MEDIA: readonly CardMedia[] = ["voice", "video", "email", "chat"];
const PRESENCES: readonly Presence[] = [
  "online",
  "away",
  "busy",
  "dnd",
  "offline",
];
const ERROR_CODES: readonly ErrorCode[] = [
  "unknown-widget",
  "origin-refused",
  "bad-message",
  "rate-limited",
  "dest-refused",
  "media-refused",
  "unavailable",
];

const MESSAGES = {
  Session: object<Session>({
    mt: mt("Session"),
    name: text,
    lang: text,
    strings: record,
    type: oneOf(["sidebar", "cardset"]),
    options,
    resume: text,
    v: number,
  }),
  Info: object<Info>({
    mt: mt("Info"),
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
  }),
  Picture: object<Picture>({ mt: mt("Picture"), id: text, url: text }),
  Error: object<ErrorMessage>({
    mt: mt("Error"),
    error: oneOf(ERROR_CODES),
    text,
  }, { retryAfter: number }),
};

/** The JSON of one frame, or undefined. Never throws. */
export function parse(frame: unknown): unknown {
  try {
    return typeof frame === "string" ? JSON.parse(frame) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What the service says about the widget itself; undefined for anything else:
 * messages about calls and chats, unreadable ones, and those of a newer service.
 */
export function decodeSessionMessage(
  value: unknown,
): SessionMessage | undefined {
  try {
    const name = oneOf(["Session", "Info", "Picture", "Error"])(
      members(value)["mt"],
    );
    return MESSAGES[name](value);
  } catch {
    return undefined;
  }
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : refuse();
}

function refuse(): never {
  throw new Refusal();
}

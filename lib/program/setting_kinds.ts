import { isIP } from "node:net";
import * as v from "valibot";
import { replyKind } from "@/lib/base/reply_address.ts";
import { isOrigin } from "@/lib/base/origins.ts";
import {
  NATS_ADDRESS_ALLOWED,
  type NatsAddress,
  readNatsAddress,
} from "@/lib/cluster/nats_address.ts";
import { isNetwork } from "@/lib/port/networks.ts";
import { isPostgresUrl, readPostgresUrl } from "@/lib/store/postgres/url.ts";

/** A kind of value: how it is decoded from text, and what is allowed. */
export interface SettingKind<T> {
  schema: v.GenericSchema<string, T>;
  /** Continues "must", as in `be a path such as /widgets`. */
  allowed: string;
}

/** @param read Returns undefined for an invalid text. */
function kind<T>(
  allowed: string,
  read: (text: string) => T | undefined,
): SettingKind<T> {
  const message = `must ${allowed}`;
  const schema = v.pipe(
    v.string(),
    v.trim(),
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      const value = read(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message });
      return NEVER;
    }),
  );
  return { schema, allowed };
}

/** Creates a kind that returns the text unchanged if `isAllowed`. */
function text(
  allowed: string,
  isAllowed: (text: string) => boolean,
): SettingKind<string> {
  return kind(allowed, (given) => isAllowed(given) ? given : undefined);
}

export function whole(min: number, max: number): SettingKind<number> {
  return kind(`be a whole number from ${min} to ${max}`, (given) => {
    const number = Number(given);
    const isWhole = /^[0-9]{1,9}$/.test(given);
    return isWhole && number >= min && number <= max ? number : undefined;
  });
}

/** Creates the kind of an optional e-mail address. */
export function emailAddress(): SettingKind<string> {
  return text(
    "be an email address such as widgets@example.com",
    (given) => given === "" || replyKind(given) === "email",
  );
}

/** Creates the kind of the optional URL of a mail server. */
export function smtpUrl(): SettingKind<string> {
  return text(
    "be a URL such as smtp://user:password@mail.example.com:587",
    (given) =>
      given === "" ||
      /^smtps?:$/.test(URL.parse(given)?.protocol ?? "") && isOneLine(given),
  );
}

export function oneOf<const Names extends readonly [string, ...string[]]>(
  ...names: Names
): SettingKind<Names[number]> {
  const all = names.slice(0, -1).join(", ");
  return kind<Names[number]>(
    `be ${all} or ${names.at(-1)}`,
    (given) => names.find((name) => name === given),
  );
}

/** Creates the kind of an optional secret in one line. */
export function secret(
  { min, max }: { min?: number; max?: number },
): SettingKind<string> {
  const shown = min === undefined
    ? `at most ${max}`
    : max === undefined
    ? `at least ${min}`
    : `${min} to ${max}`;
  const isFree = min === undefined && max === undefined;
  const length = isFree ? "" : `have ${shown} characters and `;
  return text(`${length}be one line`, (given) => {
    const hasLength = given.length >= (min ?? 0) &&
      given.length <= (max ?? Infinity);
    return given === "" || isOneLine(given) && hasLength;
  });
}

export const folder = text("be the path of a folder", isPath);

/** "" if there is none. */
export const optionalFile = text(
  "be the path of a file",
  (given) => given === "" || isPath(given),
);

const STORE_ALLOWED = "be the path of a file, or a URL such as " +
  "postgres://user:password@host/database?sslmode=verify-full or https://kv.example.com";

/** A URL of PostgreSQL has many parts, so its error says which part is wrong. */
export const store: SettingKind<string> = {
  allowed: STORE_ALLOWED,
  schema: v.pipe(
    v.string(),
    v.trim(),
    v.check(
      (given) => isPostgresUrl(given) || isFileOrUrl(given),
      `must ${STORE_ALLOWED}`,
    ),
    v.check(
      (given) => !isPostgresUrl(given) || readPostgresUrl(given).ok,
      ({ input }) => {
        const read = readPostgresUrl(input);
        return read.ok ? "" : read.error;
      },
    ),
  ),
};

function isFileOrUrl(given: string): boolean {
  if (given === "") return true;
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(given)) return isPath(given);
  return /^https?:\/\/[^\s/]/.test(given) && URL.canParse(given);
}

/** "" if there are none. */
export const natsServers = kind<NatsAddress | "">(
  NATS_ADDRESS_ALLOWED,
  (given) => given === "" ? "" : readNatsAddress(given),
);

export const listenAddress = text(
  "be an address such as 127.0.0.1 or ::, or a host name",
  (given) => isIP(given) !== 0 || isHostName(given),
);

/** An origin as a browser writes it, or "". */
export const publicUrl = kind(
  "be like https://widgets.example.com, without a path",
  (given) => {
    if (given === "") return "";
    const url = URL.parse(given.replace(/\/+$/, ""));
    const isPlain = url !== null && /^https?:\/\/[^\s/?#@\\]+\/*$/i.test(given);
    return isPlain && isOrigin(url.origin) ? url.origin : undefined;
  },
);

export const urlPath = kind("be a path such as /widgets", (given) => {
  const path = given.replace(/\/+$/, "");
  return /^(\/[A-Za-z0-9._-]+)+$/.test(path) ? path : undefined;
});

export const networks = kind(
  "be addresses or networks such as 10.0.0.0/8, separated by commas",
  (given) => allOf(given, isNetwork),
);

export const origins = kind(
  "be like https://pbx.example.com, separated by commas, without paths",
  (given) => allOf(given, isOrigin),
);

export const stunServers = text(
  "be host names or host:port, separated by semicolons",
  (given) => given === "" || given.split(";").every(isHostAndPort),
);

export const turnServers = text(
  "be host names, host:port or addresses such as turns:host:443, separated" +
    " by semicolons",
  (given) => given === "" || given.split(";").every(isTurnServer),
);

export const yesOrNo = kind("be yes or no", (given) => {
  if (given === "yes") return true;
  return given === "no" || given === "" ? false : undefined;
});

function allOf(
  given: string,
  isAllowed: (part: string) => boolean,
): string[] | undefined {
  const parts = given.split(/[\s,]+/).filter((part) => part !== "");
  return parts.every(isAllowed) ? parts : undefined;
}

function isPath(given: string): boolean {
  return given !== "" && isOneLine(given);
}

function isOneLine(given: string): boolean {
  return !/\p{Cc}/u.test(given);
}

function isHostName(given: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9._-]{0,252})$/.test(given);
}

function isTurnServer(given: string): boolean {
  const [, server] = /^turns?:(.+?)(?:\?transport=(?:udp|tcp))?$/.exec(given) ??
    [];
  return isHostAndPort(server ?? given);
}

function isHostAndPort(given: string): boolean {
  const [, six, host = "", port] =
    /^(?:\[([^\]]*)\]|([^:[\]]*))(?::([0-9]{1,5}))?$/.exec(given) ?? [];
  const isHost = six === undefined ? isHostName(host) : isIP(six) === 6;
  const isPort = port === undefined ||
    Number(port) >= 1 && Number(port) <= 65_535;
  return isHost && isPort;
}

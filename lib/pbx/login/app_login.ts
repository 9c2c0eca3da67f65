import * as v from "valibot";
import { parseJson } from "@/lib/base/parse_json.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { isSameSecret } from "@/lib/base/same_secret.ts";
import { sha256Hex } from "@/lib/store/sha256.ts";
import { rawMember } from "./raw_member.ts";

const text = v.exactOptional(v.pipe(v.string(), v.maxLength(512)), "");

const LoginInfo = v.object({
  appobj: text,
  pbx: text,
  cn: text,
  appurl: text,
  /** Present in a user's login, never in that of a PBX object. */
  groups: v.exactOptional(v.array(v.unknown())),
});

/** A login (SDK: AppWebsocket). The digest covers `info`. */
export const AppLogin = v.object({
  mt: v.literal("AppLogin"),
  app: text,
  domain: text,
  sip: text,
  guid: text,
  dn: text,
  digest: v.pipe(v.string(), v.regex(/^[0-9A-Fa-f]{64}$/)),
  /** Present for a user's app. The digest does not cover it. */
  pbxObj: v.exactOptional(v.pipe(v.string(), v.maxLength(512))),
  info: v.exactOptional(LoginInfo),
});
export type AppLogin = v.InferOutput<typeof AppLogin>;

/** A received login: its content, and the text that its digest covers. */
export interface ReceivedLogin {
  login: AppLogin;
  /** The source text of `info`, if present. */
  rawInfo: string | undefined;
}

/** Parses a frame or posted body as a login. Never throws. */
export function readLogin(json: string): Result<ReceivedLogin, "unreadable"> {
  const login = v.safeParse(AppLogin, parseJson(json));
  if (!login.success) return err("unreadable");
  return ok({ login: login.output, rawInfo: rawMember(json, "info") });
}

/**
 * True if the login belongs to a PBX object and not to a user. Users can read
 * their own valid login in the browser, so only values covered by the digest
 * count: a user's `info` has `groups`, and its `sip` is not the App object's
 * name. INFERRED from the published captures.
 */
export function isPbxObject({ sip, info, pbxObj }: AppLogin): boolean {
  if (pbxObj !== undefined || info?.groups !== undefined) return false;
  return info === undefined || info.appobj === "" || info.appobj === sip;
}

/** Compares the digest of `received` with the expected one. */
export function isGenuine(
  received: ReceivedLogin,
  challenge: string,
  password: string,
): boolean {
  let genuine = false;
  for (const info of infoTexts(received.rawInfo)) {
    const expected = loginDigest(received.login, info, {
      challenge,
      password,
    });
    // Don't stop early, because the time must not reveal which one matched.
    if (isSameSecret(expected, received.login.digest.toLowerCase())) {
      genuine = true;
    }
  }
  return genuine;
}

/**
 * Returns the texts that the digest may cover. INFERRED: the received text, or
 * the compact form, for a PBX that escapes more in the message than in the
 * digest.
 */
function infoTexts(raw: string | undefined): (string | undefined)[] {
  if (raw === undefined) return [undefined];
  const compact = JSON.stringify(JSON.parse(raw));
  return compact === raw ? [raw] : [raw, compact];
}

/** Returns the digest of the SDK (AppWebsocket), in lower-case hex. */
export function loginDigest(
  { app, domain, sip, guid, dn }: Omit<AppLogin, "mt" | "digest">,
  info: string | undefined,
  { challenge, password }: { challenge: string; password: string },
): string {
  const parts = [app, domain, sip, guid, dn];
  if (info !== undefined) parts.push(info);
  parts.push(challenge, password);
  return sha256Hex(parts.join(":"));
}

/** Returns sixteen digits, as a PBX expects them (SDK: AppWebsocket). */
export function newChallenge(): string {
  const numbers = crypto.getRandomValues(new Uint8Array(64));
  return Array.from(numbers.filter((byte) => byte < 250), (byte) => byte % 10)
    .slice(0, 16).join("");
}

import * as v from "valibot";
import { toHex } from "@/lib/base/ids.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { rawMember } from "./raw_member.ts";

const text = v.exactOptional(v.pipe(v.string(), v.maxLength(512)), "");

const LoginInfo = v.object({
  appobj: text,
  pbx: text,
  cn: text,
  appurl: text,
  /** Present in the login of a user, never in that of a PBX object. */
  groups: v.exactOptional(v.array(v.unknown())),
});

/** Who logs in (SDK: AppWebsocket). `info` is covered by the digest. */
export const AppLogin = v.object({
  mt: v.literal("AppLogin"),
  app: text,
  domain: text,
  sip: text,
  guid: text,
  dn: text,
  digest: v.pipe(v.string(), v.regex(/^[0-9A-Fa-f]{64}$/)),
  /** Present: a user's app. Not covered by the digest. */
  pbxObj: v.exactOptional(v.pipe(v.string(), v.maxLength(512))),
  info: v.exactOptional(LoginInfo),
});
export type AppLogin = v.InferOutput<typeof AppLogin>;

/** A login as it came: what it says, and the text that its digest covers. */
export interface ReceivedLogin {
  login: AppLogin;
  /** The source of `info`, if there is one. */
  rawInfo: string | undefined;
}

/** Reads one frame or posted body as a login. Never throws. */
export function readLogin(json: string): Result<ReceivedLogin, "unreadable"> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return err("unreadable");
  }
  const login = v.safeParse(AppLogin, parsed);
  if (!login.success) return err("unreadable");
  return ok({ login: login.output, rawInfo: rawMember(json, "info") });
}

/**
 * Whether who logged in is a PBX and no user of it. A user can read a valid
 * login of its own in the browser, so only what the digest covers counts: a
 * user's `info` has `groups`, and its `sip` is not the App object's name.
 * INFERRED from the published captures.
 */
export function isPbxObject({ sip, info, pbxObj }: AppLogin): boolean {
  if (pbxObj !== undefined || info?.groups !== undefined) return false;
  return info === undefined || info.appobj === "" || info.appobj === sip;
}

/** Compares the digest of `received` with the one it should have. */
export async function isGenuine(
  received: ReceivedLogin,
  challenge: string,
  password: string,
): Promise<boolean> {
  let genuine = false;
  for (const info of infoTexts(received.rawInfo)) {
    const expected = await loginDigest(received.login, info, {
      challenge,
      password,
    });
    // No early end: the time taken must not depend on what matched.
    if (sameText(expected, received.login.digest.toLowerCase())) genuine = true;
  }
  return genuine;
}

/**
 * The texts that the digest may have been made of. INFERRED: the text as it
 * came; a PBX that escapes more on the wire than in the digest is met by the
 * compact form.
 */
function infoTexts(raw: string | undefined): (string | undefined)[] {
  if (raw === undefined) return [undefined];
  const compact = JSON.stringify(JSON.parse(raw));
  return compact === raw ? [raw] : [raw, compact];
}

/** The digest of the SDK (AppWebsocket), in lower case hex. */
export async function loginDigest(
  { app, domain, sip, guid, dn }: Omit<AppLogin, "mt" | "digest">,
  info: string | undefined,
  { challenge, password }: { challenge: string; password: string },
): Promise<string> {
  const parts = [app, domain, sip, guid, dn];
  if (info !== undefined) parts.push(info);
  parts.push(challenge, password);
  const bytes = new TextEncoder().encode(parts.join(":"));
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** Takes the same time wherever two texts of one length differ. */
export function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) {
    difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  }
  return difference === 0;
}

/** Sixteen digits, as a PBX expects them (SDK: AppWebsocket). */
export function newChallenge(): string {
  const numbers = crypto.getRandomValues(new Uint8Array(64));
  return Array.from(numbers.filter((byte) => byte < 250), (byte) => byte % 10)
    .slice(0, 16).join("");
}

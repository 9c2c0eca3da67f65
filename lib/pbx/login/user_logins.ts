import { Buffer } from "node:buffer";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "@/lib/base/clock.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { isGenuine, newChallenge } from "./app_login.ts";
import { readUserLogin } from "./user_login.ts";

const OPEN_MS = 60_000;
/** Hex digits of the parts of a challenge. */
const NONCE_LENGTH = 16;
const UNTIL_LENGTH = 12;
const MAC_LENGTH = 32;

/** A user of the PBX to whom the App is assigned. */
export interface AppUser {
  /** The SIP-ID, unique within `domain`. */
  sip: string;
  domain: string;
  guid: string;
  displayName: string;
  /** The App object through which the user came. */
  appObject: string;
}

export type UserLoginError =
  | "unreadable"
  /** It names no App object, or nobody: not the login of a user. */
  | "no-user"
  /** The challenge is unknown, too old, or was used before. */
  | "challenge"
  | "digest"
  /** No App password is set. */
  | "no-password";

/**
 * Sign-in of users who open the App in their myApps client: the page gets a
 * challenge by HTTP, its parent window makes the login, the page posts it.
 */
export class UserLogins {
  readonly #clock: Clock;
  readonly #password: () => Promise<string | undefined>;
  /** Signs challenges, so that open ones need not be stored, and nobody can push
   * out those of others. */
  readonly #key = randomBytes(32);
  /** Challenges of genuine logins, until they expire. */
  readonly #used = new Map<string, number>();

  constructor(clock: Clock, password: () => Promise<string | undefined>) {
    this.#clock = clock;
    this.#password = password;
  }

  /** A challenge for one sign-in within a minute. */
  challenge(): string {
    const until = Math.floor(this.#clock.now() + OPEN_MS);
    const nonce = newChallenge().slice(0, NONCE_LENGTH);
    const text = nonce + until.toString(16).padStart(UNTIL_LENGTH, "0");
    return text + this.#mac(text);
  }

  /** Checks the posted AppLogin, text as received. A genuine one uses up the
   * challenge. */
  async check(
    challenge: string,
    json: string,
  ): Promise<Result<AppUser, UserLoginError>> {
    const until = this.#untilOf(challenge);
    if (until === undefined) return err("challenge");
    const received = readUserLogin(json);
    if (!received.ok) return received;
    const password = await this.#password();
    if (password === undefined) return err("no-password");
    if (!await isGenuine(received.value, challenge, password)) {
      return err("digest");
    }
    if (!this.#use(challenge, until)) return err("challenge");
    const { sip, domain, guid, dn, info, pbxObj = "" } = received.value.login;
    const displayName = dn || info?.cn || sip;
    const appObject = info?.appobj || pbxObj;
    return ok({ sip, domain, guid, displayName, appObject });
  }

  /** When the challenge expires, or undefined if it is not one of ours, or has
   * expired or been used. */
  #untilOf(challenge: string): number | undefined {
    const text = challenge.slice(0, -MAC_LENGTH);
    const mac = Buffer.from(challenge.slice(-MAC_LENGTH));
    const expected = Buffer.from(this.#mac(text));
    if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) {
      return undefined;
    }
    const until = parseInt(text.slice(NONCE_LENGTH), 16);
    const isOpen = until >= this.#clock.now() && !this.#used.has(challenge);
    return isOpen ? until : undefined;
  }

  /** False if the same login came a moment before. */
  #use(challenge: string, until: number): boolean {
    if (this.#used.has(challenge)) return false;
    for (const [used, expired] of this.#used) {
      if (expired >= this.#clock.now()) break;
      this.#used.delete(used);
    }
    this.#used.set(challenge, until);
    return true;
  }

  #mac(text: string): string {
    return createHmac("sha256", this.#key).update(text).digest("hex")
      .slice(0, MAC_LENGTH);
  }
}

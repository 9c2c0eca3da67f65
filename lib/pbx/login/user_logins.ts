import { createHmac, randomBytes, randomInt } from "node:crypto";
import type { Clock } from "@/lib/base/clock.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { isSameSecret } from "@/lib/base/same_secret.ts";
import { isGenuine } from "./app_login.ts";
import { readUserLogin } from "./user_login.ts";

const OPEN_MS = 60_000;
/**
 * A challenge has sixteen digits, as a PBX expects: the last four digits of the
 * second in which it expires, six random ones, and six that only this process
 * can create.
 */
const CHALLENGE = /^(\d{4})(\d{6})(\d{6})$/;
const SECONDS_MAX = 10_000;
const CHANCE_MAX = 1_000_000;

/** A user of the PBX to whom the App is assigned. */
export interface AppUser {
  /** The SIP-ID, unique within `domain`. */
  sip: string;
  domain: string;
  guid: string;
  displayName: string;
  /** The App object that the user opened. */
  appObject: string;
}

export type UserLoginError =
  | "unreadable"
  /** It names no App object, or no user. */
  | "no-user"
  /** The challenge is unknown, too old, or was used before. */
  | "challenge"
  | "digest"
  /** No App password is set. */
  | "no-password";

/**
 * Sign-in of users who open the App in their myApps client: the page gets a
 * challenge by HTTP, its parent window creates the login, and the page posts
 * it.
 */
export class UserLogins {
  readonly #clock: Clock;
  readonly #password: () => Promise<string | undefined>;
  /** Signs challenges, so that open ones need not be stored and can't displace
   * each other. */
  readonly #key = randomBytes(32);
  /** Challenges of genuine logins, until they expire. */
  readonly #used = new Map<string, number>();

  constructor(clock: Clock, password: () => Promise<string | undefined>) {
    this.#clock = clock;
    this.#password = password;
  }

  /** Returns a challenge for one sign-in within a minute. */
  challenge(): string {
    const until = Math.ceil((this.#clock.now() + OPEN_MS) / 1_000);
    const chance = digits(randomInt(CHANCE_MAX), 6);
    return digits(until % SECONDS_MAX, 4) + chance + this.#mac(until, chance);
  }

  /** Checks the posted AppLogin, as received. A genuine one uses up the
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
    if (!isGenuine(received.value, challenge, password)) {
      return err("digest");
    }
    if (!this.#use(challenge, until)) return err("challenge");
    const { sip, domain, guid, dn, info, pbxObj = "" } = received.value.login;
    const displayName = dn || info?.cn || sip;
    const appObject = info?.appobj || pbxObj;
    return ok({ sip, domain, guid, displayName, appObject });
  }

  /** Returns when the challenge expires; undefined if it is not ours, has
   * expired or was used. */
  #untilOf(challenge: string): number | undefined {
    const [, second = "", chance = "", mac = ""] = CHALLENGE.exec(challenge) ??
      [];
    if (mac === "" || this.#used.has(challenge)) return undefined;
    const now = Math.floor(this.#clock.now() / 1_000);
    // Much later, the same four digits mean another second.
    const left = (Number(second) - now % SECONDS_MAX + SECONDS_MAX) %
      SECONDS_MAX;
    const isOurs = isSameSecret(mac, this.#mac(now + left, chance));
    const until = (now + left) * 1_000;
    const isOpen = left * 1_000 <= OPEN_MS + 1_000 &&
      until >= this.#clock.now();
    return isOurs && isOpen ? until : undefined;
  }

  /** Returns false if the same login was used a moment before. */
  #use(challenge: string, until: number): boolean {
    if (this.#used.has(challenge)) return false;
    for (const [used, expired] of this.#used) {
      if (expired >= this.#clock.now()) break;
      this.#used.delete(used);
    }
    this.#used.set(challenge, until);
    return true;
  }

  #mac(until: number, chance: string): string {
    const mac = createHmac("sha256", this.#key).update(`${until} ${chance}`)
      .digest();
    return digits(mac.readUInt32BE() % CHANCE_MAX, 6);
  }
}

function digits(number: number, length: number): string {
  return String(number).padStart(length, "0");
}

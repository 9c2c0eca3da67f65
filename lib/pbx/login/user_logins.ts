import { randomInt } from "node:crypto";
import type { Clock } from "@/lib/base/clock.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { isSameSecret } from "@/lib/base/same_secret.ts";
import type { UsedOnceStore } from "@/lib/store/used_once_store.ts";
import { isGenuine } from "./app_login.ts";
import { readUserLogin } from "./user_login.ts";

const OPEN_MS = 60_000;
/** Maximum difference between the clocks of two instances. */
const SKEW_MS = 5_000;
/**
 * A challenge has sixteen digits, as a PBX expects: the last four digits of the
 * second in which it expires, six random ones, and six that only instances of
 * this service can create.
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

export interface UserLoginOptions {
  clock: Pick<Clock, "wall">;
  password: () => Promise<string | undefined>;
  /** Signs a text with the key that all instances have. */
  sign: (text: string) => Promise<Uint8Array>;
  /** Remembers used challenges for all instances. */
  used: Pick<UsedOnceStore, "use">;
}

/**
 * Sign-in of users who open the App in their myApps client: the page gets a
 * challenge by HTTP, its parent window creates the login, and the page posts
 * it, maybe to another instance. Challenges are signed, so that open ones need
 * not be stored and can't displace each other.
 */
export class UserLogins {
  readonly #options: UserLoginOptions;

  constructor(options: UserLoginOptions) {
    this.#options = options;
  }

  /** Returns a challenge for one sign-in within a minute. */
  async challenge(): Promise<string> {
    const { clock } = this.#options;
    const until = Math.ceil((clock.wall() + OPEN_MS) / 1_000);
    const chance = digits(randomInt(CHANCE_MAX), 6);
    const mac = await this.#mac(until, chance);
    return digits(until % SECONDS_MAX, 4) + chance + mac;
  }

  /** Checks the posted AppLogin, as received. A genuine one uses up the
   * challenge. */
  async check(
    challenge: string,
    json: string,
  ): Promise<Result<AppUser, UserLoginError>> {
    if (!await this.#isOpen(challenge)) return err("challenge");
    const received = readUserLogin(json);
    if (!received.ok) return received;
    const password = await this.#options.password();
    if (password === undefined) return err("no-password");
    if (!isGenuine(received.value, challenge, password)) return err("digest");
    const { used } = this.#options;
    const forMs = OPEN_MS + 2 * SKEW_MS;
    if (!await used.use("challenge", challenge, forMs)) return err("challenge");
    const { sip, domain, guid, dn, info, pbxObj = "" } = received.value.login;
    const displayName = dn || info?.cn || sip;
    const appObject = info?.appobj || pbxObj;
    return ok({ sip, domain, guid, displayName, appObject });
  }

  /** True if an instance of this service has created the challenge, in the last
   * minute. */
  async #isOpen(challenge: string): Promise<boolean> {
    const [, second = "", chance = "", mac = ""] = CHALLENGE.exec(challenge) ??
      [];
    if (mac === "") return false;
    const now = this.#options.clock.wall();
    const start = Math.floor(now / 1_000);
    // Much later, the same four digits mean another second.
    const left = (Number(second) - start % SECONDS_MAX + SECONDS_MAX) %
      SECONDS_MAX;
    const until = start + left;
    return isSameSecret(mac, await this.#mac(until, chance)) &&
      left * 1_000 <= OPEN_MS + SKEW_MS && until * 1_000 >= now;
  }

  async #mac(until: number, chance: string): Promise<string> {
    const mac = await this.#options.sign(`challenge ${until} ${chance}`);
    const number = new DataView(mac.buffer, mac.byteOffset).getUint32(0);
    return digits(number % CHANCE_MAX, 6);
  }
}

function digits(number: number, length: number): string {
  return String(number).padStart(length, "0");
}

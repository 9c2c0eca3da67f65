import type { Clock } from "@/lib/base/clock.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { isGenuine, newChallenge } from "./app_login.ts";
import { readUserLogin } from "./user_login.ts";

const OPEN_MAX = 1_000;
const OPEN_MS = 60_000;

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
  readonly #open = new Map<string, number>();

  constructor(clock: Clock, password: () => Promise<string | undefined>) {
    this.#clock = clock;
    this.#password = password;
  }

  /** A challenge for one sign-in within a minute. */
  challenge(): string {
    const challenge = newChallenge();
    const [oldest] = this.#open.keys();
    if (this.#open.size >= OPEN_MAX && oldest) this.#open.delete(oldest);
    this.#open.set(challenge, this.#clock.now() + OPEN_MS);
    return challenge;
  }

  /** Checks the posted AppLogin, text as received. Uses up the challenge. */
  async check(
    challenge: string,
    json: string,
  ): Promise<Result<AppUser, UserLoginError>> {
    const until = this.#open.get(challenge);
    this.#open.delete(challenge);
    if (until === undefined || until < this.#clock.now()) {
      return err("challenge");
    }
    const received = readUserLogin(json);
    if (!received.ok) return received;
    const password = await this.#password();
    if (password === undefined) return err("no-password");
    if (!await isGenuine(received.value, challenge, password)) {
      return err("digest");
    }
    const { sip, domain, guid, dn, info, pbxObj = "" } = received.value.login;
    const displayName = dn || info?.cn || sip;
    const appObject = info?.appobj || pbxObj;
    return ok({ sip, domain, guid, displayName, appObject });
  }
}

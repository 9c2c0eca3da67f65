import { getLogger } from "@logtape/logtape";
import { addressBlock } from "@/lib/base/ip_address.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { UserLogins } from "@/lib/pbx/login/user_logins.ts";
import type { UsedOnceStore } from "@/lib/store/used_once_store.ts";
import type {
  MyAppsLogin,
  MyAppsRefusal,
} from "@/lib/protocol/admin/my_apps.ts";
import type { Pbx } from "./pbx.ts";
import type { PbxPeople } from "./pbx_people.ts";
import type { Sessions } from "./sessions.ts";
import { Throttle } from "./throttle.ts";

const log = getLogger(["widgets", "myapps"]);

/** Time after which a user of a PBX who has lost the App is signed out. */
export const FRAMED_SESSION_MS_MAX = 12 * 60 * 60 * 1_000;

/** Challenges and posted logins of one network without a sign-in. */
const TRIES = { free: 60, firstMs: 1_000, maxMs: 15 * 60_000 };

export interface SignedInUser {
  account: Account;
  /** The session's token, which must go only into the cookie. */
  token: string;
}

/** Signs in users of a PBX who open the App in myApps, without another
 * password. */
export class MyApps {
  readonly #pbx: Pbx;
  readonly #people: PbxPeople;
  readonly #sessions: Sessions;
  readonly #logins: UserLogins;
  readonly #challenges: Throttle;
  readonly #tries: Throttle;

  constructor({ pbx, people, sessions, used, hub, clock }: {
    pbx: Pbx;
    people: PbxPeople;
    sessions: Sessions;
    used: Pick<UsedOnceStore, "use">;
    hub: Hub<Topics>;
    clock: Clock;
  }) {
    this.#pbx = pbx;
    this.#people = people;
    this.#sessions = sessions;
    this.#logins = pbx.userLogins({ clock, used });
    this.#challenges = new Throttle(TRIES, clock, {
      hub,
      limit: "my-apps-challenge",
    });
    this.#tries = new Throttle(TRIES, clock, { hub, limit: "my-apps-login" });
  }

  /** Returns a challenge for one sign-in within a minute, for this address. */
  async challenge(address: string): Promise<Result<string, MyAppsRefusal>> {
    const refusal = refusalBy(this.#challenges, addressBlock(address));
    return refusal === undefined
      ? ok(await this.#logins.challenge())
      : err(refusal);
  }

  /** Opens a session for a user for whom the PBX vouches. Uses up the
   * challenge. */
  async signIn(
    { challenge, login }: MyAppsLogin,
    address: string,
  ): Promise<Result<SignedInUser, MyAppsRefusal>> {
    const place = addressBlock(address);
    const refusal = refusalBy(this.#tries, place);
    if (refusal !== undefined) return err(refusal);
    const checked = await this.#logins.check(challenge, login);
    if (!checked.ok) {
      const reason = checked.error === "no-user" ? "unreadable" : checked.error;
      this.#refuse("user-login", address, reason);
      return err({ reason });
    }
    const { sip, domain, guid, displayName } = checked.value;
    const id = guid || sip;
    const entered = await this.#people.enter({ domain, id, sip, displayName });
    if (!entered.ok) {
      this.#refuse("user-denied", address, entered.error);
      return err({ reason: entered.error });
    }
    this.#tries.forgive(place);
    this.#challenges.forgive(place);
    const account = entered.value;
    const token = await this.#sessions.open(account.id, FRAMED_SESSION_MS_MAX);
    log.info("{name} has signed in through the PBX", { name: account.name });
    return ok({ account, token });
  }

  #refuse(
    what: "user-login" | "user-denied",
    address: string,
    reason: string,
  ): void {
    if (!this.#pbx.bank.refusals.add(what, address)) return;
    log.warn("Rejected a PBX user from {address}: {reason}", {
      address,
      reason,
    });
  }
}

/** Returns why this try has to wait; otherwise counts it. */
function refusalBy(tries: Throttle, place: string): MyAppsRefusal | undefined {
  const waitMs = tries.waitMs(place);
  if (waitMs > 0) {
    return { reason: "throttled", retryAfter: Math.ceil(waitMs / 1_000) };
  }
  tries.count(place);
  return undefined;
}

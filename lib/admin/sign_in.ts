import { getLogger } from "@logtape/logtape";
import * as v from "valibot";
import { addressBlock } from "@/lib/base/ip_address.ts";
import { type Counters, NOT_COUNTED } from "@/lib/base/counters.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { Hub } from "@/lib/base/hub.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import {
  type Account,
  AccountName,
  PASSWORD_LENGTH_MAX,
} from "@/lib/model/account.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import { StoreError } from "@/lib/store/patience.ts";
import type { SignInPlaceStore } from "@/lib/store/sign_in_place_store.ts";
import { CheckQueue } from "./check_queue.ts";
import { isPassword } from "./passwords.ts";
import { Throttle } from "./throttle.ts";

export interface Credentials {
  name: string;
  password: string;
  /** The address of the request, by which limits count. */
  address: string;
}

export type NotSignedIn =
  /** The name is unknown or the password is wrong; the answer does not tell
   * which. */
  | { reason: "wrong" }
  | { reason: "throttled"; retryAfterSeconds: number };

/** An account whose password was right, with the hash of that password. */
interface Known {
  account: Account;
  hash: string;
}

const log = getLogger(["widgets", "admin"]);

const REASON: Record<NotSignedIn["reason"], string> = {
  wrong: "wrong name or password",
  throttled: "too many attempts",
};

/** Tries for one account, from places that never signed in to it. */
const BY_NAME = { free: 5, firstMs: 1_000, maxMs: 5 * 60_000 };
/** Tries from one place. A company may have many people behind one address. */
const BY_ADDRESS = { free: 20, firstMs: 1_000, maxMs: 15 * 60_000 };

/** The credentials that a signed-in user enters again before an important
 * change. */
export interface Confirmation {
  account: Pick<Account, "id" | "name">;
  password: string;
  address: string;
}

/** The sign-in, which slows down guesses. */
export class SignIn {
  readonly #accounts: AccountStore;
  readonly #byName: Throttle;
  readonly #byAddress: Throttle;
  /** Guesses from elsewhere do not lock out users at places where they have
   * signed in before. */
  readonly #places: SignInPlaceStore;
  readonly #queue = new CheckQueue();
  readonly #counters: Counters;

  constructor(
    { accounts, places, clock, hub = new Hub(), counters = NOT_COUNTED }: {
      accounts: AccountStore;
      places: SignInPlaceStore;
      clock: Pick<Clock, "now">;
      /** Tries are counted together with those of all who share it. */
      hub?: Hub<Topics>;
      counters?: Counters;
    },
  ) {
    this.#accounts = accounts;
    this.#places = places;
    this.#counters = counters;
    this.#byName = new Throttle(BY_NAME, clock, {
      hub,
      limit: "sign-in-name",
    });
    this.#byAddress = new Throttle(BY_ADDRESS, clock, {
      hub,
      limit: "sign-in-address",
    });
  }

  /**
   * Returns the account for a name and its password. An unknown name takes the
   * same time. Logs each failure with name and address, and counts `sign_ins`
   * (result).
   */
  async try(credentials: Credentials): Promise<Result<Account, NotSignedIn>> {
    const tried = await this.#try(credentials);
    if (!tried.ok) {
      this.#noteFailure(credentials, tried.error);
      return tried;
    }
    this.#counters.count("sign_ins", { result: "ok" });
    return ok(tried.value.account);
  }

  /**
   * Returns the hash of the account's password if `password` is right. Guesses
   * are delayed, logged and counted together with those of the sign-in.
   */
  async confirm(
    { account: { id, name }, password, address }: Confirmation,
  ): Promise<Result<string, NotSignedIn>> {
    const tried = await this.#try({ name, password, address });
    if (!tried.ok || tried.value.account.id !== id) {
      const error: NotSignedIn = tried.ok ? { reason: "wrong" } : tried.error;
      this.#noteFailure({ name, address }, error);
      return err(error);
    }
    return ok(tried.value.hash);
  }

  /** Computes a password's hash in its turn. */
  async inTurn<T>(compute: () => Promise<T>): Promise<T> {
    return await this.#queue.run("known", "", compute);
  }

  #noteFailure(
    { name, address }: Pick<Credentials, "name" | "address">,
    { reason }: NotSignedIn,
  ): void {
    this.#counters.count("sign_ins", { result: reason });
    log.warn("Sign-in failed for {name} from {address}: {reason}", {
      name: v.is(AccountName, name) ? name : "an invalid name",
      address,
      reason: REASON[reason],
    });
  }

  async #try(
    { name: given, password, address }: Credentials,
  ): Promise<Result<Known, NotSignedIn>> {
    const parsed = v.safeParse(AccountName, given);
    const name = parsed.success ? parsed.output : "";
    const place = addressBlock(address);
    const isKnown = await this.#places.has(name, place);
    const lane = isKnown ? "known" : "strangers";
    const account = isKnown ? JSON.stringify([name, place]) : name;
    const wait = Math.max(
      this.#byName.waitMs(account),
      this.#byAddress.waitMs(place),
      this.#queue.hasRoom(lane, address) ? 0 : 1_000,
    );
    if (wait > 0) {
      const retryAfterSeconds = Math.ceil(wait / 1_000);
      return err({ reason: "throttled", retryAfterSeconds });
    }
    this.#byName.count(account);
    this.#byAddress.count(place);
    const check = () => this.#check(name, password);
    const found = await this.#queue.run(lane, address, check);
    if (found === undefined) return err({ reason: "wrong" });
    this.#byName.clear(account);
    this.#byAddress.forgive(place);
    await this.#remember(name, place);
    return ok(found);
  }

  /** A place that cannot be stored only makes the next sign-in from it wait for
   * others' guesses, so it does not prevent this one. */
  async #remember(name: string, place: string): Promise<void> {
    try {
      await this.#places.add(name, place);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.warn("Cannot store the place of a sign-in of {name}: {error}", {
        name,
        error,
      });
    }
  }

  async #check(name: string, password: string): Promise<Known | undefined> {
    const account = (await this.#accounts.getByName(name))?.value;
    const hash = account && await this.#accounts.passwordHash(account.id);
    const fits = await isPassword(password.slice(0, PASSWORD_LENGTH_MAX), hash);
    if (!fits || password.length > PASSWORD_LENGTH_MAX) return undefined;
    // The password may have changed during the check.
    const still = account && await this.#accounts.passwordHash(account.id);
    if (account === undefined || hash === undefined) return undefined;
    return still === hash ? { account, hash } : undefined;
  }
}

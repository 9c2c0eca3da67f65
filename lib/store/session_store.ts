import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { newToken } from "@/lib/base/ids.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import type { StoreEngine } from "./store_engine.ts";
import { StoreError } from "./patience.ts";
import { sha256Hex } from "./sha256.ts";
import { deleteAll, get, has, list } from "./stored.ts";
import { tolerant } from "./unknown_members.ts";

/** A session ends if it was not used for this long. */
export const SESSION_IDLE_MS = 7 * DAY_MS;
/** A session ends this long after it was opened, used or not. */
export const SESSION_MS_MAX = 30 * DAY_MS;
/** Minimum time between two records of its use. */
export const SESSION_TOUCH_MS = 10 * 60 * 1_000;
/** Sessions of one account; beyond it the least recently used one ends. */
export const SESSIONS_MAX = 20;

const SignInSession = v.strictObject({
  account: v.string(),
  openedAt: v.number(),
  usedAt: v.number(),
  /** The latest end, if it is earlier than SESSION_MS_MAX. */
  endsAt: v.exactOptional(v.number()),
  /** A new session has replaced it, so it can only read pages. */
  isReplaced: v.exactOptional(v.literal(true)),
});
export type SignInSession = v.InferOutput<typeof SignInSession>;

const key = {
  one: (account: string, hash: string) => ["session", account, hash],
  all: (account: string) => ({ prefix: ["session", account] }),
};

/**
 * The sessions of signed-in users. A token is `<account>.<secret>`. Only the
 * SHA-256 of the secret is stored, so a reader of the store cannot sign in with
 * it.
 */
export class SessionStore {
  readonly #kv: StoreEngine;
  readonly #clock: Pick<Clock, "now">;

  constructor(kv: StoreEngine, clock: Pick<Clock, "now">) {
    this.#kv = kv;
    this.#clock = clock;
  }

  /**
   * Opens a session and returns its token, which is not available later.
   * `forMs` is its maximum duration.
   */
  async open(account: string, forMs = SESSION_MS_MAX): Promise<string> {
    await this.#makeRoom(account);
    const secret = newToken();
    const now = this.#clock.now();
    await this.#set(sha256Hex(secret), {
      account,
      openedAt: now,
      usedAt: now,
      ...(forMs < SESSION_MS_MAX && { endsAt: now + forMs }),
    });
    return `${account}.${secret}`;
  }

  /** Returns the session of a token unless it has ended. Counts as a use, which
   * is stored at the next one if the store fails. */
  async use(token: string): Promise<SignInSession | undefined> {
    const parts = split(token);
    if (parts === undefined) return undefined;
    const found = await get(this.#kv, key.one(...parts), SignInSession);
    if (found === undefined || this.#hasEnded(found.value)) return undefined;
    const now = this.#clock.now();
    if (now - found.value.usedAt < SESSION_TOUCH_MS) return found.value;
    const session = { ...found.value, usedAt: now };
    // If it ended meanwhile, the check fails and it stays ended.
    await this.#set(parts[1], session, found.revision).catch(unlessStoreFails);
    return session;
  }

  /** True if the session with this hash has not ended. Doesn't count as a
   * use. */
  async isOpen(account: string, hash: string): Promise<boolean> {
    const found = await get(this.#kv, key.one(account, hash), SignInSession);
    return found !== undefined && !this.#hasEnded(found.value);
  }

  /** Ends the session of a token. Returns whether there was one. */
  async end(token: string): Promise<boolean> {
    const parts = split(token);
    if (parts === undefined) return false;
    const isOpen = await has(this.#kv, key.one(...parts));
    if (isOpen) await this.#kv.delete(key.one(...parts));
    return isOpen;
  }

  /** Ends all sessions of the token's account except its own. */
  async endOthers(token: string): Promise<void> {
    const [account, kept] = splitKnown(token);
    for await (const entry of this.#kv.list(key.all(account))) {
      const isOwn = String(entry.key.at(-1)) === kept;
      if (!isOwn) await this.#kv.delete(entry.key);
    }
  }

  /**
   * Opens a session in place of all others of its account. The one of `token`
   * ends after `graceMs`, so that its other pages can get the new one first.
   * Returns the new token.
   */
  async replaceAll(token: string, graceMs: number): Promise<string> {
    await this.endOthers(token);
    const [account, kept] = splitKnown(token);
    const found = await get(this.#kv, key.one(account, kept), SignInSession);
    if (found !== undefined) {
      const endsAt = this.#clock.now() + graceMs;
      const replaced: SignInSession = {
        ...found.value,
        endsAt,
        isReplaced: true,
      };
      await this.#set(kept, replaced, found.revision);
    }
    return await this.open(account);
  }

  /** Ends all sessions of an account and returns their number. */
  async endAll(account: string): Promise<number> {
    return await deleteAll(this.#kv, key.all(account));
  }

  async #makeRoom(account: string): Promise<void> {
    const all = list(this.#kv, key.all(account), SignInSession);
    const open = await Array.fromAsync(all, ({ value }) => value.usedAt);
    if (open.length < SESSIONS_MAX) return;
    const limit = open.sort((a, b) => b - a)[SESSIONS_MAX - 2] ?? 0;
    for await (const entry of this.#kv.list(key.all(account))) {
      const { success, output } = v.safeParse(
        tolerant(SignInSession),
        entry.value,
      );
      if (!success || output.usedAt < limit) await this.#kv.delete(entry.key);
    }
  }

  async #set(
    hash: string,
    session: SignInSession,
    revision?: string,
  ): Promise<void> {
    const { account } = session;
    const own = key.one(account, hash);
    const commit = this.#kv.atomic();
    if (revision !== undefined) {
      commit.check({ key: own, versionstamp: revision });
    }
    // KV deletes it some time later; until then #hasEnded() rejects it.
    const expireIn = Math.max(1, endOf(session) - this.#clock.now());
    await commit.set(own, session, { expireIn }).commit();
  }

  #hasEnded(session: SignInSession): boolean {
    return this.#clock.now() >= endOf(session);
  }
}

/** A full disk must not sign users out who only read. */
function unlessStoreFails(error: unknown): void {
  if (!(error instanceof StoreError)) throw error;
}

/** Returns the hash by which the session of a token is stored. Throws if it is
 * not a token. */
export function sessionHash(token: string): string {
  return splitKnown(token)[1];
}

function endOf({ openedAt, usedAt, endsAt = Infinity }: SignInSession): number {
  return Math.min(usedAt + SESSION_IDLE_MS, openedAt + SESSION_MS_MAX, endsAt);
}

/** Returns account and hash of a token; undefined if it is invalid. */
function split(token: string): [string, string] | undefined {
  const [, account, secret] = /^([0-9a-f-]{36})\.([0-9a-f]{64})$/.exec(token) ??
    [];
  if (account === undefined || secret === undefined) return undefined;
  return [account, sha256Hex(secret)];
}

function splitKnown(token: string): [string, string] {
  const parts = split(token);
  if (parts === undefined) {
    throw new RangeError("Cannot find a session: this is not a token");
  }
  return parts;
}

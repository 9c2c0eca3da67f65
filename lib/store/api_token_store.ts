import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { API_TOKENS_MAX, ApiToken } from "@/lib/model/api_token.ts";
import type { Author, Change } from "@/lib/model/audit.ts";
import { AuditLog } from "./audit_log.ts";
import { StoreError } from "./patience.ts";
import { sha256Hex } from "./sha256.ts";
import type { StoreEngine } from "./store_engine.ts";
import { get, has, list } from "./stored.ts";

/** Minimum time between two records of a token's use. */
export const TOKEN_TOUCH_MS = 60_000;

/** A token with the SHA-256 of its secret, in hex digits. */
export const HashedToken = v.strictObject({
  ...ApiToken.entries,
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});
export type HashedToken = v.InferOutput<typeof HashedToken>;

const key = {
  one: (id: string) => ["api_token", id],
  all: { prefix: ["api_token"] },
};

/** The tokens of programs. Only the SHA-256 of a secret is stored, so a reader
 * of the store cannot use the API with it. */
export class ApiTokenStore {
  readonly #kv: StoreEngine;
  readonly #audit: AuditLog;
  readonly #clock: Pick<Clock, "now">;

  constructor(kv: StoreEngine, clock: Pick<Clock, "now">) {
    this.#kv = kv;
    this.#audit = new AuditLog(kv, clock);
    this.#clock = clock;
  }

  /** Returns all tokens, newest first. */
  async list(): Promise<ApiToken[]> {
    return (await this.hashed()).map(withoutHash);
  }

  /** Returns all tokens with the hashes of their secrets, for an archive. */
  async hashed(): Promise<HashedToken[]> {
    const all = list(this.#kv, key.all, HashedToken);
    const tokens = await Array.fromAsync(all, ({ value }) => value);
    return tokens.sort((one, other) => other.createdAt - one.createdAt);
  }

  /** Stores a token, and writes it into the audit log. Returns false if there
   * are API_TOKENS_MAX already. */
  async add(token: ApiToken, secret: string, change: Change): Promise<boolean> {
    if ((await this.hashed()).length >= API_TOKENS_MAX) return false;
    const entry: HashedToken = { ...token, hash: sha256Hex(secret) };
    const commit = this.#kv.atomic().set(key.one(token.id), entry);
    this.#audit.add(commit, token.by, change);
    await commit.commit();
    return true;
  }

  /** Adds a token from an archive. */
  async addAs(token: HashedToken): Promise<void> {
    await this.#kv.set(key.one(token.id), token);
  }

  async has(id: string): Promise<boolean> {
    return await has(this.#kv, key.one(id));
  }

  /** Returns the token with this id and secret, expired or not. */
  async find(id: string, secret: string): Promise<ApiToken | undefined> {
    const found = await get(this.#kv, key.one(id), HashedToken);
    if (found?.value.hash !== sha256Hex(secret)) return undefined;
    return withoutHash(found.value);
  }

  /** Records the use of a token, once per TOKEN_TOUCH_MS. A store that cannot
   * write must not keep programs from reading. */
  async touch({ id, usedAt = -Infinity }: ApiToken): Promise<void> {
    const now = this.#clock.now();
    if (now - usedAt < TOKEN_TOUCH_MS) return;
    const own = key.one(id);
    const found = await get(this.#kv, own, HashedToken);
    if (found === undefined) return;
    // If it was revoked meanwhile, the check fails and it stays revoked.
    await this.#kv.atomic()
      .check({ key: own, versionstamp: found.revision })
      .set(own, { ...found.value, usedAt: now })
      .commit()
      .catch(unlessStoreFails);
  }

  /** Revokes a token. Returns false if it does not exist. */
  async delete(
    id: string,
    by: Author,
    changeOf: (name: string) => Change,
  ): Promise<boolean> {
    const own = key.one(id);
    for (;;) {
      const entry = await this.#kv.get(own);
      if (entry.versionstamp === null) return false;
      const { success, output } = v.safeParse(Named, entry.value);
      const commit = this.#kv.atomic()
        .check({ key: own, versionstamp: entry.versionstamp })
        .delete(own);
      this.#audit.add(commit, by, changeOf(success ? output.name : ""));
      // The record of a use in between makes it try again.
      if ((await commit.commit()).ok) return true;
    }
  }
}

/** The part of a token that the audit log names, readable by every version. */
const Named = v.object({ name: v.string() });

function withoutHash({ hash: _, ...token }: HashedToken): ApiToken {
  return token;
}

function unlessStoreFails(error: unknown): void {
  if (!(error instanceof StoreError)) throw error;
}

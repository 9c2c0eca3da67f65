import * as v from "valibot";
import { DAY_MS } from "@/lib/base/times.ts";
import { sha256Hex } from "./sha256.ts";
import type { StoreEngine } from "./store_engine.ts";
import { get } from "./stored.ts";

/** Time for which the answer to a request with an idempotency key is stored. */
export const ANSWER_MS = DAY_MS;
/** Time after which a request that has no answer counts as lost, because the
 * service was killed meanwhile. */
export const UNANSWERED_MS = 60_000;

/** The answer to a request of a program, as it is repeated. */
export const StoredAnswer = v.strictObject({
  status: v.number(),
  headers: v.record(v.string(), v.string()),
  /** JSON, or empty. */
  body: v.string(),
});
export type StoredAnswer = v.InferOutput<typeof StoredAnswer>;

const Entry = v.strictObject({
  /** Hash of the request. */
  request: v.string(),
  /** Absent while the request is carried out. */
  answer: v.exactOptional(StoredAnswer),
});

/** A request with an idempotency key of its token. */
export interface KeyedRequest {
  token: string;
  key: string;
  /** Everything that makes it this request: method, path, body, … */
  request: string;
}

export type Claim =
  | { is: "new" }
  | { is: "answered"; answer: StoredAnswer }
  /** Another request with this key is being carried out. */
  | { is: "running" }
  /** The key belongs to a different request. */
  | { is: "different" };

const key = {
  one: ({ token, key: own }: Omit<KeyedRequest, "request">) => [
    "api_answer",
    token,
    sha256Hex(own),
  ],
};

/** The answers to requests with an idempotency key, so that a repeated request
 * is carried out once, at any instance. */
export class ApiAnswerStore {
  readonly #kv: StoreEngine;

  constructor(kv: StoreEngine) {
    this.#kv = kv;
  }

  /** Claims a key for a request, unless it is in use. */
  async claim(keyed: KeyedRequest): Promise<Claim> {
    const own = key.one(keyed);
    const request = sha256Hex(keyed.request);
    const { ok } = await this.#kv.atomic()
      .check({ key: own, versionstamp: null })
      .set(own, { request }, { expireIn: UNANSWERED_MS })
      .commit();
    if (ok) return { is: "new" };
    const found = (await get(this.#kv, own, Entry))?.value;
    if (found === undefined) return { is: "running" }; // It ended just now.
    if (found.request !== request) return { is: "different" };
    const { answer } = found;
    return answer ? { is: "answered", answer } : { is: "running" };
  }

  /** Stores the answer to a request that has claimed its key. */
  async answer(keyed: KeyedRequest, answer: StoredAnswer): Promise<void> {
    const entry = { request: sha256Hex(keyed.request), answer };
    await this.#kv.set(key.one(keyed), entry, { expireIn: ANSWER_MS });
  }

  /** Gives up a key, because the request changed nothing. */
  async release(keyed: KeyedRequest): Promise<void> {
    await this.#kv.delete(key.one(keyed));
  }
}

import * as v from "valibot";

/** The private key with which the service proves to push services who it is, as
 * a key on P-256. The devices of agents are subscribed with it. */
export const PushKey = v.object({
  x: v.string(),
  y: v.string(),
  d: v.string(),
});
export type PushKey = v.InferOutput<typeof PushKey>;

/** The key, as an archive needs it. In the store it is encrypted with a key that
 * is kept outside of the store. */
export interface StoredPushKey {
  /** Undefined if none is stored, or it cannot be decrypted. */
  get(): Promise<PushKey | undefined>;
  set(key: PushKey): Promise<void>;
}

/** For services that notify nobody. */
export const NO_PUSH_KEY: StoredPushKey = {
  get: () => Promise.resolve(undefined),
  set: () => Promise.resolve(),
};

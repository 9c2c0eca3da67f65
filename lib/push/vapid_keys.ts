import { getLogger } from "@logtape/logtape";
import * as v from "valibot";
import type { Result } from "@/lib/base/result.ts";
import type { SettingsStore } from "@/lib/store/settings_store.ts";
import { newVapidKey, VapidKey } from "./vapid.ts";

const log = getLogger(["widgets", "push"]);

const SEALED = { name: "push-vapid-key", schema: v.string() };
const KeyText = v.pipe(v.string(), v.parseJson(), VapidKey);

/** Encrypts secrets for the store. */
export interface Sealer {
  seal(text: string): Promise<string>;
  open(sealed: string): Promise<Result<string, "unreadable">>;
}

type KeyStore = Pick<SettingsStore, "get" | "set" | "setFirst">;

/** The key of this service, encrypted in the store. */
export class VapidKeys {
  readonly #store: KeyStore;
  readonly #sealer: () => Promise<Sealer>;
  #key: Promise<VapidKey> | undefined;

  /** @param sealer Called only if the key is needed. */
  constructor(store: KeyStore, sealer: () => Promise<Sealer>) {
    this.#store = store;
    this.#sealer = sealer;
  }

  /** True if one is stored, with whatever key it is encrypted. */
  static async isStored(store: Pick<KeyStore, "get">): Promise<boolean> {
    return await store.get(SEALED) !== undefined;
  }

  /** Returns the key, which is created on first use. All instances of the
   * service have the same one. */
  get(): Promise<VapidKey> {
    const key = this.#key ??= this.#load();
    key.catch(() => this.#key = undefined);
    return key;
  }

  /** Returns the stored key; undefined if there is none, or it cannot be
   * decrypted. */
  async stored(): Promise<VapidKey | undefined> {
    const sealed = await this.#store.get(SEALED);
    if (sealed === undefined) return undefined;
    const opened = await (await this.#sealer()).open(sealed.value);
    const read = opened.ok && v.safeParse(KeyText, opened.value);
    return read && read.success ? read.output : undefined;
  }

  /** Stores a key in place of any other. */
  async set(key: VapidKey): Promise<void> {
    await this.#store.set(SEALED, await this.#sealed(key));
    this.#key = undefined;
  }

  async #load(): Promise<VapidKey> {
    const isThere = await VapidKeys.isStored(this.#store);
    const known = await this.stored();
    if (known !== undefined) return known;
    const key = await newVapidKey();
    if (isThere) {
      log.warn(
        "Created a new push key, because CW_SECRET_KEY has changed: each device is notified again after its agent has opened the desk there",
      );
      await this.#store.set(SEALED, await this.#sealed(key));
      return key;
    }
    const isFirst = await this.#store.setFirst(SEALED, await this.#sealed(key));
    return isFirst ? key : await this.#load(); // Another instance was faster.
  }

  async #sealed(key: VapidKey): Promise<string> {
    return await (await this.#sealer()).seal(JSON.stringify(key));
  }
}

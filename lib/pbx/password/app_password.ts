import * as v from "valibot";
import type { Author } from "@/lib/model/audit.ts";
import type { SettingsStore } from "@/lib/store/settings_store.ts";
import type { SecretBox } from "./secret_box.ts";

const SEALED = { name: "pbx-app-password", schema: v.string() };

/** The store for the encrypted password. */
export type PasswordStore = Pick<SettingsStore, "get" | "change" | "delete">;

/** Source of the password, for /admin/pbx; never the password itself. */
export type PasswordSource =
  | "environment"
  | "stored"
  /** Stored with another key, so it has to be entered again. */
  | "unreadable"
  | "none";

/** The password that the App object and the service share. */
export class AppPassword {
  readonly #box: SecretBox;
  readonly #store: PasswordStore;
  readonly #fixed: string;

  /**
   * @param fixed From the environment; unless "", it overrides a stored one.
   */
  constructor(box: SecretBox, store: PasswordStore, fixed: string) {
    this.#box = box;
    this.#store = store;
    this.#fixed = fixed;
  }

  /** True if one is stored, with whatever key. */
  static async isStored(store: Pick<PasswordStore, "get">): Promise<boolean> {
    return await store.get(SEALED) !== undefined;
  }

  async get(): Promise<string | undefined> {
    if (this.#fixed !== "") return this.#fixed;
    const sealed = await this.#store.get(SEALED);
    if (sealed === undefined) return undefined;
    const opened = await this.#box.open(sealed.value);
    return opened.ok ? opened.value : undefined;
  }

  async source(): Promise<PasswordSource> {
    if (this.#fixed !== "") return "environment";
    if (await this.#store.get(SEALED) === undefined) return "none";
    return await this.get() === undefined ? "unreadable" : "stored";
  }

  /** Encrypts and stores a new password, which applies from the next login
   * on. */
  async set(password: string, by: Author): Promise<void> {
    await this.#store.change(SEALED, await this.#box.seal(password), {
      by,
      change: { type: "pbx-password-saved" },
    });
  }

  /** Signs a text with the key that encrypts the password. */
  sign(text: string): Promise<Uint8Array> {
    return this.#box.sign(text);
  }

  async clear(): Promise<void> {
    await this.#store.delete(SEALED);
  }
}

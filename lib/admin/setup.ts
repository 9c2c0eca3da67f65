import * as v from "valibot";
import { newToken } from "@/lib/base/ids.ts";
import { err, type Result } from "@/lib/base/result.ts";
import type { NewPerson, PersonView } from "@/lib/protocol/admin/messages.ts";
import type { SettingsStore } from "@/lib/store/settings_store.ts";
import { sha256Hex } from "@/lib/store/sha256.ts";
import type { Examples } from "./examples/examples.ts";
import type { People } from "./people.ts";

const TOKEN_HASH = { name: "setup_token_sha256", schema: v.string() };

/**
 * The link that creates the first administrator. It works once, and only while
 * there is no account.
 */
export class Setup {
  readonly #settings: SettingsStore;
  readonly #people: People;
  readonly #examples: Pick<Examples, "adopt">;

  constructor({ settings, people, examples }: {
    settings: SettingsStore;
    people: People;
    examples: Pick<Examples, "adopt">;
  }) {
    this.#settings = settings;
    this.#people = people;
    this.#examples = examples;
  }

  /**
   * Returns a new token for the link; undefined if there is an account. Only
   * its hash is stored, so each start has to create a new one, which
   * invalidates the previous one.
   */
  async newToken(): Promise<string | undefined> {
    if (!await this.#people.isEmpty()) return undefined;
    const token = newToken();
    await this.#settings.set(TOKEN_HASH, sha256Hex(token));
    return token;
  }

  /** True if the link with this token still works. */
  async isOpen(token: string): Promise<boolean> {
    const stored = await this.#settings.get(TOKEN_HASH);
    return stored?.value === sha256Hex(token) && await this.#people.isEmpty();
  }

  /** Creates the first administrator. If two people use the link at the same
   * time, one of them succeeds. */
  async use(
    token: string,
    person: Omit<NewPerson, "roles">,
  ): Promise<Result<PersonView, { reason: "void" }>> {
    if (!await this.isOpen(token)) return err({ reason: "void" });
    const made = await this.#people.createFirst(person);
    if (!made.ok) return err({ reason: "void" });
    await this.#settings.delete(TOKEN_HASH);
    await this.#examples.adopt(made.value);
    return made;
  }
}

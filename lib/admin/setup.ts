import * as v from "valibot";
import { newToken, toHex } from "@/lib/base/ids.ts";
import { err, type Result } from "@/lib/base/result.ts";
import type { NewPerson, PersonView } from "@/lib/protocol/admin/messages.ts";
import type { SettingsStore } from "@/lib/store/settings_store.ts";
import type { Examples } from "./examples/examples.ts";
import type { People } from "./people.ts";

const TOKEN_HASH = { name: "setup_token_sha256", schema: v.string() };

/**
 * The link that makes the first administrator. It works once, and not at all
 * when there is an account.
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
   * A new token for the link, or undefined if there is an account. Only its hash
   * is stored, so each start has to make a new one; the one before is void.
   */
  async newToken(): Promise<string | undefined> {
    if (!await this.#people.isEmpty()) return undefined;
    const token = newToken();
    await this.#settings.set(TOKEN_HASH, await hash(token));
    return token;
  }

  /** Whether the link with this token still works. */
  async isOpen(token: string): Promise<boolean> {
    const stored = await this.#settings.get(TOKEN_HASH);
    if (stored === undefined || stored.value !== await hash(token)) {
      return false;
    }
    return await this.#people.isEmpty();
  }

  /** Makes the first administrator; of two who use the link at once, one. */
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

async function hash(token: string): Promise<string> {
  const bytes = new TextEncoder().encode(token);
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { newToken } from "@/lib/base/ids.ts";
import { err, type Result } from "@/lib/base/result.ts";
import { HOUR_MS } from "@/lib/base/times.ts";
import type { NewPerson, PersonView } from "@/lib/protocol/admin/messages.ts";
import type { SettingsStore } from "@/lib/store/settings_store.ts";
import { sha256Hex } from "@/lib/store/sha256.ts";
import type { Examples } from "./examples/examples.ts";
import type { People } from "./people.ts";

/** Only the hashes of tokens are stored. */
const TOKENS = {
  name: "setup_tokens",
  schema: v.array(v.object({ sha256: v.string(), at: v.number() })),
};
const TOKENS_MAX = 20;

/**
 * The link that creates the first administrator. It works once, and only while
 * there is no account.
 */
export class Setup {
  readonly #settings: SettingsStore;
  readonly #people: People;
  readonly #examples: Pick<Examples, "adopt">;
  readonly #clock: Pick<Clock, "wall">;

  constructor({ settings, people, examples, clock }: {
    settings: SettingsStore;
    people: People;
    examples: Pick<Examples, "adopt">;
    clock: Pick<Clock, "wall">;
  }) {
    this.#settings = settings;
    this.#people = people;
    this.#examples = examples;
    this.#clock = clock;
  }

  /**
   * Returns a new token for the link; undefined if there is an account. Each
   * start creates one, because stored ones cannot be printed again. It
   * invalidates those that are older than an hour; younger ones may be those of
   * other instances that were started together.
   */
  async newToken(): Promise<string | undefined> {
    if (!await this.#people.isEmpty()) return undefined;
    const token = newToken();
    const at = this.#clock.wall();
    await this.#settings.update(TOKENS, (before = []) => [
      { sha256: sha256Hex(token), at },
      ...before.filter((other) => Math.abs(at - other.at) < HOUR_MS)
        .slice(0, TOKENS_MAX - 1),
    ]);
    return token;
  }

  /** True if the link with this token still works. */
  async isOpen(token: string): Promise<boolean> {
    const stored = await this.#settings.get(TOKENS);
    const own = sha256Hex(token);
    const isKnown = stored?.value.some(({ sha256 }) => sha256 === own);
    return isKnown === true && await this.#people.isEmpty();
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
    await this.#settings.delete(TOKENS);
    await this.#examples.adopt(made.value);
    return made;
  }
}

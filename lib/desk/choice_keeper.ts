import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { NewestWriter } from "@/lib/base/newest_writer.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import type { PresenceChoices } from "./ports.ts";

const log = getLogger(["widgets", "desk"]);

/** Notifies the agent's pages of a choice that cannot be stored yet. */
export const CHOICE_NOT_STORED: ServiceMessage = {
  type: "error",
  error: "not-stored",
  text: "Cannot store the presence yet: trying again",
};

interface Choice {
  presence: Presence;
  onStored: (isStored: boolean) => void;
}

/**
 * Stores the presences that agents choose (D17). The last choice of an account
 * wins, and a choice that the store rejected is stored when the store works
 * again.
 */
export class ChoiceKeeper implements AsyncDisposable {
  /** By account id. */
  readonly #writer: NewestWriter<Choice>;
  /**
   * Accounts whose agents were notified that their choice is not stored yet.
   */
  readonly #waiting = new Set<string>();

  constructor(clock: Clock, choices: Pick<PresenceChoices, "set">) {
    this.#writer = new NewestWriter(
      (account, choice) => this.#write(choices, account, choice),
      {
        clock,
        onError: (error) =>
          log.error("Cannot store an agent's presence: {error}", { error }),
      },
    );
  }

  /**
   * Stores a choice.
   *
   * @param onStored Called with `false` once if the choice cannot be stored yet,
   *   and then with `true` when it, or a later choice, is stored. It is not
   *   called if the first try succeeds.
   */
  add(
    account: string,
    presence: Presence,
    onStored: (isStored: boolean) => void,
  ): void {
    const choice = { presence, onStored };
    this.#writer.add(account, choice);
    if (this.#writer.isFailing) this.#refuse(account, choice);
  }

  /** False from `onStored(false)` to `onStored(true)`. */
  isStored(account: string): boolean {
    return !this.#waiting.has(account);
  }

  /** Drops the unstored choice of an account that no longer has a desk. */
  forget(account: string): void {
    this.#writer.forget(account);
    this.#waiting.delete(account);
  }

  /** Tries once more to store the remaining choices. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.flush();
    this.#writer[Symbol.dispose]();
  }

  async #write(
    choices: Pick<PresenceChoices, "set">,
    account: string,
    choice: Choice,
  ): Promise<void> {
    try {
      await choices.set(account, choice.presence);
    } catch (error) {
      if (this.#writer.isNewest(account, choice)) this.#refuse(account, choice);
      throw error;
    }
    if (!this.#writer.isNewest(account, choice)) return;
    if (this.#waiting.delete(account)) choice.onStored(true);
  }

  #refuse(account: string, choice: Choice): void {
    if (this.#waiting.has(account)) return;
    this.#waiting.add(account);
    choice.onStored(false);
  }
}

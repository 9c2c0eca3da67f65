import * as v from "valibot";
import { list, type Stored } from "./stored.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";

/** A message of a visitor that has to be sent by e-mail. Times are milliseconds
 * since 1970. */
export const Mail = v.strictObject({
  /** Reference number of the message. */
  number: v.string(),
  to: v.string(),
  /** Number of tries so far. */
  tries: v.number(),
  /** Time of the next try. */
  dueAt: v.number(),
  /** Why the last try failed. */
  error: v.exactOptional(v.string()),
  /** True if it is not tried again until an administrator says so. */
  isDead: v.exactOptional(v.literal(true)),
});
export type Mail = v.InferOutput<typeof Mail>;

const key = {
  one: (number: string) => ["mail", number],
  all: { prefix: ["mail"] },
};

/** Adds an e-mail to the commit that stores its message. */
export function addMail(
  commit: StoreCommit,
  { number, to, at }: { number: string; to: string; at: number },
): void {
  const mail: Mail = { number, to, tries: 0, dueAt: at };
  commit.set(key.one(number), mail);
}

/** Adds the deletion of a message's e-mail to a commit. */
export function deleteMail(commit: StoreCommit, number: string): void {
  commit.delete(key.one(number));
}

/** The e-mails that have not been sent. */
export class MailStore {
  readonly #kv: StoreEngine;

  constructor(kv: StoreEngine) {
    this.#kv = kv;
  }

  async all(): Promise<Stored<Mail>[]> {
    return await Array.fromAsync(list(this.#kv, key.all, Mail));
  }

  /** Writes the next state of an e-mail. Returns its revision, or undefined if
   * another instance has changed it. */
  async change(
    { value: { number }, revision }: Stored<Mail>,
    next: Mail,
  ): Promise<string | undefined> {
    const done = await this.#kv.atomic()
      .check({ key: key.one(number), versionstamp: revision })
      .set(key.one(number), next)
      .commit();
    return done.ok ? done.versionstamp : undefined;
  }

  /** Deletes an e-mail that was sent. */
  async sent(number: string): Promise<void> {
    await this.#kv.delete(key.one(number));
  }
}

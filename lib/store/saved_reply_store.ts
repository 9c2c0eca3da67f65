import type { Clock } from "@/lib/base/clock.ts";
import { err, type Result } from "@/lib/base/result.ts";
import type { Author, Change } from "@/lib/model/audit.ts";
import {
  PERSONAL_REPLIES_MAX,
  SavedReply,
  SHARED_REPLIES_MAX,
} from "@/lib/model/saved_reply.ts";
import { AuditLog } from "./audit_log.ts";
import { commitWithRetry, resultOf } from "./commit_with_retry.ts";
import { savedReplyKey as key } from "./saved_reply_keys.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import { get, has, list, type Stored } from "./stored.ts";
import { withUnknownOf } from "./unknown_members.ts";

export type ReplyNotSaved =
  | { reason: "not-found" }
  | { reason: "conflict"; current: Stored<SavedReply> };

/** An owner's replies, or the shared ones if there is no owner. */
type Owner = string | undefined;

/** Saved replies. Changes of shared ones are in the audit log. */
export class SavedReplyStore {
  readonly #kv: StoreEngine;
  readonly #audit: AuditLog;

  constructor(kv: StoreEngine, clock: Pick<Clock, "now">) {
    this.#kv = kv;
    this.#audit = new AuditLog(kv, clock);
  }

  /** Returns the shared replies, or those of an owner. */
  async list(owner?: Owner): Promise<Stored<SavedReply>[]> {
    return await Array.fromAsync(list(this.#kv, key.of(owner), SavedReply));
  }

  /** Returns all replies, shared and personal. */
  async *all(): AsyncGenerator<SavedReply> {
    const all = list(this.#kv, key.all, SavedReply);
    for await (const { value } of all) yield value;
  }

  /** Adds a reply, unless its owner, or all together, have the maximum. */
  async create(
    reply: SavedReply,
    by: Author,
  ): Promise<Result<Stored<SavedReply>, { reason: "too-many" }>> {
    const { id, owner } = reply;
    return await commitWithRetry(`create reply ${id}`, async () => {
      const max = owner === undefined
        ? SHARED_REPLIES_MAX
        : PERSONAL_REPLIES_MAX;
      if ((await this.list(owner)).length >= max) {
        return err({ reason: "too-many" });
      }
      const own = key.one(owner, id);
      const commit = this.#kv.atomic()
        .check({ key: own, versionstamp: null })
        .set(own, reply);
      this.#note(commit, "saved-reply-created", { reply, by });
      return resultOf(await commit.commit(), reply);
    });
  }

  /** Replaces the state `revision` of a reply. */
  async save(
    reply: SavedReply,
    revision: string,
    by: Author,
  ): Promise<Result<Stored<SavedReply>, ReplyNotSaved>> {
    const { id, owner } = reply;
    return await commitWithRetry(`save reply ${id}`, async () => {
      const own = key.one(owner, id);
      const current = await get(this.#kv, own, SavedReply);
      if (current === undefined) return err({ reason: "not-found" });
      if (current.revision !== revision) {
        return err({ reason: "conflict", current });
      }
      const next = withUnknownOf(current.value, reply, {
        schema: SavedReply,
        id: "id",
      });
      const commit = this.#kv.atomic()
        .check({ key: own, versionstamp: revision })
        .set(own, next);
      this.#note(commit, "saved-reply-saved", { reply, by });
      return resultOf(await commit.commit(), next);
    });
  }

  /** Deletes a reply. Returns false if it does not exist. */
  async delete(
    { id, owner }: Pick<SavedReply, "id" | "owner">,
    by: Author,
  ): Promise<boolean> {
    return await commitWithRetry(`delete reply ${id}`, async () => {
      const own = key.one(owner, id);
      const current = await get(this.#kv, own, SavedReply);
      if (current === undefined) return false;
      const commit = this.#kv.atomic()
        .check({ key: own, versionstamp: current.revision })
        .delete(own);
      const reply = current.value;
      this.#note(commit, "saved-reply-deleted", { reply, by });
      return (await commit.commit()).ok || undefined;
    });
  }

  /** Adds a reply from an archive. */
  async addAs(reply: SavedReply): Promise<void> {
    await this.#kv.set(key.one(reply.owner, reply.id), reply);
  }

  async has({ id, owner }: Pick<SavedReply, "id" | "owner">): Promise<boolean> {
    return await has(this.#kv, key.one(owner, id));
  }

  /** Personal replies are private, so changes of them are not logged. */
  #note(
    commit: StoreCommit,
    type: Extract<Change, { reply: string }>["type"],
    { reply: { id, owner, name }, by }: { reply: SavedReply; by: Author },
  ): void {
    if (owner !== undefined) return;
    this.#audit.add(commit, by, { type, reply: id, name });
  }
}

import * as v from "valibot";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { PUSH_DEVICES_MAX, PushDevice } from "@/lib/model/push_device.ts";
import { commitWithRetry } from "./commit_with_retry.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import { get, list } from "./stored.ts";

/** The devices of one account, in the order in which they were added. */
const Row = v.strictObject({
  account: v.string(),
  devices: v.array(PushDevice),
  /** Ids of devices that their owner has removed, newest last. */
  removed: v.exactOptional(v.array(v.string())),
});
export type PushRow = v.InferOutput<typeof Row>;

/** Removed devices that an account remembers. */
const REMOVED_MAX = 50;

const key = {
  one: (account: string) => ["push", "devices", account],
  all: { prefix: ["push", "devices"] },
  /** The account that a device belongs to. */
  owner: (device: string) => ["push", "owner", device],
};

/** The devices that are notified while an agent's desk is closed. A device
 * belongs to the account that has turned it on last. */
export class PushStore {
  readonly #kv: StoreEngine;

  constructor(kv: StoreEngine) {
    this.#kv = kv;
  }

  async devices(account: string): Promise<readonly PushDevice[]> {
    return (await get(this.#kv, key.one(account), Row))?.value.devices ?? [];
  }

  /** Returns the devices of all accounts that have some. */
  async all(): Promise<PushRow[]> {
    const rows = list(this.#kv, key.all, Row);
    return await Array.fromAsync(rows, ({ value }) => value);
  }

  /** Adds a device, or replaces it. Returns the account that had it before, if
   * that is another one. `renews`: not if its owner has removed it. */
  async add(
    account: string,
    device: PushDevice,
    { renews = false }: { renews?: boolean } = {},
  ): Promise<
    Result<string | undefined, { reason: "too-many" | "not-found" }>
  > {
    return await commitWithRetry(`add a device of ${account}`, async () => {
      const own = await this.#row(account);
      const isRemoved = own.removed.includes(device.id);
      if (isRemoved && renews) return err({ reason: "not-found" });
      const others = without(own.devices, device.id);
      if (others.length >= PUSH_DEVICES_MAX) return err({ reason: "too-many" });
      const owner = await get(this.#kv, key.owner(device.id), v.string());
      const commit = this.#kv.atomic()
        .check({ key: own.key, versionstamp: own.revision })
        .set(own.key, {
          account,
          devices: [...others, device],
          removed: own.removed.filter((id) => id !== device.id),
        })
        .check({
          key: key.owner(device.id),
          versionstamp: owner?.revision ?? null,
        })
        .set(key.owner(device.id), account);
      const before = owner?.value === account ? undefined : owner?.value;
      if (before !== undefined) {
        const row = await this.#row(before);
        const devices = without(row.devices, device.id);
        commit.check({ key: row.key, versionstamp: row.revision });
        put(commit, { ...row, devices });
      }
      return (await commit.commit()).ok ? ok(before) : undefined;
    });
  }

  /** Deletes these devices of an account. Returns the number of those that were
   * there. `byOwner`: they must not be renewed. */
  async delete(
    account: string,
    ids: readonly string[],
    { byOwner = false }: { byOwner?: boolean } = {},
  ): Promise<number> {
    return await commitWithRetry(`delete a device of ${account}`, async () => {
      const row = await this.#row(account);
      const { devices } = row;
      const kept = devices.filter(({ id }) => !ids.includes(id));
      if (kept.length === devices.length) return 0;
      const commit = this.#kv.atomic()
        .check({ key: row.key, versionstamp: row.revision });
      const removed = [...row.removed, ...byOwner ? ids : []]
        .slice(-REMOVED_MAX);
      put(commit, { ...row, devices: kept, removed });
      for (const { id } of devices) {
        if (ids.includes(id)) commit.delete(key.owner(id));
      }
      return (await commit.commit()).ok
        ? devices.length - kept.length
        : undefined;
    });
  }

  /** Notes that a push service has accepted a push for a device, which may have
   * been deleted meanwhile. */
  async pushed(account: string, device: string, at: number): Promise<void> {
    await commitWithRetry(`note a push to ${account}`, async () => {
      const row = await this.#row(account);
      if (!row.devices.some(({ id }) => id === device)) return true;
      const devices = row.devices.map((one) =>
        one.id === device ? { ...one, pushedAt: at } : one
      );
      const commit = this.#kv.atomic()
        .check({ key: row.key, versionstamp: row.revision });
      put(commit, { ...row, devices });
      return (await commit.commit()).ok || undefined;
    });
  }

  async #row(account: string) {
    const own = key.one(account);
    const row = await get(this.#kv, own, Row);
    return {
      account,
      key: own,
      removed: row?.value.removed ?? [],
      devices: row?.value.devices ?? [],
      revision: row?.revision ?? null,
    };
  }
}

/** Writes a row, or deletes an empty one. */
function put(
  commit: StoreCommit,
  { key, account, devices, removed }: PushRow & {
    key: Deno.KvKey;
    removed: string[];
  },
): void {
  if (devices.length + removed.length === 0) commit.delete(key);
  else commit.set(key, { account, devices, removed });
}

function without(
  devices: readonly PushDevice[],
  device: string,
): PushDevice[] {
  return devices.filter(({ id }) => id !== device);
}

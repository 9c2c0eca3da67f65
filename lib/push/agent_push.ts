import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { KeyedRateWindow } from "@/lib/base/rate_window.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { PushDevice } from "@/lib/model/push_device.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import type { PushStore } from "@/lib/store/push_store.ts";
import type { SessionStore } from "@/lib/store/session_store.ts";
import { sha256Hex } from "@/lib/store/sha256.ts";
import { deviceName } from "./device_name.ts";
import type { BrowserSubscription } from "./endpoint.ts";
import type { PushOutcome, PushSender } from "./send_push.ts";
import { publicPart } from "./vapid.ts";
import type { VapidKeys } from "./vapid_keys.ts";

const log = getLogger(["widgets", "push"]);

/** Time for which a push service keeps a test, in seconds. */
const TEST_SECONDS = 60;
const MINUTE_MS = 60_000;
/** Tests of one account in a minute. */
const TESTS_MAX = 5;
const ID_LENGTH = 32;

export interface AgentPushOptions {
  store: PushStore;
  sessions: Pick<SessionStore, "isOpen">;
  accounts: Pick<AccountStore, "get">;
  keys: Pick<VapidKeys, "get">;
  sender: Pick<PushSender, "send">;
  hub: Hub<Topics>;
  clock: Clock;
}

export interface NewDevice {
  subscription: BrowserSubscription;
  /** Hash of the session at the desk. */
  session: string;
  userAgent: string;
  lang: string;
  /** Host of the desk. */
  host: string;
  /** Endpoint of a device of the same account, which the browser has replaced. */
  replaces?: string | undefined;
  /** True if the browser renews it without its owner, who may have removed it. */
  renews?: boolean;
}

export type NotAdded = { reason: "too-many" | "not-found" };

export type NotTested = { reason: "not-found" } | {
  reason: "throttled";
  /** In seconds. */
  retryAfter: number;
};

/** The devices of agents that are notified while the desk is closed. */
export class AgentPush {
  readonly #options: AgentPushOptions;
  readonly #tests = new KeyedRateWindow(MINUTE_MS);

  constructor(options: AgentPushOptions) {
    this.#options = options;
  }

  /** Returns the key with which browsers subscribe. */
  async publicKey(): Promise<string> {
    return publicPart(await this.#options.keys.get());
  }

  /** Returns the devices of an account; deletes those whose session has ended
   * or whose key is an earlier one, or all if the account is not an agent any
   * more. */
  async devices(account: string): Promise<readonly PushDevice[]> {
    const { store } = this.#options;
    const all = await store.devices(account);
    if (all.length === 0) return all;
    const ended = await this.#ended(account, all);
    if (ended.length === 0) return all;
    await store.delete(account, ended);
    return all.filter(({ id }) => !ended.includes(id));
  }

  /** Adds a device, or renews it. It moves here from any other account. */
  async add(
    account: string,
    { subscription, session, userAgent, lang, host, replaces, renews }:
      NewDevice,
  ): Promise<Result<PushDevice, NotAdded>> {
    const { store, clock, hub } = this.#options;
    const { endpoint, keys } = subscription;
    const device: PushDevice = {
      id: deviceId(endpoint),
      name: deviceName(userAgent),
      ...{ session, endpoint, lang, host, ...keys },
      key: await this.publicKey(),
      createdAt: clock.wall(),
    };
    const before = await this.devices(account); // Without ended ones.
    const replaced = replaces !== undefined && deviceId(replaces);
    if (replaced && !before.some(({ id }) => id === replaced)) {
      return err({ reason: "not-found" });
    }
    if (replaced) await store.delete(account, [replaced]);
    const added = await store.add(account, device, { renews: renews === true });
    if (!added.ok) return added;
    hub.tell("push-changed", { account });
    const owner = added.value;
    if (owner !== undefined) hub.tell("push-changed", { account: owner });
    return ok(device);
  }

  /** Removes a device for its owner. Returns false if it was not there. */
  async remove(account: string, id: string): Promise<boolean> {
    return await this.#delete(account, id, { byOwner: true });
  }

  /** Sends a test notification to a device of the account. */
  async test(
    account: string,
    id: string,
  ): Promise<Result<PushOutcome, NotTested>> {
    const { clock, sender } = this.#options;
    const devices = await this.devices(account);
    const device = devices.find((one) => one.id === id);
    if (device === undefined) return err({ reason: "not-found" });
    const retryAfter = this.#tests.take(account, clock.now(), TESTS_MAX);
    if (retryAfter > 0) return err({ reason: "throttled", retryAfter });
    const outcome = await sender.send(device, { type: "test" }, TEST_SECONDS);
    await this.noteSent(account, device, outcome);
    return ok(outcome);
  }

  /** Stores the outcome of a push: a device that its push service doesn't know
   * any more is deleted. Never rejects. */
  async noteSent(
    account: string,
    device: PushDevice,
    outcome: PushOutcome,
  ): Promise<void> {
    const { store, clock } = this.#options;
    try {
      if (outcome === "gone") await this.#delete(account, device.id);
      if (outcome === "sent") {
        await store.pushed(account, device.id, clock.wall());
      }
    } catch (error) {
      log.warn("Could not store the outcome of a push: {error}", { error });
    }
  }

  async #delete(
    account: string,
    id: string,
    options: { byOwner?: boolean } = {},
  ): Promise<boolean> {
    const { store, hub } = this.#options;
    if (await store.delete(account, [id], options) === 0) return false;
    hub.tell("push-changed", { account });
    return true;
  }

  async #ended(
    account: string,
    all: readonly PushDevice[],
  ): Promise<string[]> {
    const { accounts, sessions } = this.#options;
    const owner = (await accounts.get(account))?.value;
    const isAgent = owner?.roles.includes("agent") ?? false;
    const current = await this.publicKey();
    const ended: string[] = [];
    for (const { id, session, key } of all) {
      const isLive = isAgent && key === current &&
        await sessions.isOpen(account, session);
      if (!isLive) ended.push(id);
    }
    return ended;
  }
}

/** Returns the id of the device with this endpoint. */
export function deviceId(endpoint: string): string {
  return sha256Hex(endpoint).slice(0, ID_LENGTH);
}

import { batch, type Signal, signal } from "@preact/signals";
import type { PushDeviceView } from "@/lib/protocol/admin/push.ts";
import {
  type PushApi,
  pushApi,
  type PushRefusal,
} from "@/lib/protocol/admin/push_api.ts";
import { registerWorker } from "./notifier.ts";
import type { TabStorage } from "./tab_storage.ts";

/**
 * The state of notifications in this browser:
 *
 * - `unknown` until it was asked for.
 * - `none`: the browser can't, or not at this address.
 * - `framed`: a page in a frame of another website can't.
 * - `blocked`: the agent has blocked them in the browser.
 * - `off`, `on`: this browser is not one of the agent's devices, or is one.
 */
export type PushState =
  | "unknown"
  | "none"
  | "framed"
  | "blocked"
  | "off"
  | "on";

/** The result of the last action, until the next one. `blocked`: the agent has
 * not allowed notifications. `no-service`: the browser has no push service.
 * `not-accepted`: a push service has not accepted a test. */
export type PushNote =
  | PushRefusal
  | "blocked"
  | "no-service"
  | "sent"
  | "gone"
  | "not-accepted";

/** The browser APIs for push notifications. */
export interface PushDeps {
  /** Undefined where the browser can't subscribe. */
  support(): "none" | "framed" | "yes";
  permission(): NotificationPermission;
  requestPermission(): Promise<NotificationPermission>;
  manager(): Promise<
    Pick<PushManager, "subscribe" | "getSubscription">
  >;
  /** Rejects after a time. */
  late(ms: number): Promise<never>;
  /** Undefined where the browser blocks all storage. */
  storage(): TabStorage | undefined;
  api: PushApi;
}

/** Name of the agent who has turned notifications on in this browser. */
const OWNER = "desk-push";
const ID_LENGTH = 32;
/** The browser asks its push service within this time. */
const SUBSCRIBE_MS = 20_000;

/** The agent's devices, and this browser as one of them. */
export class PushDevices {
  readonly state: Signal<PushState> = signal("unknown");
  readonly devices: Signal<readonly PushDeviceView[]> = signal([]);
  /** Id of this browser, if it is one of the devices. */
  readonly own: Signal<string> = signal("");
  readonly isBusy: Signal<boolean> = signal(false);
  readonly note: Signal<PushNote | null> = signal(null);
  readonly #deps: PushDeps;
  readonly #account: string;
  #key = "";

  constructor(account: string, deps: PushDeps = browserPush) {
    this.#account = account;
    this.#deps = deps;
  }

  /** Renews this browser's device for the current session, if the agent has
   * turned it on, and reads all devices. */
  async start(): Promise<void> {
    await this.#busy(async () => {
      await this.#look();
      const isOurs = this.#deps.storage()?.getItem(OWNER) === this.#account;
      if (!isOurs || this.#deps.permission() !== "granted") return;
      if (this.state.value !== "on" && this.state.value !== "off") return;
      const added = await this.#deps.api
        .add(await this.#subscribe(), { renews: true });
      if (added.ok) return await this.#look();
      if (added.error === "not-found") await this.#forget();
    });
  }

  /** Makes this browser a device. Call it when the agent presses a button,
   * because browsers ask for permission only then. */
  async turnOn(): Promise<void> {
    await this.#busy(async () => {
      const { api } = this.#deps;
      if (await this.#deps.requestPermission() !== "granted") {
        this.note.value = "blocked";
        return await this.#look();
      }
      if (this.#key === "") await this.#look();
      if (this.#key === "") return; // The note says why.
      const added = await api.add(await this.#subscribe());
      if (added.ok) this.#deps.storage()?.setItem(OWNER, this.#account);
      else this.note.value = added.error;
      await this.#look();
    });
  }

  /** Removes a device; this browser unsubscribes. */
  async remove(device: string): Promise<void> {
    await this.#busy(async () => {
      const removed = await this.#deps.api.remove(device);
      const isGone = removed.ok || removed.error === "not-found";
      if (isGone && device === this.own.value) await this.#forget();
      if (!isGone) this.note.value = removed.error;
      await this.#look();
    });
  }

  /** Sends a test notification to a device. */
  async test(device: string): Promise<void> {
    await this.#busy(async () => {
      const tested = await this.#deps.api.test(device);
      if (tested.ok) {
        const { outcome } = tested.value;
        this.note.value = outcome === "failed" ? "not-accepted" : outcome;
      } else this.note.value = tested.error;
      if (this.note.value !== "throttled") await this.#look();
    });
  }

  /** Runs one action at a time. */
  async #busy(run: () => Promise<void>): Promise<void> {
    if (this.isBusy.value) return;
    this.isBusy.value = true;
    this.note.value = null;
    try {
      await run();
    } catch {
      // Only the browser throws: it has no push service, or can't reach it.
      this.note.value = "no-service";
    }
    this.isBusy.value = false;
  }

  async #look(): Promise<void> {
    const support = this.#deps.support();
    if (support !== "yes") return void (this.state.value = support);
    const answer = await this.#deps.api.view();
    if (!answer.ok) {
      // The operator has turned notifications off.
      if (answer.error === "not-found") this.state.value = "none";
      else this.note.value = answer.error;
      return;
    }
    const { key, devices } = answer.value;
    this.#key = key;
    const manager = await this.#deps.manager();
    const subscription = await manager.getSubscription();
    const own = subscription ? await idOf(subscription.endpoint) : "";
    const isOn = devices.some(({ id }) => id === own);
    const isBlocked = this.#deps.permission() === "denied";
    batch(() => {
      this.devices.value = devices;
      this.own.value = isOn ? own : "";
      this.state.value = isBlocked ? "blocked" : isOn ? "on" : "off";
    });
  }

  /** Returns the browser's subscription for the service's current key. */
  async #subscribe(): Promise<PushSubscriptionJSON> {
    const manager = await this.#deps.manager();
    const before = await manager.getSubscription();
    const key = before?.options?.applicationServerKey;
    const isCurrent = key ? base64url(key) === this.#key : true;
    if (before && isCurrent) return before.toJSON();
    await before?.unsubscribe(); // The service has a new key.
    const subscribed = manager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: this.#key,
    });
    // Chromium without a network has not answered for more than a minute.
    const late = this.#deps.late(SUBSCRIBE_MS);
    return (await Promise.race([subscribed, late])).toJSON();
  }

  async #forget(): Promise<void> {
    this.#deps.storage()?.removeItem(OWNER);
    const manager = await this.#deps.manager();
    await (await manager.getSubscription())?.unsubscribe();
  }
}

/** Returns the service's id of a device. */
async function idOf(endpoint: string): Promise<string> {
  const bytes = new TextEncoder().encode(endpoint);
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(hash))
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("").slice(0, ID_LENGTH);
}

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The browser's implementation. */
export const browserPush: PushDeps = {
  support() {
    if (self !== top) return "framed";
    const can = "serviceWorker" in navigator && "PushManager" in self &&
      "Notification" in self;
    return can ? "yes" : "none";
  },
  permission: () => Notification.permission,
  requestPermission: () => Notification.requestPermission(),
  late: (ms) =>
    new Promise((_, reject) =>
      setTimeout(() => reject(new Error(`Not within ${ms} ms`)), ms)
    ),
  manager: async () => (await registerWorker()).pushManager,
  storage() {
    try {
      return self.localStorage;
    } catch {
      return undefined; // Reading the property throws if storage is blocked.
    }
  },
  api: pushApi,
};

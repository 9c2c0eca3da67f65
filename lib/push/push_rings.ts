import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { KeyedRateWindow } from "@/lib/base/rate_window.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";
import type { PushDevice } from "@/lib/model/push_device.ts";
import type { AgentPush } from "./agent_push.ts";
import type { PushContent, PushSender } from "./send_push.ts";

const log = getLogger(["widgets", "push"]);

/** Rings of one agent in a minute. More are not pushed. */
export const RINGS_MAX = 12;
const MINUTE_MS = 60_000;
/** Time that a stop waits for pushes. */
const STOP_MS = 3_000;
/** Contacts that are remembered until they are over. */
const CONTACTS_MAX = 10_000;

export interface PushRingsOptions {
  push: Pick<AgentPush, "devices" | "noteSent">;
  sender: Pick<PushSender, "send">;
  clock: Clock;
  /** Time for which a call or chat rings, in ms. */
  ringMs: { call: number; chat: number };
}

/** Notifies the devices of an agent of a call or chat that rings, once for each
 * of them, and of its end. */
export class PushRings implements AsyncDisposable {
  readonly #options: PushRingsOptions;
  readonly #rate = new KeyedRateWindow(MINUTE_MS);
  /** By contact: the devices that show it. */
  readonly #shown = new RecentMap<Promise<readonly PushDevice[]>>(CONTACTS_MAX);

  /** Notifications that are being closed. */
  readonly #closing = new Set<Promise<unknown>>();

  constructor(options: PushRingsOptions) {
    this.#options = options;
  }

  /** Rings at all devices of the account. Returns true if a push service has
   * accepted it for one of them. Never rejects. */
  async ring(
    account: string,
    { id, kind }: { id: string; kind: "call" | "chat" },
  ): Promise<boolean> {
    const content = { type: "ring", contact: id, kind } as const;
    const shown = this.#shown.get(id) ?? this.#ring(account, content);
    this.#shown.set(id, shown);
    return (await shown).length > 0;
  }

  /** Closes the notifications of a contact. Never rejects. */
  async over(account: string, contact: string): Promise<void> {
    const shown = this.#shown.get(contact);
    if (shown === undefined) return;
    this.#shown.delete(contact);
    const content = { type: "over", contact } as const;
    const closing = shown
      .then((devices) => this.#send(account, devices, content));
    this.#closing.add(closing);
    await closing;
    this.#closing.delete(closing);
  }

  /** Waits until the notifications of contacts that have ended are closed, but
   * not long. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    using _timer = this.#options.clock.after(STOP_MS, resolve);
    await Promise.race([Promise.all(this.#closing), late]);
  }

  async #ring(
    account: string,
    content: PushContent,
  ): Promise<readonly PushDevice[]> {
    const { push, clock } = this.#options;
    if (this.#rate.take(account, clock.now(), RINGS_MAX) > 0) return [];
    try {
      const devices = await push.devices(account);
      return await this.#send(account, devices, content);
    } catch (error) {
      log.warn("Could not read the devices of an agent: {error}", { error });
      return [];
    }
  }

  /** Returns the devices whose push service has accepted it. */
  async #send(
    account: string,
    devices: readonly PushDevice[],
    content: PushContent,
  ): Promise<readonly PushDevice[]> {
    const { push, sender, ringMs } = this.#options;
    const forMs = ringMs["kind" in content ? content.kind : "chat"];
    const sent = await Promise.all(devices.map(async (device) => {
      const outcome = await sender.send(device, content, forMs / 1_000);
      if (content.type === "ring") {
        await push.noteSent(account, device, outcome);
      }
      return outcome === "sent" ? [device] : [];
    }));
    return sent.flat();
  }
}

import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { KeyedRateWindow } from "@/lib/base/rate_window.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";
import type { PushDevice } from "@/lib/model/push_device.ts";
import type { AgentPush } from "./agent_push.ts";
import type { PushContent, PushSender, RingKind } from "./send_push.ts";

const log = getLogger(["widgets", "push"]);

/** Rings of one agent in a minute. More are not pushed. */
const RINGS_MAX = 12;
const MINUTE_MS = 60_000;
/** Time that a stop waits for pushes. */
const STOP_MS = 3_000;
/** Contacts that are remembered until they are over. */
const CONTACTS_MAX = 10_000;

export interface PushRingsOptions {
  push: Pick<AgentPush, "devices" | "noteSent">;
  sender: Pick<PushSender, "send">;
  clock: Clock;
  /** Time for which each kind rings, in ms. */
  ringMs: Readonly<Record<RingKind, number>>;
}

/** A ring at one device. It does not wait for the others, because their push
 * services may be slow or not reachable. */
interface DeviceRing {
  device: PushDevice;
  /** The contact in the push, and in that of its end. */
  tag: string;
  /** True if the push service has accepted it. Never rejects. */
  isShown: Promise<boolean>;
}

/** Notifies the devices of an agent of a call, chat or callback that rings, once for
 * each of them, and of its end. */
export class PushRings implements AsyncDisposable {
  readonly #options: PushRingsOptions;
  readonly #rate = new KeyedRateWindow(MINUTE_MS);
  /** By contact: the rings at its devices. */
  readonly #shown = new RecentMap<Promise<readonly DeviceRing[]>>(CONTACTS_MAX);

  /** Notifications that are being closed. */
  readonly #closing = new Set<Promise<unknown>>();

  constructor(options: PushRingsOptions) {
    this.#options = options;
  }

  /** Rings at all devices of the account. Resolves with true as soon as a push
   * service has accepted it for one of them, and with false if none has. Never
   * rejects. */
  async ring(
    account: string,
    { id, kind, tag = id }: {
      id: string;
      kind: RingKind;
      /** The contact in the push, if it is not the id. */
      tag?: string;
    },
  ): Promise<boolean> {
    const content = { type: "ring", contact: tag, kind } as const;
    const shown = this.#shown.get(id) ?? this.#ring(account, content);
    this.#shown.set(id, shown);
    return await isAnyTrue(await shown);
  }

  /** Closes the notifications of a contact, each once its device has got it.
   * Never rejects. */
  async over(contact: string): Promise<void> {
    const shown = this.#shown.get(contact);
    if (shown === undefined) return;
    this.#shown.delete(contact);
    const closing = shown.then((rings) => this.#close(rings));
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
    content: PushContent & { type: "ring" },
  ): Promise<readonly DeviceRing[]> {
    const { push, clock } = this.#options;
    if (this.#rate.take(account, clock.now(), RINGS_MAX) > 0) return [];
    try {
      const devices = await push.devices(account);
      return devices.map((device) => ({
        ...{ device, tag: content.contact },
        isShown: this.#ringAt(device, { account, content }),
      }));
    } catch (error) {
      log.warn("Could not read the devices of an agent: {error}", { error });
      return [];
    }
  }

  async #ringAt(
    device: PushDevice,
    { account, content }: {
      account: string;
      content: PushContent & { type: "ring" };
    },
  ): Promise<boolean> {
    const { push, sender, ringMs } = this.#options;
    const seconds = ringMs[content.kind] / 1_000;
    const outcome = await sender.send(device, content, seconds);
    await push.noteSent(account, device, outcome);
    return outcome === "sent";
  }

  async #close(rings: readonly DeviceRing[]): Promise<void> {
    const { sender, ringMs } = this.#options;
    const seconds = ringMs.chat / 1_000;
    await Promise.all(rings.map(async ({ device, tag: contact, isShown }) => {
      if (!await isShown) return;
      await sender.send(device, { type: "over", contact }, seconds);
    }));
  }
}

/** Resolves with true with the first of them that does. */
function isAnyTrue(rings: readonly DeviceRing[]): Promise<boolean> {
  const shown = rings.map(async ({ isShown }) => {
    if (!await isShown) throw new Error("Not shown");
    return true;
  });
  return Promise.any(shown).catch(() => false);
}

import type { Clock } from "@/lib/base/clock.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { endpointOf } from "../address.ts";
import { decodeMessage, type Envelope } from "../link/envelope.ts";
import type { PbxLink } from "../link/pbx_link.ts";
import { LIMITS } from "../limits.ts";
import {
  lackOf,
  mapPresence,
  PresenceState,
  PresenceUpdate,
} from "./map_presence.ts";

/**
 * The state of an address on one link. `waiting`: the PBX monitors it and has
 * not sent its presence yet; `down`: the PBX does not monitor it; `unknown`:
 * the PBX has rejected the monitoring.
 */
export type Known = Presence | "waiting" | "down" | "unknown";

export type TellKnown = (
  address: string,
  known: Known,
  lacks?: "chat",
) => void;

/**
 * One subscription of one address on one link:
 *
 *     queued --> pending --Result--> waiting --PresenceState, Update--> live
 *                   | error, late       ^                                |
 *                   v                   +------------ up:false = down <--+
 *                refused --after a time--> queued
 */
interface Subscription {
  address: string;
  /** Mark of this attempt; messages for an older one are dropped. */
  src: string;
  state: "queued" | "pending" | "active" | "refused";
  /** State of the PBX's monitor; undefined until it is known. */
  up: boolean | undefined;
  presence: Presence | undefined;
  lacks: "chat" | undefined;
  retry?: Disposable;
}

/** The presence subscriptions of one link: one per address. */
export class Subscriptions implements Disposable {
  readonly #link: PbxLink;
  readonly #clock: Clock;
  readonly #tell: TellKnown;
  readonly #byAddress = new Map<string, Subscription>();
  readonly #bySrc = new Map<string, Subscription>();
  readonly #queue = new Set<Subscription>();
  #pending = 0;
  #isOver = false;

  constructor(
    link: PbxLink,
    clock: Clock,
    tell: TellKnown,
  ) {
    this.#link = link;
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Subscriptions that the PBX has acknowledged. */
  get active(): number {
    return [...this.#byAddress.values()]
      .filter(({ state }) => state === "active").length;
  }

  add(address: string): void {
    if (this.#isOver || this.#byAddress.has(address)) return;
    const subscription: Subscription = {
      address,
      src: "",
      state: "queued",
      up: undefined,
      presence: undefined,
      lacks: undefined,
    };
    this.#byAddress.set(address, subscription);
    this.#queue.add(subscription);
    this.#subscribeNext();
  }

  remove(address: string): void {
    const subscription = this.#byAddress.get(address);
    if (subscription === undefined) return;
    this.#byAddress.delete(address);
    this.#bySrc.delete(subscription.src);
    this.#queue.delete(subscription);
    subscription.retry?.[Symbol.dispose]();
    const { state, src } = subscription;
    if (state !== "active" && state !== "pending") return;
    const mt = "UnsubscribePresence";
    const who = endpointOf(address);
    this.#link.send({ api: "PbxApi", mt, ...who, src });
  }

  /** Handles PresenceState and PresenceUpdate. */
  message(message: Envelope): void {
    if (message.mt === "PresenceState") this.#onState(message);
    else if (message.mt === "PresenceUpdate") this.#onUpdate(message);
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    for (const { retry } of this.#byAddress.values()) retry?.[Symbol.dispose]();
    this.#byAddress.clear();
    this.#bySrc.clear();
    this.#queue.clear();
  }

  #subscribeNext(): void {
    for (const subscription of this.#queue) {
      if (this.#pending >= LIMITS.subscribesAtOnce) return;
      this.#queue.delete(subscription);
      void this.#subscribe(subscription);
    }
  }

  async #subscribe(subscription: Subscription): Promise<void> {
    const { address } = subscription;
    const src = this.#link.newSrc();
    Object.assign(subscription, { state: "pending", src });
    this.#bySrc.set(src, subscription);
    this.#pending++;
    const mt = "SubscribePresence";
    const who = endpointOf(address);
    const answer = await this.#link.request({ api: "PbxApi", mt, ...who, src });
    this.#pending--;
    if (this.#isOver) return;
    // It was removed, and perhaps added again, while it was pending.
    if (this.#byAddress.get(address) === subscription) {
      if (answer.ok && !isRefusal(answer.value)) subscription.state = "active";
      else this.#refused(subscription);
      this.#publish(subscription);
    }
    this.#subscribeNext();
  }

  #refused(subscription: Subscription): void {
    subscription.state = "refused";
    this.#bySrc.delete(subscription.src);
    subscription.retry = this.#clock.after(LIMITS.resubscribeMs, () => {
      subscription.state = "queued";
      this.#queue.add(subscription);
      this.#subscribeNext();
    });
  }

  #onState(message: Envelope): void {
    const decoded = decodeMessage(PresenceState, message, this.#link);
    if (decoded === undefined) return;
    const subscription = this.#bySrc.get(decoded.src);
    if (subscription === undefined) return;
    subscription.up = decoded.up;
    if (!decoded.up) {
      Object.assign(subscription, { presence: undefined, lacks: undefined });
    }
    this.#publish(subscription);
  }

  #onUpdate(message: Envelope): void {
    const decoded = decodeMessage(PresenceUpdate, message, this.#link);
    if (decoded === undefined) return;
    const subscription = this.#bySrc.get(decoded.src);
    if (subscription === undefined) return;
    subscription.up = true;
    subscription.presence = mapPresence(decoded.presence);
    subscription.lacks = lackOf(decoded.presence);
    this.#publish(subscription);
  }

  #publish({ address, state, up, presence, lacks }: Subscription): void {
    if (state === "refused") this.#tell(address, "unknown");
    else if (up) this.#tell(address, presence ?? "waiting", lacks);
    // INFERRED: the PBX also sends this for a user that it does not have or
    // show.
    else if (up === false) this.#tell(address, "down");
  }
}

/** INFERRED: a rejected request has an error in one of these members. */
function isRefusal({ error, err, errorText }: Envelope): boolean {
  return [error, err, errorText].some((member) =>
    member !== undefined && member !== false && member !== 0 && member !== ""
  );
}

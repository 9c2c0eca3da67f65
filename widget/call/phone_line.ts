import { iceServers } from "@/lib/model/ice_urls.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { CallDeps } from "./deps.ts";
import { Phone, type PhoneEvents } from "./phone.ts";

/** The phone of a call. It takes descriptions one after the other, because they
 * must be applied in order. */
export class PhoneLine {
  readonly #deps: Pick<CallDeps, "openPeer" | "newStream"> & { clock: Clock };
  readonly #events: PhoneEvents & { stumbled(): void };
  #phone: Phone | undefined;
  #work: Promise<unknown> = Promise.resolve();

  constructor(
    deps: Pick<CallDeps, "openPeer" | "newStream"> & { clock: Clock },
    /** `stumbled` is called if a description cannot be created or applied. */
    events: PhoneEvents & { stumbled(): void },
  ) {
    this.#deps = deps;
    this.#events = events;
  }

  get phone(): Phone | undefined {
    return this.#phone;
  }

  /** Opens a phone, which sends these tracks. Its events count while the line has
   * it. */
  open(
    config: IceConfig | undefined,
    stream: MediaStream,
  ): { phone: Phone; peer: RTCPeerConnection } {
    const { openPeer, newStream, clock } = this.#deps;
    const peer = openPeer({ iceServers: iceServers(config) });
    const ifOwn = (event: () => void) => () => {
      if (phone === this.#phone) event();
    };
    const { remote, flowing, broken } = this.#events;
    const phone: Phone = new Phone(peer, {
      clock,
      remote: newStream(),
      events: {
        remote: ifOwn(remote),
        flowing: ifOwn(flowing),
        broken: ifOwn(broken),
      },
    });
    for (const track of stream.getTracks()) peer.addTrack(track, stream);
    return { phone, peer };
  }

  /** Replaces the phone, and returns it. What was to be done with the previous one
   * is dropped. */
  use(phone: Phone): Phone {
    this.close();
    this.#phone = phone;
    this.#events.remote();
    return phone;
  }

  close(): void {
    this.#phone?.close();
    this.#phone = undefined;
  }

  /** Runs the operation after the earlier ones, unless the phone is closed. */
  then(work: (phone: Phone) => Promise<void>): void {
    const phone = this.#phone;
    const isOpen = () => phone && phone === this.#phone;
    this.#work = this.#work.then(async () => {
      if (phone && isOpen()) await work(phone);
    }).catch(() => isOpen() && this.#events.stumbled());
  }
}

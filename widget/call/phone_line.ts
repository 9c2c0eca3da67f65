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

  /** Opens the phone, which sends these tracks. */
  open(config: IceConfig | undefined, stream: MediaStream): Phone {
    const { openPeer, newStream, clock } = this.#deps;
    const peer = openPeer({ iceServers: iceServers(config) });
    this.#phone = new Phone(peer, {
      clock,
      remote: newStream(),
      events: this.#events,
    });
    for (const track of stream.getTracks()) peer.addTrack(track, stream);
    return this.#phone;
  }

  /** Runs the operation after the earlier ones, unless the phone is closed. */
  then(work: (phone: Phone) => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#phone) await work(this.#phone);
    }).catch(() => this.#events.stumbled());
  }

  close(): void {
    this.#phone?.close();
    this.#phone = undefined;
  }
}

import { ANSWERED_ELSEWHERE, CAUSE } from "@/lib/base/causes.ts";
import type { PhoneEvent, PhoneLeg, PhoneRequest, Phones } from "./phones.ts";
import type { RungPhone } from "./phones_of.ts";

export interface PhonedRingOptions {
  phones: Phones;
  number: string;
  visitor: PhoneRequest["visitor"];
  rung: readonly RungPhone[];
  /** Returns true if no instance has called this phone for the ring before. */
  mayRing(address: string): Promise<boolean>;
  /** Returns true if the agent may have the callback, after it was stored. */
  claim(agent: { address: string; name: string }): Promise<boolean>;
  /** The agent could not be connected with the number. */
  failed(agent: { address: string }): void;
  onError(error: unknown): void;
}

interface Rung extends RungPhone {
  isOnline: boolean;
  isOn: boolean;
  isTried: boolean;
}

/** One ring of a callback at the phones of agents. The first one who answers has
 * it; the others stop. */
export class PhonedRing implements Disposable {
  readonly #options: PhonedRingOptions;
  readonly #watches = new DisposableStack();
  /** Phones that ring, or whose agent was not connected yet. */
  readonly #calls = new Set<PhoneTry>();
  #isOver = false;

  constructor(options: PhonedRingOptions) {
    this.#options = options;
    for (const phone of options.rung) this.#watch(phone);
  }

  /** Ends the ring at all phones but that of the agent who has the callback. */
  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#watches[Symbol.dispose]();
    for (const one of this.#calls) one.stop();
  }

  #watch(phone: RungPhone): void {
    const { phones } = this.#options;
    const { boolean } = phone;
    const rung: Rung = {
      ...phone,
      isOnline: false,
      isOn: boolean === "",
      isTried: false,
    };
    if (boolean !== "") {
      this.#watches.use(phones.watch(boolean, (presence) => {
        rung.isOn = presence === "online";
        this.#callIfFree(rung);
      }));
    }
    this.#watches.use(phones.watch(phone.address, (presence) => {
      rung.isOnline = presence === "online";
      this.#callIfFree(rung);
    }));
  }

  #callIfFree(rung: Rung): void {
    if (!rung.isOnline || !rung.isOn || rung.isTried || this.#isOver) return;
    rung.isTried = true;
    this.#call(rung).catch((error) => this.#options.onError(error));
  }

  async #call({ address, name }: Rung): Promise<void> {
    const { phones, number, visitor, mayRing, claim, failed } = this.#options;
    if (!await mayRing(address) || this.#isOver) return;
    const call = new PhoneTry({
      claim: (own) => claim({ address, name: own ?? name }),
      failed: () => failed({ address }),
      ended: () => this.#calls.delete(call),
      onError: (error) => this.#options.onError(error),
    });
    this.#calls.add(call);
    call.begin((tell) => phones.callBack({ address, number, visitor }, tell));
  }
}

interface PhoneTryOptions {
  /** `name` is the one that the phone reports. */
  claim(name: string | undefined): Promise<boolean>;
  failed(): void;
  ended(): void;
  onError(error: unknown): void;
}

/** A call of one phone. */
class PhoneTry {
  readonly #options: PhoneTryOptions;
  #leg: PhoneLeg | undefined;
  #isOver = false;
  /** The agent is asked for in the store, or has the callback. */
  #isClaiming = false;
  #isClaimed = false;

  constructor(options: PhoneTryOptions) {
    this.#options = options;
  }

  begin(
    open: (tell: (event: PhoneEvent) => void) => PhoneLeg | undefined,
  ): void {
    this.#leg = open((event) => {
      if (event.type === "ended") this.#end(event.wasCalled);
      else void this.#claim(event.name);
    });
    if (this.#leg === undefined) this.#end(false);
  }

  /** Stops the phone, unless its agent has the callback. */
  stop(): void {
    if (!this.#isClaiming) this.#hangUp(CAUSE.normal);
  }

  /** The number is called only after the store says that nobody else has the
   * callback. */
  async #claim(name: string | undefined): Promise<void> {
    this.#isClaiming = true;
    const { claim, failed, onError } = this.#options;
    try {
      this.#isClaimed = await claim(name);
    } catch (error) { // Stored or not, so the number must not be called.
      onError(error);
      return this.#hangUp(CAUSE.temporaryFailure);
    }
    if (!this.#isClaimed) return this.#hangUp(ANSWERED_ELSEWHERE);
    if (this.#isOver) return failed(); // The agent was faster than the store.
    this.#leg?.send({ type: "connect" });
  }

  #hangUp(cause: number): void {
    this.#leg?.send({ type: "hang-up", cause });
  }

  #end(wasCalled: boolean): void {
    this.#isOver = true;
    const { failed, ended } = this.#options;
    if (this.#isClaimed && !wasCalled) failed();
    ended();
  }
}

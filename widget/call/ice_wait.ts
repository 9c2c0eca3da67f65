import type { Clock } from "@/lib/base/clock.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";

/** A service that does not say its ICE servers by then has none. */
export const ICE_WAIT_MS = 3_000;
/** TURN servers that follow a proof of work are there by then, or not at all. */
export const TURN_WAIT_MS = 20_000;

/** Waits for the ICE servers that the service names for one call. */
export class IceWait {
  readonly #clock: Clock;
  /** The servers, or undefined if the service does not answer in time. */
  readonly config: Promise<IceConfig | undefined>;
  #found: (config?: IceConfig) => void = () => {};
  #timer: Disposable;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.config = new Promise((resolve) => this.#found = resolve);
    this.#timer = clock.after(ICE_WAIT_MS, () => this.#found());
  }

  hear(config: IceConfig): void {
    this.close();
    const done = () => this.#found(config);
    if (config.turnAfterProof) {
      this.#timer = this.#clock.after(TURN_WAIT_MS, done);
    } else done();
  }

  /** The call has ended: nothing runs any more. */
  close(): void {
    this.#timer[Symbol.dispose]();
  }
}

import type { Clock } from "@/lib/base/clock.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";

/** If the service names no ICE servers within this time, the call uses none. */
const ICE_WAIT_MS = 3_000;
/** Maximum wait for TURN servers that follow a proof of work. */
const TURN_WAIT_MS = 20_000;

/** Waits for the ICE servers of one call. */
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

  /** Stops waiting because the call has ended. */
  close(): void {
    this.#timer[Symbol.dispose]();
  }
}

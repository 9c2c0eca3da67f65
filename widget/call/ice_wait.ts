import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";

/** A service that does not say its ICE servers by then has none. */
export const ICE_WAIT_MS = 3_000;
/** TURN servers that follow a proof of work are there by then, or not at all. */
export const TURN_WAIT_MS = 20_000;

/** Calls `run` later; returns what prevents it. */
type After = (run: () => void, ms: number) => () => void;

const browser: After = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** Waits for the ICE servers that the service names for one call. */
export class IceWait {
  readonly #after: After;
  /** The servers, or undefined if the service does not answer in time. */
  readonly config: Promise<IceConfig | undefined>;
  #found: (config?: IceConfig) => void = () => {};
  #cancel: () => void;

  constructor(after: After = browser) {
    this.#after = after;
    this.config = new Promise((resolve) => this.#found = resolve);
    this.#cancel = after(this.#found, ICE_WAIT_MS);
  }

  hear(config: IceConfig): void {
    this.#cancel();
    const done = () => this.#found(config);
    if (config.turnAfterProof) this.#cancel = this.#after(done, TURN_WAIT_MS);
    else done();
  }
}

import type { CallDesk, CallOwner, CallRequest } from "../call/port.ts";
import { type CallCode, CallLoader } from "./call_loader.ts";

/** The one call that a widget may have at a time, running or over. */
export class CurrentCall {
  readonly #loader: CallLoader;
  #call: CallDesk | undefined;
  /** The call whose end the visitor knows. */
  #known: CallDesk | undefined;

  constructor(load: () => Promise<CallCode>) {
    this.#loader = new CallLoader(load);
  }

  get call(): CallDesk | undefined {
    return this.#call;
  }

  get isLoading(): boolean {
    return this.#loader.isLoading;
  }

  get running(): boolean {
    return this.#call?.running === true;
  }

  /** The call, as long as the closed panel hides something of it: it runs, or
   * its end was not seen. */
  get hidden(): CallDesk | undefined {
    return this.#call === this.#known ? undefined : this.#call;
  }

  /** Begins a call with what `make` gives, as soon as its code is loaded. */
  start(make: () => [CallOwner, CallRequest], failed: () => void): void {
    this.#loader.start((createCall) => {
      this.#call?.dispose();
      this.#call = createCall(...make());
    }, failed);
  }

  hangUp(): void {
    this.#loader.cancel();
    this.#call?.hangUp();
    this.#known = this.#call;
  }

  /** The visitor sees the call: if it is over, they know that now. */
  see(): void {
    if (!this.running) this.#known = this.#call;
  }

  leave(): void {
    this.#call?.dispose();
    this.#call = undefined;
  }

  dispose(): void {
    this.#loader.cancel();
    this.#call?.dispose();
  }
}

import type { CallDesk, CallOwner, CallRequest } from "../call/port.ts";

/** The exports of the chunk with the code of calls. */
export interface CallCode {
  createCall(owner: CallOwner, plan: CallRequest): CallDesk;
}

export const loadCalls = (): Promise<CallCode> =>
  import("../call/start_call.ts");

/** Loads the code of calls for the newest press on a call button. */
export class CallLoader {
  readonly #load: () => Promise<CallCode>;
  #request: object | undefined;

  constructor(load: () => Promise<CallCode>) {
    this.#load = load;
  }

  get isLoading(): boolean {
    return this.#request !== undefined;
  }

  /** Calls `start` with the code, unless the visitor has pressed again or
   * cancelled. */
  async start(
    start: (createCall: CallCode["createCall"]) => void,
    failed: () => void,
  ): Promise<void> {
    const request = this.#request = {};
    const code = await this.#load().catch(() => {});
    if (request !== this.#request) return;
    this.#request = undefined;
    if (code) start(code.createCall);
    else failed();
  }

  cancel(): void {
    this.#request = undefined;
  }
}

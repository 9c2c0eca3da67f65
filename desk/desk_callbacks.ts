import { computed, type Signal, signal } from "@preact/signals";
import type {
  CallbackAct,
  CallbackClient,
  DueCallback,
} from "@/lib/protocol/admin/callbacks.ts";

type Client = Pick<CallbackClient, "dueCallbacks" | "actOnCallback">;

/** Why an action failed. `gone`: a colleague has the callback, or it does not ring
 * any more. */
export type CallbackFailure = "gone" | "failed";

/** The callbacks that ring at this desk, or that its agent has taken. */
export class DeskCallbacks {
  readonly isBusy: Signal<boolean> = signal(false);
  readonly failure: Signal<CallbackFailure | null> = signal(null);
  readonly #client: Client;
  readonly #all: Signal<readonly DueCallback[]> = signal([]);
  /** The rings that the agent has hidden on this page. */
  readonly #hidden: Signal<ReadonlySet<string>> = signal(new Set());
  #asked = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  /** The callbacks to show. */
  readonly shown = computed(() =>
    this.#all.value.filter((one) =>
      one.state === "taken" || !this.#hidden.value.has(ringOf(one))
    )
  );
  /** Number of those that ring. */
  readonly rings = computed(() =>
    this.shown.value.filter(({ state }) => state === "ringing").length
  );

  /** Asks for the callbacks, which may have changed. */
  async refresh(): Promise<void> {
    const number = ++this.#asked;
    const answer = await this.#client.dueCallbacks();
    // A newer answer follows, or an action has brought one.
    if (number === this.#asked && answer.ok) this.#show(answer.value.callbacks);
  }

  /** Takes a callback, or says how its call ended. */
  async act(callback: DueCallback, act: CallbackAct): Promise<void> {
    if (this.isBusy.value) return;
    this.isBusy.value = true;
    this.failure.value = null;
    const { number, revision } = callback;
    this.#asked++;
    const answer = await this.#client.actOnCallback(number, { revision, act });
    this.isBusy.value = false;
    if (answer.ok) return this.#show(answer.value.callbacks);
    const isGone = /^(conflict|not-found)$/.test(answer.error.reason);
    this.failure.value = isGone ? "gone" : "failed";
    await this.refresh();
  }

  /** Stops a ring on this page only. */
  hide(callback: DueCallback): void {
    this.#hidden.value = new Set([...this.#hidden.value, ringOf(callback)]);
  }

  #show(callbacks: readonly DueCallback[]): void {
    this.#all.value = callbacks;
    const rings = callbacks.map(ringOf);
    this.#hidden.value = new Set(
      rings.filter((ring) => this.#hidden.value.has(ring)),
    );
    if (callbacks.length === 0) this.failure.value = null;
  }
}

function ringOf({ number, ring }: DueCallback): string {
  return `${number} ${ring}`;
}

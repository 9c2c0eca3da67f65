import { computed, type Signal, signal } from "@preact/signals";
import type {
  CallbackAct,
  CallbackClient,
  DueCallback,
} from "@/lib/protocol/admin/callbacks.ts";
import { HiddenRings } from "./hidden_rings.ts";

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
  readonly hidden: HiddenRings;
  #asked = 0;

  constructor(client: Client, hidden = new HiddenRings(() => undefined)) {
    this.#client = client;
    this.hidden = hidden;
  }

  /** The callbacks to show. */
  readonly shown = computed(() =>
    this.#all.value.filter((one) =>
      one.state === "taken" || !this.hidden.ids.value.has(one.id)
    )
  );
  /** Those of them that ring. */
  readonly rings = computed(() =>
    this.shown.value.filter(({ state }) => state === "ringing")
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

  /** Stops a ring on all pages of this browser. */
  hide({ id }: Pick<DueCallback, "id">): void {
    this.hidden.hide(id);
  }

  #show(callbacks: readonly DueCallback[]): void {
    this.#all.value = callbacks;
    if (callbacks.length === 0) this.failure.value = null;
  }
}

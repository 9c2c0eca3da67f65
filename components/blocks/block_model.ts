import { type Signal, signal } from "@preact/signals";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { Blockable } from "@/lib/protocol/admin/blocks.ts";
import { type BlockChoice, blocksNetwork } from "./block_form.tsx";

/** The state of the question whether to block a visitor. */
export type BlockQuestion =
  | { state: "closed" }
  | { state: "loading" }
  | { state: "open"; blockable: Blockable; isBusy: boolean };

export interface BlockOutcomes {
  readonly done: string;
  readonly tooOld: string;
  readonly tooMany: string;
  readonly failed: string;
}

type Client = Pick<AdminClient, "getBlockable" | "blockVisitor">;

/** Blocks the visitor of one contact. */
export class BlockModel {
  readonly asked: Signal<BlockQuestion> = signal({ state: "closed" });
  readonly choice: Signal<BlockChoice> = signal({ time: "hour" });
  /** The result of the last try, in words; "" before it. */
  readonly outcome: Signal<string> = signal("");
  readonly #contact: string;
  readonly #client: Client;
  readonly #texts: BlockOutcomes;

  constructor(contact: string, client: Client, texts: BlockOutcomes) {
    this.#contact = contact;
    this.#client = client;
    this.#texts = texts;
  }

  /** Asks the person, if the visitor can be blocked. */
  async open(): Promise<void> {
    if (this.asked.value.state !== "closed") return;
    this.asked.value = { state: "loading" };
    this.outcome.value = "";
    const found = await this.#client.getBlockable(this.#contact);
    this.asked.value = found.ok
      ? { state: "open", blockable: found.value, isBusy: false }
      : { state: "closed" };
    if (!found.ok) this.#fail(found.error.reason);
  }

  close(): void {
    this.asked.value = { state: "closed" };
  }

  /** Blocks the visitor as chosen. Returns whether that succeeded. */
  async block(): Promise<boolean> {
    const asked = this.asked.value;
    if (asked.state !== "open" || asked.isBusy) return false;
    const { blockable } = asked;
    this.asked.value = { ...asked, isBusy: true };
    const choice = this.choice.value;
    const done = await this.#client.blockVisitor({
      contact: this.#contact,
      for: choice.time,
      network: blocksNetwork(choice, blockable),
    });
    this.close();
    if (done.ok) this.outcome.value = this.#texts.done;
    else this.#fail(done.error.reason);
    return done.ok;
  }

  #fail(reason: string): void {
    const { tooOld, tooMany, failed } = this.#texts;
    const texts = new Map([["not-found", tooOld], ["too-many", tooMany]]);
    this.outcome.value = texts.get(reason) ?? failed;
  }
}

import { type Signal, signal } from "@preact/signals";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { BlockView } from "@/lib/protocol/admin/blocks.ts";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { ToastList } from "@/lib/ui/toasts.ts";

/** The blocked visitors of the page. */
export class BlockedList {
  readonly blocks: Signal<readonly BlockView[]>;
  /** Id of the block that is being ended; "" if none is. */
  readonly ending: Signal<string> = signal("");
  readonly toasts: ToastList;
  readonly #client: Pick<AdminClient, "endBlock">;
  readonly #texts: AdminTexts;

  constructor(
    blocks: readonly BlockView[],
    { client, toasts, texts }: {
      client: Pick<AdminClient, "endBlock">;
      toasts: ToastList;
      texts: AdminTexts;
    },
  ) {
    this.blocks = signal(blocks);
    this.toasts = toasts;
    this.#client = client;
    this.#texts = texts;
  }

  /** Ends a block. One that no longer exists has ended, too. */
  async end({ id }: BlockView): Promise<void> {
    if (this.ending.value !== "") return;
    this.ending.value = id;
    const answer = await this.#client.endBlock(id);
    this.ending.value = "";
    if (!answer.ok && answer.error.reason !== "not-found") {
      const text = reasonText(answer.error.reason, this.#texts);
      this.toasts.show({ kind: "failed", text });
      return;
    }
    this.blocks.value = this.blocks.value.filter((block) => block.id !== id);
    this.toasts.show({ kind: "done", text: this.#texts.blocks.ended });
  }
}

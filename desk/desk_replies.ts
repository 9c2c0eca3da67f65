import { type Signal, signal } from "@preact/signals";
import type {
  SavedReplyClient,
  SavedReplyList,
} from "@/lib/protocol/admin/saved_replies.ts";

export type KnownReplies =
  | { state: "loading" }
  | { state: "failed" }
  | { state: "found" } & SavedReplyList;

/** The saved replies that the agent can insert. */
export class DeskReplies {
  readonly known: Signal<KnownReplies> = signal({ state: "loading" });
  readonly #client: Pick<SavedReplyClient, "savedReplies">;
  #loading = false;

  constructor(client: Pick<SavedReplyClient, "savedReplies">) {
    this.#client = client;
  }

  /** Reads the replies, which may have changed. Those that are known stay until
   * then, and if that fails. */
  async load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    const isKnown = this.known.peek().state === "found";
    if (!isKnown) this.known.value = { state: "loading" };
    const answer = await this.#client.savedReplies();
    this.#loading = false;
    if (answer.ok) this.known.value = { state: "found", ...answer.value };
    else if (!isKnown) this.known.value = { state: "failed" };
  }
}

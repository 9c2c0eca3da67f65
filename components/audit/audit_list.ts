import { type Signal, signal } from "@preact/signals";
import type { AuditEntry } from "@/lib/model/audit.ts";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { AuditPage } from "@/lib/protocol/admin/messages.ts";

/** State of the request for more entries, with the error of the last try. */
export type Asking =
  | { state: "idle" }
  | { state: "loading" }
  | { state: "failed"; reason: string };

/** The changes of the page; older ones can be added. */
export class AuditList {
  /** Newest first. */
  readonly entries: Signal<readonly AuditEntry[]>;
  /** Cursor of the earlier entries; undefined if there are none. */
  readonly next: Signal<string | undefined>;
  readonly asking: Signal<Asking> = signal({ state: "idle" });
  /** Id of the newest of the entries added last, where the reader continues. */
  readonly goOnAt: Signal<string> = signal("");
  readonly #client: Pick<AdminClient, "listAudit">;

  constructor(page: AuditPage, client: Pick<AdminClient, "listAudit">) {
    this.entries = signal(page.entries);
    this.next = signal(page.next);
    this.#client = client;
  }

  /** Adds the next page. Does nothing during a request, or at the end. */
  async showEarlier(): Promise<void> {
    const after = this.next.value;
    if (after === undefined || this.asking.value.state === "loading") return;
    this.asking.value = { state: "loading" };
    const answer = await this.#client.listAudit(after);
    if (!answer.ok) {
      this.asking.value = { state: "failed", reason: answer.error.reason };
      return;
    }
    const { entries, next } = answer.value;
    this.entries.value = [...this.entries.value, ...entries];
    this.next.value = next;
    this.goOnAt.value = entries[0]?.id ?? "";
    this.asking.value = { state: "idle" };
  }
}

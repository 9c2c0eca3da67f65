import type { AuditPage } from "@/lib/protocol/admin/messages.ts";
import type { AuditLog } from "@/lib/store/audit_log.ts";

const PAGE_ENTRIES = 100;

/** The audit log, page by page. */
export class Audit {
  readonly #log: AuditLog;

  constructor(log: AuditLog) {
    this.#log = log;
  }

  /** Returns a page, newest first. `after` is a page's `next`; an invalid one
   * starts again. */
  async list(after = ""): Promise<AuditPage> {
    const [, at, id] = /^(\d+)\.(.+)$/.exec(after) ?? [];
    const from = at && id ? { after: { at: Number(at), id } } : {};
    const limit = PAGE_ENTRIES + 1; // The additional one shows whether there is another page.
    const found = await this.#log.list({ limit, ...from });
    const entries = found.slice(0, PAGE_ENTRIES);
    const last = entries.at(-1);
    if (found.length <= PAGE_ENTRIES || last === undefined) return { entries };
    return { entries, next: `${last.at}.${last.id}` };
  }
}

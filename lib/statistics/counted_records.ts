import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { Statistics } from "./statistics.ts";

interface Records {
  add(record: ContactRecord): Promise<unknown>;
  has?(record: ContactRecord): Promise<boolean>;
}

/** An unanswered contact that was shorter than this was rejected immediately,
 * or no agent could notice it. */
const NOTICED_AFTER_MS = 1_000;

/** Wraps the record store and counts a call or chat once its record is stored.
 * A contact that was rejected immediately is only counted, so that clients
 * can't fill the store with contacts while no agent is available. */
export function counted(
  records: Records,
  statistics: Pick<Statistics, "count">,
): Records {
  return {
    ...(records.has && { has: records.has.bind(records) }),
    async add(record) {
      if (!isRefusal(record)) await records.add(record);
      statistics.count({ type: "ended", record });
    },
  };
}

function isRefusal({ answeredAt, startedAt, endedAt }: ContactRecord): boolean {
  return answeredAt === undefined && endedAt - startedAt < NOTICED_AFTER_MS;
}

import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { Statistics } from "./statistics.ts";

interface Records {
  add(record: ContactRecord): Promise<unknown>;
  has?(record: ContactRecord): Promise<boolean>;
}

/** Records that count a call or chat once its record is kept, and never else. */
export function counted(
  records: Records,
  statistics: Pick<Statistics, "count">,
): Records {
  return {
    ...(records.has && { has: records.has.bind(records) }),
    async add(record) {
      await records.add(record);
      statistics.count({ type: "ended", record });
    },
  };
}

import * as v from "valibot";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { ApiError } from "@/lib/protocol/admin/messages.ts";
import { StatisticsQuery } from "@/lib/protocol/admin/statistics.ts";
import { invalid } from "./api_errors.ts";

/** Longer queries are rejected. */
const LENGTH_MAX = 1_000;

/** Decodes the query of an address for statistics. An empty value, as forms
 * send it, counts as absent; a repeated or unknown name is rejected. */
export function readStatisticsQuery(
  { search, searchParams }: URL,
): Result<StatisticsQuery, ApiError> {
  if (search.length > LENGTH_MAX) {
    const text = `must have at most ${LENGTH_MAX} characters`;
    return err({ reason: "too-big", text });
  }
  const asked: Record<string, string> = {};
  for (const [name, value] of searchParams) {
    if (value === "") continue;
    if (Object.hasOwn(asked, name)) {
      return err({ reason: "invalid", field: name, text: "must come once" });
    }
    asked[name] = value;
  }
  const read = v.safeParse(StatisticsQuery, asked, { abortPipeEarly: true });
  return read.success ? ok(read.output) : err(invalid(read.issues));
}

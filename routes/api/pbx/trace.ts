import { refuse } from "@/lib/web/api_errors.ts";
import { download } from "@/lib/web/download.ts";
import { define } from "@/lib/web/state.ts";

const TEXT_LENGTH_MAX = 200;
const AFTER_LENGTH_MAX = 4_000;

export const handlers = define.handlers({
  async GET({ url, state: { services: { pbx } } }) {
    if (pbx === undefined) return refuse({ reason: "not-found" });
    const text = url.searchParams.get("text") ?? "";
    if (text.length > TEXT_LENGTH_MAX) {
      const allowed = `must have at most ${TEXT_LENGTH_MAX} characters`;
      return refuse({ reason: "invalid", field: "text", text: allowed });
    }
    const after = (url.searchParams.get("after") ?? "")
      .slice(0, AFTER_LENGTH_MAX);
    const page = await pbx.trace({ text, after });
    if (!url.searchParams.has("download")) return Response.json(page);
    const lines = page.entries.map((entry) => JSON.stringify(entry)).join("\n");
    const type = "application/jsonl; charset=utf-8";
    return download(lines + "\n", "pbx-trace.jsonl", type);
  },
});

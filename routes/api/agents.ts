import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";

const TEXT_LENGTH_MAX = 200;
const AFTER_LENGTH_MAX = 1_000;

export const handlers = define.handlers({
  async GET({ req, url, state: { services } }) {
    const text = url.searchParams.get("text") ?? "";
    const after = url.searchParams.get("after") ?? "";
    if (text.length > TEXT_LENGTH_MAX) return tooLong("text", TEXT_LENGTH_MAX);
    if (after.length > AFTER_LENGTH_MAX) {
      return tooLong("after", AFTER_LENGTH_MAX);
    }
    const page = await services.agentSearch
      .find(text.trim(), after || undefined, req.signal);
    return Response.json(page);
  },
});

function tooLong(field: string, max: number): Response {
  const text = `must have at most ${max} characters`;
  return refuse({ reason: "invalid", field, text });
}

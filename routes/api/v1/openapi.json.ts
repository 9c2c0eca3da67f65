import { describeApi } from "@/lib/web/token_api.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  GET: ({ state }) => describeApi(state),
});

import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ url, state: { services } }) {
    const after = url.searchParams.get("after") ?? "";
    return Response.json(await services.audit.list(after));
  },
});

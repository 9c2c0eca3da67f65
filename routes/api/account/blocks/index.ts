import { BlockVisitor } from "@/lib/protocol/admin/blocks.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { accountOf, define } from "@/lib/web/state.ts";

const BYTES_MAX = 4 * 1024;

export const handlers = define.handlers({
  async POST({ req, state }) {
    const body = await readJson(req, BlockVisitor, BYTES_MAX);
    if (!body.ok) return refuse(body.error);
    const blocked = await state.services.blocks
      .block(body.value, accountOf(state));
    if (blocked.ok) return Response.json(blocked.value, { status: 201 });
    const { reason } = blocked.error;
    if (reason !== "shared-address") return refuse({ reason });
    const text = "must be false, because the address may be that of a proxy";
    return refuse({ reason: "invalid", field: "network", text });
  },
});

import * as v from "valibot";
import { ContactQuery } from "@/lib/protocol/admin/contacts.ts";
import { invalid, refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ url, state: { services } }) {
    const given = [...url.searchParams].filter(([, text]) => text !== "");
    const query = v.safeParse(ContactQuery, Object.fromEntries(given));
    if (!query.success) return refuse(invalid(query.issues));
    return Response.json(await services.contacts.list(query.output));
  },
});

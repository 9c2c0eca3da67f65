import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { NewWidget } from "@/lib/protocol/admin/messages.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { authorOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ state }) {
    return Response.json({ widgets: await state.services.widgets.list() });
  },

  async POST({ req, state }) {
    const body = await readJson(req, NewWidget);
    if (!body.ok) return refuse(body.error);
    const { services, lang } = state;
    const admin = { lang, texts: ADMIN_LANGUAGES[lang] };
    const made = await services.widgets
      .create(body.value.type, admin, authorOf(state));
    if (!made.ok) return refuse(made.error);
    return Response.json(made.value, { status: 201 });
  },
});

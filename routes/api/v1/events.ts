import { define } from "@/lib/web/state.ts";
import { tokenRoute } from "@/lib/web/token_api.ts";

export const handlers = define.handlers(tokenRoute("/events"));

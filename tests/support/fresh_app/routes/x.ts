import type { RouteConfig } from "fresh";
import { define } from "../define.ts";

export const config: RouteConfig = {
  routeOverride: "/x/:module@:version/:path*",
};

export const handler = define.handlers({
  GET: (ctx) => ctx.json(ctx.params),
});

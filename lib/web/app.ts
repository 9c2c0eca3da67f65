import {
  App,
  type BuildCache,
  csrf,
  type FreshConfig,
  setBuildCache,
  staticFiles,
} from "fresh";
import { withState } from "./auth.ts";
import type { Services } from "./services.ts";
import type { State } from "./state.ts";
import type { WidgetFiles } from "./widget_files.ts";

/**
 * All that is answered over HTTP: the widget's files for every website, health,
 * and the pages and API of `routes/` for those who sign in here.
 */
export function createApp({ services, widgetFiles, build, mode, publicUrl }: {
  services: Services;
  widgetFiles: WidgetFiles;
  build: BuildCache;
  mode: FreshConfig["mode"];
  /** Setting `publicUrl`; "" takes the origin of each request. */
  publicUrl?: string;
}): App<State> {
  const app = new App<State>({ mode })
    .use((ctx) => widgetFiles.serve(ctx.req) ?? ctx.next())
    .get("/healthz", () => new Response("ok\n"))
    .use(withSecurityHeaders)
    .use(staticFiles())
    .use(csrf())
    .use(withState(services, publicUrl))
    .fsRoutes();
  setBuildCache(app, build);
  return app;
}

/** What every page and file of the admin and the desk is sent with. */
async function withSecurityHeaders(
  ctx: { next(): Promise<Response> },
): Promise<Response> {
  const response = await ctx.next();
  const { headers } = response;
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  return response;
}

import { App, csrf, loadBuild, setBuildCache, staticFiles } from "fresh";
import { withState } from "./auth.ts";
import type { Services } from "./services.ts";
import type { State } from "./state.ts";
import type { Config } from "./settings.ts";
import { WidgetFiles } from "./widget_files.ts";

/**
 * All that is answered over HTTP: the widget's files for every website, health,
 * and the pages and API of `routes/` for those who sign in here. Rejects if
 * nothing was built.
 */
export async function createApp({ services, config, build }: {
  services: Services;
  /** The folder that dev.ts builds; ends in a slash. */
  build: URL;
  config: Pick<Config, "dev" | "publicUrl">;
}): Promise<App<State>> {
  const widgetFiles = await WidgetFiles.read(new URL("widget/", build));
  const app = new App<State>({
    mode: config.dev ? "development" : "production",
  })
    .use((ctx) => widgetFiles.serve(ctx.req) ?? ctx.next())
    .get("/healthz", () => new Response("ok\n"))
    .use(withSecurityHeaders)
    .use(staticFiles())
    .use(csrf())
    .use(withState(services, config.publicUrl))
    .fsRoutes();
  setBuildCache(app, await loadBuild(build));
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

import {
  App,
  type BuildCache,
  loadBuild,
  setBuildCache,
  staticFiles,
} from "fresh";
import { APP_NAME } from "@/lib/admin/pbx.ts";
import {
  type Counters,
  type HttpTimes,
  NOT_COUNTED,
} from "@/lib/base/counters.ts";
import { withState } from "./auth.ts";
import { securityHeaders } from "./security_headers.ts";
import { withRequestId } from "./request_id.ts";
import type { Services } from "./services.ts";
import type { State } from "./state.ts";

interface Parts {
  services: Services;
  config: { dev: boolean; publicUrl: string; instancePath: string };
  counters?: Counters & Partial<HttpTimes>;
}

/**
 * Creates the HTTP app, which serves everything but the widget's files: the
 * pages and API of `routes/` for signed-in users. Rejects if there is no build.
 */
export async function createApp({ build, ...parts }: Parts & {
  /** The folder of dev.ts's build; ends in a slash. */
  build: URL;
}): Promise<App<State>> {
  const app = appOf(parts);
  setBuildCache(app, await loadBuild(build));
  return app;
}

/** The same for a loaded build, such as that of a test. */
export function appWithBuild(
  parts: Parts & { build: BuildCache },
): App<State> {
  const app = appOf(parts);
  setBuildCache(app, parts.build);
  return app;
}

function appOf(
  { services, config, counters = NOT_COUNTED }: Parts,
): App<State> {
  const appUrl = `${config.instancePath}/${APP_NAME}`;
  const app = new App<State>({
    mode: config.dev ? "development" : "production",
  })
    .use(withRequestId(counters))
    .use(securityHeaders(() => services.pbx?.framers() ?? []))
    .use(staticFiles())
    .use(withState(services, config.publicUrl));
  // The URL in the App object, the form that a PBX may use, and the App's icon.
  for (const url of [appUrl, `${appUrl}.htm`]) {
    app.get(url, (ctx) => ctx.redirect(`/myapps${ctx.url.search}`, 307));
  }
  app.get(`${appUrl}.png`, (ctx) => ctx.redirect("/app.png", 307));
  return app.fsRoutes();
}

import {
  App,
  type BuildCache,
  loadBuild,
  setBuildCache,
  staticFiles,
} from "fresh";
import {
  type Counters,
  type HttpTimes,
  NOT_COUNTED,
} from "@/lib/base/counters.ts";
import { withState } from "./auth.ts";
import { APP_NAME } from "./pbx.ts";
import { securityHeaders } from "./security_headers.ts";
import { withRequestId } from "./request_id.ts";
import type { Services } from "./services.ts";
import type { State } from "./state.ts";
import type { Config } from "./settings.ts";

interface Parts {
  services: Services;
  config: Pick<Config, "dev" | "publicUrl" | "instancePath">;
  counters?: Counters & Partial<HttpTimes>;
}

/**
 * What is answered over HTTP beside the widget's files: the pages and API of
 * `routes/` for those who sign in here. Rejects if nothing was built.
 */
export async function createApp({ build, ...parts }: Parts & {
  /** The folder that dev.ts builds; ends in a slash. */
  build: URL;
}): Promise<App<State>> {
  const app = appOf(parts);
  setBuildCache(app, await loadBuild(build));
  return app;
}

/** The same of a build that is loaded already, as tests make one. */
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
  // As the App object names it, as a PBX may write it, and the App's picture.
  for (const url of [appUrl, `${appUrl}.htm`]) {
    app.get(url, (ctx) => ctx.redirect(`/myapps${ctx.url.search}`, 307));
  }
  app.get(`${appUrl}.png`, (ctx) => ctx.redirect("/app.png", 307));
  return app.fsRoutes();
}

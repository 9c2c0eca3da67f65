import { App, csp, type Middleware, staticFiles } from "fresh";
import { APP_NAME } from "@/lib/admin/pbx.ts";
import {
  type Counters,
  type HttpTimes,
  NOT_COUNTED,
} from "@/lib/base/counters.ts";
import { withState } from "./auth.ts";
import { type Build, setBuild } from "./fresh_build.ts";
import { logFailures } from "./log_failures.ts";
import { securityHeaders } from "./security_headers.ts";
import { noteRoute, withRequestId } from "./request_id.ts";
import type { Services } from "./services.ts";
import type { State } from "./state.ts";

interface Parts {
  services: Services;
  config: { dev: boolean; publicUrl: string; instancePath: string };
  build: Build;
  counters?: Counters & Partial<HttpTimes>;
}

type Handler = (
  request: Request,
  info: Pick<Deno.ServeHandlerInfo, "remoteAddr">,
) => Promise<Response>;

/**
 * Creates the HTTP app, which serves everything but the widget's files: the
 * pages and API of `routes/` for signed-in users.
 */
export function createApp(
  { counters = NOT_COUNTED, ...parts }: Parts,
): Handler {
  const answer = pages(parts).handler();
  const { services } = parts;
  // Error pages are outside of the middlewares of their own app.
  const app = new App<State>()
    .use(withRequestId(counters))
    .use(securityHeaders(() => services.pbx?.framers() ?? []))
    .use(decodable)
    .use((ctx) => answer(ctx.req, ctx.info))
    .handler();
  return (request, { remoteAddr }) =>
    app(request, { remoteAddr, completed: Promise.resolve() });
}

function pages(
  { services, config, build }: Omit<Parts, "counters">,
): App<State> {
  const appUrl = `${config.instancePath}/${APP_NAME}`;
  const app = new App<State>()
    .use(noteRoute, logFailures, csp({ useNonce: true }), staticFiles())
    .use(withState(services, config.publicUrl));
  // The URL in the App object, the form that a PBX may use, and the App's icon.
  for (const url of [appUrl, `${appUrl}.htm`]) {
    app.get(url, (ctx) => ctx.redirect(`/myapps${ctx.url.search}`, 307));
  }
  app.get(`${appUrl}.png`, (ctx) => ctx.redirect("/app.png", 307));
  app.fsRoutes();
  setBuild(app, build, config);
  return app;
}

/** Rejects a path that cannot be decoded, such as `/preview/%zz`. */
const decodable: Middleware<State> = (ctx) => {
  try {
    decodeURIComponent(ctx.url.pathname);
  } catch {
    return new Response("Bad request", { status: 400 });
  }
  return ctx.next();
};

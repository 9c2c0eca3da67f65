import {
  App,
  csp,
  csrf,
  type FreshConfig,
  type Handler,
  staticFiles,
} from "fresh";
import { Builder } from "fresh/dev";
import type { State } from "./fresh_app/define.ts";

const ROOT = new URL("fresh_app/", import.meta.url).pathname;

export interface FreshApp extends AsyncDisposable {
  /** Answers as the site would, without a network. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  handler: Handler;
}

export interface FreshAppOptions extends Partial<FreshConfig> {
  buildId?: string;
  /** By default a free port. */
  port?: number;
}

/** Builds `fresh_app` into a separate folder, with a strict policy. */
export async function buildFreshApp(
  { buildId = "", ...config }: FreshAppOptions = {},
): Promise<FreshApp> {
  const outDir = await Deno.makeTempDir({ prefix: "fresh-" });
  const builder = new Builder({ root: ROOT, outDir, buildId });
  const giveBuild = await builder.build({ snapshot: "memory" });
  const app = new App<State>({ mode: "production", ...config })
    .use(csp({ useNonce: true }))
    .use(staticFiles())
    .use(csrf())
    .fsRoutes();
  giveBuild(app);
  const handler = app.handler();
  return {
    ask: (path, init) => handler(new Request(`http://localhost${path}`, init)),
    handler,
    [Symbol.asyncDispose]: () => Deno.remove(outDir, { recursive: true }),
  };
}

export interface FreshSite extends AsyncDisposable {
  url: string;
  port: number;
}

/** The same on loopback. */
export async function openFreshSite(
  { port = 0, ...options }: FreshAppOptions = {},
): Promise<FreshSite> {
  const app = await buildFreshApp(options);
  const stop = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, signal: stop.signal, onListen: () => {} },
    app.handler,
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    port: server.addr.port,
    async [Symbol.asyncDispose]() {
      stop.abort(); // Event streams never end on their own.
      await server.finished;
      await app[Symbol.asyncDispose]();
    },
  };
}

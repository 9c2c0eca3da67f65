import { App, csp, type FreshConfig, type Handler, staticFiles } from "fresh";
import { Builder } from "fresh/dev";
import type { State } from "./fresh_app/define.ts";

const ROOT = new URL("fresh_app/", import.meta.url).pathname;

export interface FreshApp extends AsyncDisposable {
  /** Answers as the site would, without a network. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  handler: Handler;
}

/** Builds `fresh_app` into a folder of its own, under a strict policy. */
export async function buildFreshApp(
  config: Partial<FreshConfig> = {},
): Promise<FreshApp> {
  const outDir = await Deno.makeTempDir({ prefix: "fresh-" });
  const builder = new Builder({ root: ROOT, outDir });
  const giveBuild = await builder.build({ snapshot: "memory" });
  const app = new App<State>(config)
    .use(csp({ useNonce: true }))
    .use(staticFiles())
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
}

/** The same on loopback. */
export async function openFreshSite(): Promise<FreshSite> {
  const app = await buildFreshApp();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    app.handler,
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await app[Symbol.asyncDispose]();
    },
  };
}

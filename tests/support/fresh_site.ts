import { pathToFileURL } from "node:url";
import { App, csp, csrf, staticFiles } from "fresh";
import { Builder } from "fresh/dev";
import { type Build, loadBuild, setBuild } from "@/lib/web/fresh_build.ts";
import type { State } from "./fresh_app/define.ts";

const ROOT = new URL("fresh_app/", import.meta.url);

export interface BuiltApp extends AsyncDisposable {
  build: Build;
}

/** Builds `fresh_app` into a separate folder. */
export async function buildFixture(): Promise<BuiltApp> {
  const outDir = await Deno.makeTempDir({ prefix: "fresh-" });
  await new Builder({ root: ROOT.pathname, outDir }).build();
  return {
    build: await loadBuild(new URL(pathToFileURL(outDir).href + "/"), ROOT),
    [Symbol.asyncDispose]: () => Deno.remove(outDir, { recursive: true }),
  };
}

export interface FreshApp extends AsyncDisposable {
  /** Answers as the site would, without a network. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** The errors that the app's own middleware has seen. */
  seen: unknown[];
}

/** Builds `fresh_app` with a strict policy. */
export async function buildFreshApp(): Promise<FreshApp> {
  const fixture = await buildFixture();
  const seen: unknown[] = [];
  const handler = handlerOf(fixture.build, { dev: false, seen });
  return {
    ask: (path, init) => handler(new Request(`http://localhost${path}`, init)),
    seen,
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}

function handlerOf(
  build: Build,
  { dev, seen = [] }: { dev: boolean; seen?: unknown[] },
) {
  const app = new App<State>()
    .use(csp({ useNonce: true }))
    .use(async (ctx) => {
      try {
        return await ctx.next();
      } catch (error) {
        seen.push(error);
        throw error;
      }
    })
    .use(staticFiles())
    .use(csrf())
    .fsRoutes();
  setBuild(app, build, { dev });
  return app.handler();
}

export interface FreshSite extends AsyncDisposable {
  url: string;
  port: number;
}

/** Serves a build on loopback, by default on a free port. */
export function serveFresh(
  build: Build,
  { port = 0, dev = false }: { port?: number; dev?: boolean } = {},
): FreshSite {
  const stop = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, signal: stop.signal, onListen: () => {} },
    handlerOf(build, { dev }),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    port: server.addr.port,
    async [Symbol.asyncDispose]() {
      stop.abort(); // Event streams never end on their own.
      await server.finished;
    },
  };
}

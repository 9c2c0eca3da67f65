import { equal } from "node:assert/strict";
import { App, setBuildCache } from "fresh";
import * as v from "valibot";
import { Hub } from "@/lib/base/hub.ts";
import type { Role } from "@/lib/model/account.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { ApiError } from "@/lib/protocol/admin/messages.ts";
import { withState } from "@/lib/web/auth.ts";
import { createServices, type Services } from "@/lib/web/services.ts";
import type { State } from "@/lib/web/state.ts";
import { FakeAgents } from "./fake_agents.ts";
import { memoryStore } from "./temporary_store.ts";

const ROUTES = new URL("../../routes/", import.meta.url);

/** One file of routes/api, in the app's format. */
export interface ApiRoute {
  /** Relative to routes/: `api/widgets/[uuid].ts`. */
  path: string;
  module: Readonly<Record<string, unknown>>;
}

/** The real routes of /api on a store in memory. */
export interface ApiApp extends Disposable {
  services: Services;
  store: Awaited<ReturnType<typeof memoryStore>>;
  desk: FakeAgents;
  routes: ApiRoute[];
  /** Sends a request with this cookie; JSON unless `body` is bytes. */
  call(
    method: string,
    path: string,
    options?: { cookie?: string; body?: unknown; headers?: HeadersInit },
  ): Promise<Response>;
  /** Creates an account with these roles and signs it in; returns its cookie
   * and id. */
  signIn(
    name: string,
    ...roles: Role[]
  ): Promise<{ cookie: string; id: string }>;
}

/** @param kv A Deno KV for the store; by default a new one in memory. */
export async function apiApp(kv?: Deno.Kv): Promise<ApiApp> {
  const store = await memoryStore(undefined, kv);
  const hub = new Hub<Topics>();
  const desk = new FakeAgents();
  const services = createServices({ store, hub, clock: store.clock, desk });
  const routes = await Array.fromAsync(routesBelow("api/"));
  routes.push(await routeAt("_middleware.ts")); // Rejects calls from other websites.
  const app = new App<State>().use(withState(services)).fsRoutes();
  setBuildCache(app, {
    id: "test",
    folder: ROUTES,
    routes,
    files: new Map(),
    scripts: new Map(),
    boot: "",
  });
  const handler = app.handler();
  return {
    services,
    store,
    desk,
    routes,
    call(method, path, { cookie = "", body, headers } = {}) {
      const isBytes = body instanceof Uint8Array ||
        body instanceof ReadableStream;
      const init: RequestInit = { method, headers: new Headers(headers) };
      if (body !== undefined) {
        init.body = isBytes ? body as BodyInit : JSON.stringify(body);
      }
      const request = new Request(`http://127.0.0.1${path}`, init);
      request.headers.set("cookie", cookie);
      if (body !== undefined && !isBytes) {
        request.headers.set("content-type", "application/json");
      }
      return handler(request);
    },
    async signIn(name, ...roles) {
      // The hash is never checked here, because the session is opened without a
      // password.
      const content = { name, displayName: name, roles };
      const made = await store.accounts.create(content, "none");
      if (!made.ok) throw new Error(made.error.reason);
      const { id } = made.value.value;
      return { id, cookie: `session=${await services.sessions.open(id)}` };
    },
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

/** Returns the ApiError of a response with this status. */
export async function errorOf(
  response: Response,
  status: number,
): Promise<ApiError> {
  equal(response.status, status);
  return v.parse(ApiError, await response.json());
}

/** Finds route files and loads them, without a build. */
async function* routesBelow(folder: string): AsyncGenerator<ApiRoute> {
  for await (const entry of Deno.readDir(new URL(folder, ROUTES))) {
    const path = folder + entry.name;
    if (entry.isDirectory) yield* routesBelow(path + "/");
    else yield await routeAt(path);
  }
}

async function routeAt(path: string): Promise<ApiRoute> {
  return { path, module: await import(new URL(path, ROUTES).href) };
}

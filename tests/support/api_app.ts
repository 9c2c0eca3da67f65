import { equal } from "node:assert/strict";
import { App } from "fresh";
import * as v from "valibot";
import { Hub } from "@/lib/base/hub.ts";
import type { Role } from "@/lib/model/account.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { AgentPush } from "@/lib/push/agent_push.ts";
import { ApiError } from "@/lib/protocol/admin/messages.ts";
import { withState } from "@/lib/web/auth.ts";
import { setBuild } from "@/lib/web/fresh_build.ts";
import { createServices, type Services } from "@/lib/web/services.ts";
import type { State } from "@/lib/web/state.ts";
import { FakeAgents } from "./fake_agents.ts";
import { type CodeFile, fileAt, filesBelow } from "./route_files.ts";
import { memoryStore } from "./temporary_store.ts";
import { buildOf } from "./test_build.ts";

/** The real routes of /api on a store in memory. */
export interface ApiApp extends Disposable {
  services: Services;
  store: Awaited<ReturnType<typeof memoryStore>>;
  desk: FakeAgents;
  routes: CodeFile[];
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

export interface ApiAppOptions {
  /** A Deno KV for the store; by default a new one in memory. */
  kv?: Deno.Kv;
  /** An open store, instead of a new one. */
  store?: ApiApp["store"];
  push?: AgentPush;
}

export async function apiApp(
  { kv, push, ...options }: ApiAppOptions = {},
): Promise<ApiApp> {
  const store = options.store ?? await memoryStore(undefined, kv);
  const hub = new Hub<Topics>();
  const desk = new FakeAgents();
  const services = createServices({
    ...{ store, hub, clock: store.clock, desk, push },
    directory: desk,
  });
  const routes = await Array.fromAsync(filesBelow("routes/", "api/"));
  // Rejects calls from other websites.
  routes.push(await fileAt("routes/", "_middleware.ts"));
  const app = new App<State>().use(withState(services)).fsRoutes();
  setBuild(app, buildOf(routes), { dev: false });
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

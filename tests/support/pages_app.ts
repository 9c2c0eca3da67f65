import type { Pbx } from "@/lib/admin/pbx.ts";
import { Hub } from "@/lib/base/hub.ts";
import { ok, type Result } from "@/lib/base/result.ts";
import type { Role } from "@/lib/model/account.ts";
import { PROGRAM } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { NewPerson } from "@/lib/protocol/admin/messages.ts";
import { createApp } from "@/lib/web/app.ts";
import { createServices, type Services } from "@/lib/web/services.ts";
import { FakeAgents } from "./fake_agents.ts";
import { filesBelow, routesIn } from "./route_files.ts";
import { memoryStore } from "./temporary_store.ts";
import { buildOf } from "./test_build.ts";

export const ORIGIN = "http://127.0.0.1";
/** The App's addresses, which are no files of `routes/`. */
const APP_URLS = ["", ".htm", ".png"]
  .map((end) => `GET /widgets/innovaphone-widgets${end}`);

/** All pages as the server answers them, on a store in memory, without a build. */
export interface PagesApp extends Disposable {
  services: Services;
  /** All that the app answers, as `GET /admin`. */
  routes: string[];
  store: Awaited<ReturnType<typeof memoryStore>>;
  /** Any request, with a body of nothing. */
  ask(method: string, path: string, headers?: HeadersInit): Promise<Response>;
  get(path: string, headers?: HeadersInit): Promise<Response>;
  /** Sends a form as a browser does. */
  post(
    path: string,
    form: Record<string, string>,
    headers?: HeadersInit,
  ): Promise<Response>;
  /** Sends JSON as a page of the app does, from an address. */
  send(
    path: string,
    body: unknown,
    options?: { from?: string; headers?: HeadersInit },
  ): Promise<Response>;
  /** A new account, signed in without a password: its cookie. */
  signIn(name: string, ...roles: Role[]): Promise<string>;
  /** The same with a password that an administrator has set. */
  signInWith(
    password: string,
    name: string,
    ...roles: Role[]
  ): Promise<string>;
}

/** `pbx`: made on the same store. `origin`: how browsers reach the app. `kv`: a
 * Deno KV for the store; by default a new one in memory. */
export async function pagesApp({ pbx, origin = ORIGIN, kv, directory }: {
  pbx?: (store: PagesApp["store"]) => Promise<Pbx>;
  origin?: string;
  kv?: Deno.Kv;
  /** The presence of agents. */
  directory?: FakeAgents;
} = {}): Promise<PagesApp> {
  const store = await memoryStore(undefined, kv);
  const services = createServices({
    store,
    hub: new Hub<Topics>(),
    clock: store.clock,
    desk: new FakeAgents(),
    ...(directory && { directory }),
    ...(pbx && { pbx: await pbx(store) }),
  });
  const files = await Array.fromAsync(filesBelow("routes/"));
  const islands = await Array.fromAsync(filesBelow("islands/"));
  const handler = createApp({
    services,
    config: { dev: false, publicUrl: "", instancePath: "/widgets" },
    build: buildOf(files, islands),
  });
  const ask = (request: Request, from = "127.0.0.1") =>
    handler(request, { remoteAddr: remoteAt(from) });
  return {
    services,
    routes: [...routesIn(files), ...APP_URLS],
    store,
    ask: (method, path, given = {}) => ask(own(origin + path, method, given)),
    get: (path, headers = {}) => ask(new Request(origin + path, { headers })),
    post(path, form, headers = {}) {
      const request = new Request(origin + path, {
        method: "POST",
        body: new URLSearchParams(form),
        headers: { origin, ...headers },
      });
      return ask(request);
    },
    send(path, body, { from = "192.0.2.1", headers = {} } = {}) {
      const request = new Request(origin + path, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { origin, "content-type": "application/json", ...headers },
      });
      return ask(request, from);
    },
    async signIn(name, ...roles) {
      const content = { name, displayName: name, roles };
      const made = await store.accounts.create(content, "none");
      return await cookieOf(services, made);
    },
    signInWith: (password, name, ...roles) =>
      signInWith(services, { name, displayName: name, roles, password }),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

function remoteAt(hostname: string) {
  return { hostname, port: 1, transport: "tcp" } as const;
}

async function signInWith(
  services: Services,
  person: NewPerson,
): Promise<string> {
  const made = await services.people.create(person, PROGRAM);
  const stored = made.ok ? ok({ value: made.value }) : made;
  return await cookieOf(services, stored);
}

async function cookieOf(
  { sessions }: Services,
  made: Result<{ value: { id: string } }, { reason: string }>,
): Promise<string> {
  if (!made.ok) throw new Error(made.error.reason);
  return `session=${await sessions.open(made.value.value.id)}`;
}

/** Returns a request as a page of the app would send it. */
function own(url: string, method: string, given: HeadersInit): Request {
  const headers = new Headers(given);
  if (!headers.has("origin")) headers.set("origin", new URL(url).origin);
  return new Request(url, { method, headers });
}

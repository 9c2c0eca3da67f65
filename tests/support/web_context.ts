import type { Context } from "fresh";
import type { State } from "@/lib/web/state.ts";

interface Parts {
  method?: string;
  headers?: HeadersInit;
  params?: Record<string, string>;
  state?: Partial<State>;
  route?: string | null;
  signal?: AbortSignal;
  /** The handler behind the middleware. */
  next?: () => Response | Promise<Response>;
}

/** Returns as much of a request's context as a middleware uses. */
export function webContext(address: string, parts: Parts = {}): Context<State> {
  const { method = "GET", headers = {}, signal = null } = parts;
  const context = {
    req: new Request(address, { method, headers, signal }),
    url: new URL(address),
    params: parts.params ?? {},
    state: parts.state ?? {},
    route: parts.route ?? null,
    next: async () => await (parts.next ?? (() => new Response("answer")))(),
    redirect: (location: string, status: number) =>
      new Response(null, { status, headers: { location } }),
  };
  return context as unknown as Context<State>;
}

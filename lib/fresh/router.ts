import { HttpError, MethodNotAllowed } from "./http_error.ts";
import type { Frame } from "./render.ts";
import type { Method, Middleware } from "./types.ts";

/** A step in the middle or at the end of a chain; only its app knows the
 * state's type. */
export type Step = Middleware<unknown>;

/** The handlers of one method of a pattern. */
export interface Endpoint {
  /** Returns all steps before it, then its handlers. */
  steps(url: URL): Step[];
  /** Returns the frame of its pages. */
  frame(url: URL): Frame;
}

/** All endpoints of one pattern; "ALL" handles methods without their own
 * endpoint. */
export interface Route {
  pattern: string;
  byMethod: Map<Method | "ALL", Endpoint>;
}

export interface Match {
  endpoint: Endpoint;
  route: string;
  params: Record<string, string>;
}

/** Finds the endpoint. Patterns without variables win, then the first added. */
export class Router {
  readonly #routes = new Map<string, Route>();
  readonly #fixed = new Map<string, Route>();
  readonly #variable: { route: Route; match: URLPattern }[] = [];

  add(method: Method | "ALL", pattern: string, endpoint: Endpoint): void {
    const { byMethod } = this.#routes.get(pattern) ?? this.#open(pattern);
    if (!byMethod.has(method)) byMethod.set(method, endpoint);
  }

  /** Lists all endpoints, as `GET /widgets/:uuid`. */
  list(): string[] {
    return [...this.#routes.values()].flatMap(({ pattern, byMethod }) =>
      [...byMethod.keys()].map((method) => `${method} ${pattern}`)
    );
  }

  /** Returns null if no pattern matches; throws `MethodNotAllowed`. */
  match(method: string, url: URL): Match | null {
    const fixed = this.#fixed.get(url.pathname);
    if (fixed) return answer(fixed, method, {});
    for (const { route, match } of this.#variable) {
      const found = match.exec({ pathname: url.pathname });
      if (found) return answer(route, method, found.pathname.groups);
    }
    return null;
  }

  #open(pattern: string): Route {
    const route: Route = { pattern, byMethod: new Map() };
    this.#routes.set(pattern, route);
    const match = new URLPattern({ pathname: pattern });
    if (/[:*{}()?+\\]/.test(pattern)) this.#variable.push({ route, match });
    else this.#fixed.set(match.pathname, route); // Already percent-encoded.
    return route;
  }
}

function answer(
  { pattern, byMethod }: Route,
  method: string,
  groups: Record<string, string | undefined>,
): Match {
  const endpoint = endpointOf(byMethod, method);
  if (!endpoint) {
    const known = new Set<string>(byMethod.keys());
    if (known.has("GET")) known.add("HEAD");
    throw new MethodNotAllowed(known);
  }
  return { endpoint, route: pattern, params: decoded(groups) };
}

/** `HEAD` is handled as `GET` without the body, unless it has its own
 * handler. */
function endpointOf(
  byMethod: Route["byMethod"],
  method: string,
): Endpoint | undefined {
  for (const [known, endpoint] of byMethod) {
    if (known === method) return endpoint;
  }
  const get = method === "HEAD" ? byMethod.get("GET") : undefined;
  return get ?? byMethod.get("ALL");
}

function decoded(
  groups: Record<string, string | undefined>,
): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups)) {
    if (value !== undefined) params[name] = decode(value);
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new HttpError(400, "Bad request");
  }
}

import type { Middleware } from "./types.ts";

/** A step in the middle or at the end of a chain; only its app knows the
 * state's type. */
export type Step = Middleware<unknown>;

interface Route {
  pattern: string;
  steps: Step[];
}

/** Finds the steps of a path. Patterns without variables win, then the first
 * that was added. */
export class Router {
  readonly #fixed = new Map<string, Route>();
  readonly #variable: { route: Route; match: URLPattern }[] = [];

  add(route: Route): void {
    const match = new URLPattern({ pathname: route.pattern });
    if (route.pattern.includes(":")) this.#variable.push({ route, match });
    else this.#fixed.set(match.pathname, route); // Already percent-encoded.
  }

  /** Returns null if no pattern matches. Throws if a param cannot be
   * decoded. */
  match(
    { pathname }: URL,
  ): { route: Route; params: Record<string, string> } | null {
    const fixed = this.#fixed.get(pathname);
    if (fixed) return { route: fixed, params: {} };
    for (const { route, match } of this.#variable) {
      const groups = match.exec({ pathname })?.pathname.groups;
      if (groups) return { route, params: decoded(groups) };
    }
    return null;
  }
}

function decoded(
  groups: Record<string, string | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups)
      .map(([name, value = ""]) => [name, decodeURI(value)]),
  );
}

import { equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { OPERATIONS } from "@/lib/api/operations.ts";
import type { Operation } from "@/lib/api/operation.ts";
import { Problem } from "@/lib/api/problem.ts";
import type { ApiScope } from "@/lib/model/api_token.ts";
import { API_SCOPES } from "@/lib/model/api_token.ts";
import { type ApiApp, apiApp, type ApiAppOptions } from "./api_app.ts";

/** The API as a program uses it, with tokens of the administrator `ada`. */
export interface TokenApi extends Disposable {
  app: ApiApp;
  /** Id of the account that creates the tokens. */
  admin: string;
  cookie: string;
  /** Creates a token; returns its text. */
  token(...scopes: ApiScope[]): Promise<string>;
  /** Sends a request with a token of all scopes, unless `token` is given. */
  call(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: HeadersInit },
  ): Promise<Response>;
}

export async function tokenApi(options?: ApiAppOptions): Promise<TokenApi> {
  const app = await apiApp(options);
  const { cookie, id: admin } = await app.signIn("ada", "admin");
  async function token(...scopes: ApiScope[]): Promise<string> {
    const made = await app.services.apiTokens
      .create({ name: "CRM", scopes }, { id: admin, name: "ada" });
    ok(made.ok);
    return made.value.text;
  }
  const all = await token(...API_SCOPES);
  return {
    ...{ app, admin, cookie, token },
    call(method, path, { token: own = all, headers: given, ...more } = {}) {
      const headers = new Headers(given);
      headers.set("authorization", `Bearer ${own}`);
      return app.call(method, `/api/v1${path}`, { headers, ...more });
    },
    [Symbol.dispose]: () => app[Symbol.dispose](),
  };
}

/** Returns the problem of a response with this status. */
export async function problemOf(
  response: Response,
  status: number,
): Promise<Problem> {
  equal(response.status, status);
  equal(response.headers.get("content-type"), "application/problem+json");
  const found = v.parse(v.strictObject(Problem.entries), await response.json());
  equal(found.status, status);
  return found;
}

/** All operations, with an id where the path has a parameter. */
export const CALLS: [path: string, operation: Operation][] = OPERATIONS.map(
  (one) => [one.path.replace(/\{\w+\}/g, "0".repeat(32)), one],
);

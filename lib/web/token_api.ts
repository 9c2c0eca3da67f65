import { type Context, HttpError, type Middleware } from "fresh";
import { getLogger } from "@logtape/logtape";
import * as v from "valibot";
import { once } from "@/lib/api/once.ts";
import type { ApiAnswer, ApiResult, Operation } from "@/lib/api/operation.ts";
import { NO_BODY } from "@/lib/api/operation.ts";
import { openApi } from "@/lib/api/openapi.ts";
import { OPERATIONS } from "@/lib/api/operations.ts";
import { queryOf } from "@/lib/api/paging.ts";
import {
  type Problem,
  problem,
  type ProblemReason,
} from "@/lib/api/problem.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { ApiToken } from "@/lib/model/api_token.ts";
import { StoreError } from "@/lib/store/patience.ts";
import { sha256Hex } from "@/lib/store/sha256.ts";
import { readJson } from "./api_body.ts";
import { isTokenApi } from "./api_paths.ts";
import type { State } from "./state.ts";

// The API for programs, below /api/v1. A request is accepted only with a token in
// the header Authorization; cookies mean nothing here.

const log = getLogger(["widgets", "api"]);

type Handler = (ctx: Context<State>) => Promise<Response>;

/** Maximum length of an id; a longer one is not looked up in the store. */
const ID_LENGTH_MAX = 64;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;
const ENTITY_TAG = /^"([\x21\x23-\x7e]{1,64})"$/;

/** Returns the handlers of the operations at a path, as `/widgets/{uuid}`. */
export function tokenRoute(path: string): Record<string, Handler> {
  const own = OPERATIONS.filter((operation) => operation.path === path);
  return Object.fromEntries(
    own.map((operation) => [
      operation.method,
      async (ctx: Context<State>) =>
        await responseOf(await answer(ctx, operation), ctx.req),
    ]),
  );
}

/** Returns the OpenAPI description, which anybody can read. */
export function describeApi({ publicUrl }: Pick<State, "publicUrl">): Response {
  return Response.json(openApi(publicUrl), {
    headers: { "cache-control": "no-store" },
  });
}

/** Makes every error below /api/v1 a problem of RFC 9457: those of other
 * middlewares, of unknown addresses and of the store. */
export const errorsAsProblems: Middleware<State> = async (ctx) => {
  if (!isTokenApi(ctx.url)) return await ctx.next();
  try {
    return await ctx.next();
  } catch (error) {
    if (ctx.req.signal.aborted) throw error; // The client has disconnected.
    const reason = reasonOf(error);
    if (reason === "internal" || reason === "unavailable") {
      log.error("Cannot answer {method} {pathname}: {error}", {
        ...{ method: ctx.req.method, pathname: ctx.url.pathname, error },
      });
    }
    return refusal(problem(reason));
  }
};

function reasonOf(error: unknown): ProblemReason {
  if (error instanceof StoreError) return "unavailable";
  if (!(error instanceof HttpError)) return "internal";
  const reasons: Record<number, ProblemReason> = {
    400: "invalid",
    403: "forbidden",
    404: "not-found",
    413: "too-big",
    503: "unavailable",
  };
  return reasons[error.status] ?? "internal";
}

async function answer(
  ctx: Context<State>,
  operation: Operation,
): Promise<ApiResult> {
  const admitted = await admit(ctx, operation);
  if (!admitted.ok) return admitted;
  const token = admitted.value;
  const { req, params, url, state: { services } } = ctx;
  if (Object.values(params).some((id) => id.length > ID_LENGTH_MAX)) {
    return err(problem("not-found"));
  }
  const body = await bodyOf(req, operation);
  if (!body.ok) return body;
  const revision = revisionOf(req, operation);
  if (!revision.ok) return revision;
  const key = keyOf(req);
  if (!key.ok) return key;
  const run = () =>
    operation.run({
      ...{ params, body: body.value, revision: revision.value, services },
      query: queryOf(url.searchParams),
      newId: sha256Hex(`${token.id} ${key.value || crypto.randomUUID()}`)
        .slice(0, 32),
      token: token.id,
      lastEventId: req.headers.get("last-event-id") ?? "",
      isAccepted: async () =>
        (await services.apiTokens.use(textOf(req) ?? "")).ok,
      by: { id: `token:${token.id}`, name: `${token.name} (API)` },
    });
  if (key.value === "") return await run();
  const request = JSON.stringify([
    ...[req.method, url.pathname, url.search],
    ...[revision.value, body.value ?? null],
  ]);
  const keyed = { token: token.id, key: key.value, request };
  return await once(services.apiAnswers, keyed, run);
}

/** Returns the token of a request, if it is accepted for the operation. */
async function admit(
  { req, state: { services } }: Context<State>,
  { scope, cost }: Operation,
): Promise<Result<ApiToken, Problem>> {
  const text = textOf(req);
  if (text === undefined) return err(problem("no-token"));
  const used = await services.apiTokens.use(text);
  if (!used.ok) {
    const state = used.error === "unknown" ? "invalid" : used.error;
    return err(problem(`${state}-token`));
  }
  const retryAfter = services.apiRates.take(used.value.id, cost);
  if (retryAfter > 0) return err(problem("throttled", { retryAfter }));
  if (!used.value.scopes.includes(scope)) {
    return err(problem("missing-scope", { scope }));
  }
  return used;
}

/** Returns the token that a request sends. */
function textOf({ headers }: Request): string | undefined {
  const header = headers.get("authorization") ?? "";
  return /^Bearer +(\S+) *$/i.exec(header)?.[1];
}

async function bodyOf(
  request: Request,
  { body }: Operation,
): Promise<Result<unknown, Problem>> {
  if (body === NO_BODY) {
    await request.body?.cancel();
    return ok(undefined);
  }
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    await request.body?.cancel();
    return err(problem("not-json", { field: "Content-Type" }));
  }
  const read = await readJson(request, v.unknown());
  if (read.ok) return read;
  const { reason, text: detail } = read.error;
  return err(problem(reason === "too-big" ? reason : "invalid", { detail }));
}

function revisionOf(
  { headers }: Request,
  { needsRevision }: Operation,
): Result<string, Problem> {
  const given = headers.get("if-match");
  const field = "If-Match";
  if (!needsRevision) {
    if (given === null) return ok("");
    const detail = "must be absent, because this has no condition";
    return err(problem("invalid", { field, detail }));
  }
  if (given === null) return err(problem("no-revision", { field }));
  const [, revision] = ENTITY_TAG.exec(given) ?? [];
  if (revision !== undefined) return ok(revision);
  const detail = 'must be one revision in quotation marks, as in ETag: "…"';
  return err(problem("invalid", { field, detail }));
}

function keyOf({ headers, method }: Request): Result<string, Problem> {
  const given = headers.get("idempotency-key");
  if (given === null || method === "GET" || method === "HEAD") return ok("");
  if (IDEMPOTENCY_KEY.test(given)) return ok(given);
  const field = "Idempotency-Key";
  const detail = "must be 1 to 255 visible ASCII characters";
  return err(problem("invalid", { field, detail }));
}

async function responseOf(
  result: ApiResult,
  { method }: Request,
): Promise<Response> {
  if (!result.ok) return refusal(result.error);
  const { stream, ...rest } = result.value;
  if (stream === undefined) return success(rest);
  const headers = { ...rest.headers, "cache-control": "no-store" };
  if (method !== "HEAD") return new Response(stream, { headers });
  await stream.cancel();
  return new Response(null, { headers });
}

function success(
  { status, headers, body }: Omit<ApiAnswer, "stream">,
): Response {
  const init = { status, headers: { ...headers, "cache-control": "no-store" } };
  return body === undefined
    ? new Response(null, init)
    : Response.json(body, init);
}

function refusal(body: Problem): Response {
  const { retryAfter } = body;
  const headers: Record<string, string> = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  };
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
  if (body.status === 401) {
    const error = body.reason === "no-token" ? "" : ` error="invalid_token"`;
    headers["www-authenticate"] = `Bearer${error}`;
  }
  if (body.scope !== undefined) {
    headers["www-authenticate"] =
      `Bearer error="insufficient_scope", scope="${body.scope}"`;
  }
  return Response.json(body, { status: body.status, headers });
}

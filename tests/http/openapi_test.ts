import { deepEqual, equal, ok } from "node:assert/strict";
import { Validator } from "@seriousme/openapi-schema-validator";
import * as v from "valibot";
import { OPERATIONS } from "@/lib/api/operations.ts";
import { apiApp } from "@/tests/support/api_app.ts";
import { broken } from "@/tests/support/broken.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";
import { someValue } from "@/tests/support/some_value.ts";
import { problemOf, tokenApi } from "@/tests/support/token_api.ts";

const Operation = v.looseObject({
  operationId: v.string(),
  "x-scope": v.string(),
  parameters: v.array(v.looseObject({
    name: v.string(),
    in: v.picklist(["path", "query", "header"]),
    required: v.exactOptional(v.boolean()),
    schema: v.record(v.string(), v.unknown()),
  })),
  requestBody: v.exactOptional(v.looseObject({
    content: v.strictObject({
      "application/json": v.strictObject({
        schema: v.record(v.string(), v.unknown()),
      }),
    }),
  })),
  responses: v.record(v.string(), v.unknown()),
});

const Description = v.looseObject({
  openapi: v.literal("3.1.0"),
  servers: v.tuple([v.strictObject({ url: v.string() })]),
  paths: v.record(v.string(), v.record(v.string(), Operation)),
});

async function descriptionOf(app: Awaited<ReturnType<typeof apiApp>>) {
  const response = await app.call("GET", "/api/v1/openapi.json");
  equal(response.status, 200);
  return v.parse(Description, await response.json());
}

Deno.test("[API10] the OpenAPI file describes every route of the API, and no other", async () => {
  using app = await apiApp();

  const { paths, servers: [{ url }] } = await descriptionOf(app);

  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
  );
  const routes = app.routes
    .filter(({ path }) => path.startsWith("api/v1/"))
    .filter(({ path }) => !path.includes("openapi.json"))
    .flatMap(({ path, module }) => {
      const pattern = path.replace(/^api\/v1|(\/index)?\.ts$/g, "")
        .replace(/\[(\w+)\]/g, "{$1}");
      return Object.keys(module["handlers"] ?? {})
        .map((method) => `${method} ${pattern}`);
    });
  deepEqual(described.sort(), routes.sort());
  equal(url, "http://127.0.0.1/api/v1");
});

Deno.test("[API10] the OpenAPI file is valid", async () => {
  using app = await apiApp();
  const response = await app.call("GET", "/api/v1/openapi.json");

  const found = await new Validator().validate(await response.json());

  deepEqual([found.valid, found.errors], [true, undefined]);
});

Deno.test("[API10] each operation has an id of its own, its scope, its parameters and its problems", async () => {
  using app = await apiApp();
  const { paths } = await descriptionOf(app);

  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, operation }))
  );

  const ids = all.map(({ operation }) => operation.operationId);
  equal(new Set(ids).size, ids.length);
  for (const { path, operation } of all) {
    const own = OPERATIONS.find(({ id }) => id === operation.operationId);
    equal(operation["x-scope"], own?.scope);
    const inPath = operation.parameters.filter((one) => one.in === "path");
    deepEqual(
      inPath.map(({ name, required }) => [`{${name}}`, required]),
      (path.match(/\{\w+\}/g) ?? []).map((name) => [name, true]),
    );
    deepEqual(Object.keys(operation.responses).slice(1), ["4XX", "5XX"]);
  }
  // References lead somewhere.
  const text = JSON.stringify(paths);
  const targets = new Set(text.match(/"\$ref":"[^"]+"/g));
  deepEqual([...targets], ['"$ref":"#/components/responses/Problem"']);
});

Deno.test("[API10] no request made from the schemas fails, and each answer is as described", async () => {
  using api = await tokenApi();
  const { paths } = await descriptionOf(api.app);
  const luck = chance();
  const made = await api.call("POST", "/widgets", {
    body: { type: "sidebar", content: { name: "x" } },
  });
  const { uuid } = await made.json();
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...{ path, method: method.toUpperCase(), operation },
    }))
  ).filter(({ path }) => path !== "/events" // Never ends: event_stream_test.ts.
  );
  const statuses = new Map<number, number>();

  for (let round = 0; round < 1_000; round++) {
    const why = `CW_SEED=${luck.seed}, round ${round}`;
    const { path, method, operation } = calls[luck.below(calls.length)]!;
    if (method === "DELETE" && luck.below(10) > 0) continue;
    api.app.store.clock.advance(3_000);
    const request = requestOf(operation, luck);
    const id = luck.below(8) === 0 ? "nonsense" : uuid;
    if (luck.below(3) > 0 && method === "PUT") {
      const read = await api.call("GET", `/widgets/${uuid}`);
      request.headers.set("if-match", read.headers.get("etag") ?? '"x"');
      await read.body?.cancel();
      if (read.status === 404) request.headers.delete("idempotency-key");
    }
    const url = path.replace(/\{\w+\}/, id) + request.query;
    const response = await api.call(method, url, request);
    const { status } = response;

    ok(status < 500, `${why}: ${method} ${url} ${status}`);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 400) await problemOf(response, status);
    else {
      const { success } = OPERATIONS
        .find(({ id }) => id === operation.operationId)!;
      equal(status, success.status, why);
      const text = await response.text();
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      ok(v.is(success.schema ?? v.undefined(), body), why);
    }
  }

  ok((statuses.get(200) ?? 0) > 50 && (statuses.get(201) ?? 0) > 5);
});

/** Returns a request of an operation: often a valid one, otherwise with some
 * parts broken. */
function requestOf(
  { parameters, requestBody }: v.InferOutput<typeof Operation>,
  luck: Chance,
) {
  const headers = new Headers();
  const query = new URLSearchParams();
  for (const { name, in: place, required, schema } of parameters) {
    if (!required && luck.below(3) > 0) continue;
    const text = String(someValue(schema, luck)).replace(/[^\x21-\x7e]/g, "");
    if (place === "query") query.set(name, text);
    if (place === "header" && text !== "") headers.set(name, text);
  }
  const schema = requestBody?.content["application/json"].schema;
  const valid = schema && someValue(schema, luck);
  const isBroken = schema !== undefined && luck.below(3) === 0;
  const body = isBroken ? broken(valid, luck) : valid;
  return { headers, query: query.size > 0 ? `?${query}` : "", body };
}

import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as v from "valibot";
import { REQUESTS_AT_ONCE } from "@/lib/api/rate_limit.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import { API_SCOPES } from "@/lib/model/api_token.ts";
import { CreatedToken, TokenList } from "@/lib/protocol/admin/tokens.ts";
import { StoreError } from "@/lib/store/patience.ts";
import { apiApp, errorOf } from "@/tests/support/api_app.ts";
import { CALLS, problemOf, tokenApi } from "@/tests/support/token_api.ts";

Deno.test("[API1] no operation accepts a request without a token, with a cookie, or with a token anywhere else", async () => {
  using api = await tokenApi();
  const token = await api.token(...API_SCOPES);
  const wrong: [path: string, headers: HeadersInit][] = [
    ["", {}],
    ["", { authorization: "" }],
    ["", { authorization: token }],
    ["", { authorization: `Basic ${btoa(`ada:${token}`)}` }],
    [`?access_token=${token}`, {}],
  ];

  for (const [path, { method }] of CALLS) {
    for (const [query, headers] of wrong) {
      const response = await api.app.call(method, `/api/v1${path}${query}`, {
        ...{ cookie: api.cookie, headers },
      });
      equal(response.headers.get("www-authenticate"), "Bearer");
      equal((await problemOf(response, 401)).reason, "no-token");
    }
  }
  ok(CALLS.length >= 6);
});

Deno.test("[API2] every operation refuses an unknown, expired, revoked or disabled token with 401", async () => {
  using api = await tokenApi();
  const { services, store } = api.app;
  const { id } = await api.app.signIn("eve", "admin");
  const make = async (by: string, days = 2) => {
    const made = await services.apiTokens.create(
      { name: "x", scopes: [...API_SCOPES], days },
      { id: by, name: "x" },
    );
    ok(made.ok);
    return made.value;
  };
  const [expired, revoked] = [await make(api.admin, 1), await make(api.admin)];
  const disabled = await make(id);
  await services.apiTokens.revoke(revoked.token.id, { id: "", name: "" });
  await store.accounts.delete(id);
  store.clock.advance(DAY_MS);
  const tokens = [
    [`cwt_${"0".repeat(32)}_${"0".repeat(64)}`, "invalid-token"],
    ["nonsense", "invalid-token"],
    [revoked.text, "invalid-token"],
    [expired.text, "expired-token"],
    [disabled.text, "disabled-token"],
  ] as const;

  for (const [path, { method }] of CALLS) {
    for (const [token, reason] of tokens) {
      const response = await api.call(method, path, { token });
      const header = response.headers.get("www-authenticate");
      equal(header, 'Bearer error="invalid_token"');
      equal((await problemOf(response, 401)).reason, reason);
    }
  }
});

Deno.test("[API2] every operation refuses a token with all scopes but its own with 403", async () => {
  using api = await tokenApi();

  for (const [path, { method, scope }] of CALLS) {
    const token = await api.token(...API_SCOPES.filter((one) => one !== scope));
    const response = await api.call(method, path, { token });
    const header = response.headers.get("www-authenticate") ?? "";
    match(header, /insufficient_scope/);
    const problem = await problemOf(response, 403);
    deepEqual([problem.reason, problem.scope], ["missing-scope", scope]);

    const own = await api.call(method, path, {
      token: await api.token(scope),
    });
    ok(![401, 403].includes(own.status), `${method} ${path} ${own.status}`);
    await own.body?.cancel();
  }
});

Deno.test("[API2] no cookie and no state of an account changes what a token can do", async () => {
  using api = await tokenApi();
  const { id, cookie } = await api.app.signIn("ben", "agent");
  await api.app.services.people.list();
  const path = "/api/v1/widgets";
  const token = await api.token("widgets:read");

  const headers = { authorization: `Bearer ${token}` };
  const response = await api.app.call("GET", path, { cookie, headers });

  ok(id);
  equal(response.status, 200);
});

Deno.test("[API5] a token that sends too many requests gets 429 with the time to wait", async () => {
  using api = await tokenApi();
  const token = await api.token("presence:read");
  const call = () => api.call("GET", "/presence", { token });
  for (let n = 0; n < REQUESTS_AT_ONCE; n++) await (await call()).json();

  const refused = await call();
  const other = await api.call("GET", "/presence");
  api.app.store.clock.advance(1_000);
  const later = await call();

  equal(refused.headers.get("retry-after"), "1");
  equal((await problemOf(refused, 429)).retryAfter, 1);
  deepEqual([other.status, later.status], [200, 200]);
});

Deno.test("[API6] errors of other parts of the service are problems, too", async () => {
  using api = await tokenApi();
  const { services } = api.app;
  const url = "/api/v1/widgets";
  const evil = { origin: "https://evil.example" };

  const unknown = await api.call("GET", "/nothing");
  const method = await api.call("PATCH", "/widgets");
  const long = await api.call("GET", `/widgets/${"x".repeat(5_000)}`);
  const foreign = await api.app.call("POST", url, { headers: evil });
  services.widgets.page = () => Promise.reject(new Error("secret path"));
  const failed = await api.call("GET", "/widgets");

  equal((await problemOf(unknown, 404)).reason, "not-found");
  equal((await problemOf(method, 404)).reason, "not-found");
  equal((await problemOf(long, 404)).reason, "not-found");
  equal((await problemOf(foreign, 403)).reason, "forbidden");
  const problem = await problemOf(failed, 500);
  equal(JSON.stringify(problem).includes("secret"), false);
});

Deno.test("[API6] a store that fails is a problem, and the key of the request can be used again", async () => {
  using api = await tokenApi();
  const { widgets, apiTokens } = api.app.services;
  const failing = () => Promise.reject(new StoreError("no answer"));
  const { createWith } = widgets;
  const body = { type: "sidebar", content: { name: "Shop" } };
  const headers = { "idempotency-key": "k1" };

  widgets.createWith = failing;
  const write = await api.call("POST", "/widgets", { headers, body });
  widgets.createWith = createWith.bind(widgets);
  const again = await api.call("POST", "/widgets", { headers, body });
  apiTokens.use = failing;
  const token = await api.call("GET", "/widgets");

  equal((await problemOf(write, 503)).reason, "unavailable");
  equal(again.status, 201);
  equal((await problemOf(token, 503)).reason, "unavailable");
});

Deno.test("an administrator creates, lists and revokes tokens, and nobody else", async () => {
  using app = await apiApp();
  const admin = await app.signIn("ada", "admin");
  const agent = await app.signIn("ben", "agent");
  const body = { name: " CRM ", scopes: ["widgets:read"], days: 30 };

  const made = await app.call("POST", "/api/tokens", { ...admin, body });
  equal(made.status, 201);
  const { token, text } = v.parse(CreatedToken, await made.json());
  const listed = await app.call("GET", "/api/tokens", admin);
  const { tokens } = v.parse(TokenList, await listed.json());
  for (const who of [agent, {}]) {
    const status = who === agent ? 403 : 401;
    const path = `/api/tokens/${token.id}`;
    await errorOf(await app.call("GET", "/api/tokens", who), status);
    const post = await app.call("POST", "/api/tokens", { ...who, body });
    await errorOf(post, status);
    await errorOf(await app.call("DELETE", path, who), status);
  }
  const headers = { authorization: `Bearer ${text}` };
  const used = await app.call("GET", "/api/v1/widgets", { headers });
  const ended = await app
    .call("DELETE", `/api/tokens/${token.id}`, admin);
  const again = await app
    .call("DELETE", `/api/tokens/${token.id}`, admin);

  deepEqual([token.name, token.by], ["CRM", "ada"]);
  deepEqual(tokens, [token]);
  deepEqual([used.status, ended.status, again.status], [200, 204, 404]);
});

Deno.test("an invalid token is rejected, naming its field", async () => {
  using app = await apiApp();
  const admin = await app.signIn("ada", "admin");
  const body = { name: "CRM", scopes: ["widgets:read"] };
  const wrong: [unknown, string][] = [
    [{ ...body, name: " " }, "name"],
    [{ ...body, name: "x".repeat(65) }, "name"],
    [{ ...body, scopes: [] }, "scopes"],
    [{ ...body, scopes: ["everything"] }, "scopes.0"],
    [{ ...body, scopes: ["widgets:read", "widgets:read"] }, "scopes"],
    [{ ...body, days: 0 }, "days"],
    [{ ...body, days: 4_000 }, "days"],
    [{ ...body, hash: "0" }, "hash"],
  ];

  for (const [body, field] of wrong) {
    const response = await app.call("POST", "/api/tokens", { ...admin, body });
    equal((await errorOf(response, 400)).field, field);
  }
});

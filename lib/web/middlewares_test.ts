import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { HttpError } from "fresh";
import { StoreError } from "@/lib/store/patience.ts";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { webContext } from "@/tests/support/web_context.ts";
import { faultsAsJson, whoMay } from "./api_access.ts";
import { frameAncestors, isInFrame, ownOriginInFrames } from "./frames.ts";
import { logFailures } from "./log_failures.ts";
import { noteRoute, withRequestId } from "./request_id.ts";
import { securityHeaders } from "./security_headers.ts";
import type { State } from "./state.ts";
import { storeFaults } from "./store_faults.ts";

type Account = NonNullable<State["account"]>;
const account = (role: "admin" | "agent") =>
  ({ id: "1", name: "ada", roles: [role] }) as Account;
const failing = (error: unknown) => () => Promise.reject(error);

Deno.test("the API admits administrators, and others to their own account only", async () => {
  const status = async (path: string, who?: Account) => {
    const state = who ? { account: who } : {};
    const context = webContext(`http://x${path}`, { state });
    return (await whoMay(context)).status;
  };
  const agent = account("agent");

  deepEqual(
    [await status("/api/widgets"), await status("/api/account")],
    [401, 401],
  );
  equal(await status("/api/widgets", account("admin")), 200);
  deepEqual([
    await status("/api/account", agent),
    await status("/api/account/password", agent),
    await status("/api/accounts", agent),
    await status("/api/widgets", agent),
  ], [200, 200, 403, 403]);
});

Deno.test("an answer of the API isn't cached unless it says so, and a long id isn't looked up", async () => {
  const answer = async (next: () => Response, id = "a") =>
    await faultsAsJson(webContext("http://x/api/a", { params: { id }, next }));
  const plain = await answer(() => new Response("a"));
  const cached = await answer(() =>
    new Response("a", { headers: { "cache-control": "private" } })
  );
  let looked = 0;
  const look = () => new Response(String(looked++));

  const longest = await answer(look, "a".repeat(64));
  const longer = await answer(look, "a".repeat(65));

  equal(plain.headers.get("cache-control"), "no-store");
  equal(cached.headers.get("cache-control"), "private");
  deepEqual([longest.status, longer.status, looked], [200, 404, 1]);
});

Deno.test("an exception of the API is answered without its details", async () => {
  const status = async (error: unknown) => {
    const next = failing(error);
    const response = await faultsAsJson(webContext("http://x/api/a", { next }));
    return [response.status, (await response.json()).reason];
  };

  deepEqual(await status(new Error("secret")), [500, "internal"]);
  deepEqual(await status(new StoreError("late")), [503, "unavailable"]);
});

Deno.test("an HTTP error, and a request that its client has left, have no answer of the API", async () => {
  const left = AbortSignal.abort();
  const address = "http://x/api/a";
  const error = new Error("left");

  await rejects(async () =>
    await faultsAsJson(webContext(address, {
      next: failing(new HttpError(404)),
    })), { status: 404 });
  await rejects(
    async () =>
      await faultsAsJson(
        webContext(address, { signal: left, next: failing(error) }),
      ),
    error,
  );
});

Deno.test("a failure of the store is a 503 of the page, any other error stays", async () => {
  const pass = async (error: unknown) =>
    await storeFaults(webContext("http://x/admin", { next: failing(error) }));

  await rejects(pass(new StoreError("late")), { status: 503 });
  await rejects(pass(new TypeError("wrong")), TypeError);
});

Deno.test("only errors of the service are logged, and with their cause", async () => {
  const logged: unknown[] = [];
  const note = (_: string, error: unknown) => logged.push(error);
  const cause = new Error("cause");
  const errors = [
    new HttpError(404),
    new HttpError(500),
    new HttpError(503, "", { cause }),
    new TypeError("wrong"),
  ];
  {
    using _console = replaceGlobals({ console: { ...console, error: note } });
    for (const error of errors) {
      const context = webContext("http://x/admin", { next: failing(error) });
      await rejects(async () => await logFailures(context), error);
    }
  }

  deepEqual(logged, [errors[1], cause, errors[3]]);
});

Deno.test("pages of the App may be in frames of a PBX, the preview in our own, others in none", () => {
  const pbx = ["https://pbx.example"];
  const ancestors = (path: string, origins = pbx) =>
    frameAncestors(path, origins).replace("frame-ancestors ", "");

  deepEqual([
    ancestors("/desk"),
    ancestors("/desk/state"),
    ancestors("/desks"),
    ancestors("/login"),
    ancestors("/preview/frame"),
    ancestors("/preview/frame", []),
    ancestors("/desk", []),
  ], [
    "https://pbx.example",
    "https://pbx.example",
    "'none'",
    "'none'",
    "'self' https://pbx.example",
    "'self'",
    "'none'",
  ]);
});

Deno.test("a page in a frame can change something only from its own origin", async () => {
  const passes = async (
    method: string,
    origin: string,
    isFramed = true,
  ) => {
    const headers: HeadersInit = origin ? { origin } : {};
    const context = webContext("https://x/desk", {
      method,
      headers,
      state: { isFramed },
    });
    return await Promise.resolve(ownOriginInFrames(context))
      .then(() => true, () => false);
  };

  equal(await passes("POST", "https://x"), true);
  equal(await passes("POST", "https://evil.example"), false);
  equal(await passes("POST", ""), false);
  equal(await passes("GET", ""), true);
  equal(await passes("POST", "https://evil.example", false), true);
  const dest = (value: string) =>
    isInFrame(
      new Request("http://x", { headers: { "sec-fetch-dest": value } }),
    );
  deepEqual([dest("iframe"), dest("document")], [true, false]);
});

Deno.test("every answer has the security headers, and no page or script of a picture runs", async () => {
  const headersOf = async (type: string, own: HeadersInit = {}) => {
    const next = () =>
      new Response("a", { headers: { ...own, "content-type": type } });
    const set = securityHeaders(() => []);
    const { headers } = await set(webContext("http://x/admin", { next }));
    return headers;
  };
  const policy = "script-src 'self' 'unsafe-inline' 'nonce-abc+/='";
  const page = await headersOf("text/html; charset=utf-8", {
    "content-security-policy": policy,
    "referrer-policy": "no-referrer",
  });
  const css = await headersOf("text/css");
  const picture = await headersOf("image/png");

  for (const headers of [page, css, picture]) {
    equal(headers.get("x-content-type-options"), "nosniff");
    equal(headers.get("cross-origin-opener-policy"), "same-origin");
  }
  deepEqual(
    [page, css].map((each) => each.get("referrer-policy")),
    ["no-referrer", "same-origin"],
  );
  deepEqual(
    [page, css].map((each) => each.get("cache-control")),
    ["no-store", null],
  );
  match(
    page.get("content-security-policy") ?? "",
    /; script-src 'self' 'nonce-abc\+\/='; .*; frame-ancestors 'none'$/,
  );
  match(css.get("content-security-policy") ?? "", /; script-src 'self'; /);
  equal(
    picture.get("content-security-policy"),
    "default-src 'none'; sandbox; frame-ancestors 'none'",
  );
});

Deno.test("an answer has its proxy's request id or a new one, and is counted by status and route", async () => {
  const counted: unknown[] = [];
  const timed: [route: string, seconds: number][] = [];
  const answer = withRequestId({
    count: (name, labels) => void counted.push([name, labels]),
    answered: (route, seconds) => void timed.push([route, seconds]),
  });
  const ask = async (id: string, status: number, route: string | null) => {
    const headers: HeadersInit = id ? { "x-request-id": id } : {};
    const next = () => new Response(null, { status });
    const context = webContext("http://x/a", { headers, route, next });
    await noteRoute(context);
    const response = await answer(context);
    return response.headers.get("x-request-id") ?? "";
  };

  const kept = await ask("proxy:12345", 200, "/a");
  const made = [await ask("short", 404, null), await ask("", 500, null)];

  equal(kept, "proxy:12345");
  made.forEach((id) => match(id, /^[\da-f-]{36}$/));
  deepEqual(
    counted,
    ["2xx", "4xx", "5xx"].map((status) => [
      "http_answers",
      { status },
    ]),
  );
  deepEqual(timed.map(([route]) => route), ["/a", "none", "none"]);
  equal(timed.every(([, seconds]) => seconds >= 0 && seconds < 1), true);
});

import { deepEqual, equal } from "node:assert/strict";
import { App, type Context } from "fresh";

async function answer(
  handle: (ctx: Context<unknown>) => Response | Promise<Response>,
): Promise<Response> {
  const handler = new App().get("/a/b", handle).handler();
  return await handler(new Request("http://localhost/a/b?c=d"));
}

Deno.test("[FR6] ctx.redirect() stays on this host, however the path is spelled", async () => {
  const targets: Record<string, string> = {
    "/new?x=1#y": "/new?x=1#y",
    "sibling": "/a/sibling",
    "?page=2": "/a/b?page=2",
    "/grüße": "/gr%C3%BC%C3%9Fe",
    "//evil.example/x": "/evil.example/x",
    "///evil.example": "/evil.example",
    "/\\evil.example": "/evil.example",
    "\\\\evil.example": "/evil.example",
    "/\t/evil.example": "/evil.example",
    " //evil.example": "/evil.example",
    "/..//evil.example": "/evil.example",
    "/.//evil.example": "/evil.example",
    "/a\r\nset-cookie: b": "/aset-cookie:%20b",
    "https://example.com/a": "https://example.com/a",
  };

  for (const [target, location] of Object.entries(targets)) {
    const response = await answer((ctx) => ctx.redirect(target));

    equal(response.headers.get("location"), location, target);
  }
});

Deno.test("[FR6] ctx.redirect() uses the given status, or 302", async () => {
  const found = await answer((ctx) => ctx.redirect("/"));
  const kept = await answer((ctx) => ctx.redirect("/", 307));

  deepEqual([found.status, kept.status], [302, 307]);
});

Deno.test("[FR7] ctx.html(), text() and json() set the content type unless it is given", async () => {
  const types = [];
  for (
    const handle of [
      (ctx: Context<unknown>) => ctx.html("<p>"),
      (ctx: Context<unknown>) => ctx.text("p"),
      (ctx: Context<unknown>) => ctx.json({}),
      (ctx: Context<unknown>) =>
        ctx.text("a,b", { headers: { "content-type": "text/csv" } }),
    ]
  ) {
    types.push((await answer(handle)).headers.get("content-type"));
  }

  deepEqual(types, [
    "text/html; charset=utf-8",
    "text/plain; charset=utf-8",
    "application/json",
    "text/csv",
  ]);
});

Deno.test("[FR7] ctx has the request, its URL and the remote address", async () => {
  const handler = new App()
    .get(
      "/a",
      ({ req, url, info, config, error }) =>
        Response.json([req.method, url.search, info, config, error]),
    )
    .handler();
  const remoteAddr = {
    transport: "tcp" as const,
    hostname: "192.0.2.1",
    port: 1,
  };

  const request = new Request("http://localhost/a?b");
  const response = await handler(request, { remoteAddr });

  deepEqual(await response.json(), [
    "GET",
    "?b",
    { remoteAddr },
    { mode: "production" },
    null,
  ]);
});

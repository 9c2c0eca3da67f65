import { deepEqual, equal } from "node:assert/strict";
import { App, staticFiles } from "fresh";
import { silencedErrors } from "@/tests/support/silenced_errors.ts";

Deno.test("[FR41] ctx.redirect() stays on this host, however the path is spelt", async () => {
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
    const handler = new App().get("/a/b", (ctx) => ctx.redirect(target))
      .handler();

    const response = await handler(new Request("http://localhost/a/b?c=d"));

    equal(response.headers.get("location"), location, target);
  }
});

Deno.test("[FR11] without an error page, the client gets only the status, and the log the error", async () => {
  using silenced = silencedErrors();
  const fault = new Error("password of the database");
  const handler = new App().get("/", () => Promise.reject(fault)).handler();

  const response = await handler(new Request("http://localhost/"));

  deepEqual([response.status, await response.text()], [500, "Error 500"]);
  deepEqual(silenced.calls, [["GET / failed:", fault]]);
});

Deno.test("[FR27] an app without a build has no files and no file routes, and still works", async () => {
  const handler = new App().use(staticFiles()).fsRoutes()
    .get("/", () => new Response("home")).handler();

  const home = await handler(new Request("http://localhost/"));
  const file = await handler(new Request("http://localhost/style.css"));

  deepEqual([await home.text(), file.status], ["home", 404]);
});

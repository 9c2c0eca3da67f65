import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { HttpError } from "fresh";
import {
  buildFreshApp,
  type FreshApp,
} from "../../tests/support/fresh_site.ts";
import { silencedErrors } from "../../tests/support/silenced_errors.ts";

let app: FreshApp;
Deno.test.beforeAll(async () => {
  app = await buildFreshApp();
});
Deno.test.afterAll(async () => await app[Symbol.asyncDispose]());

Deno.test("[FR12] files become routes by their names", async () => {
  const found: Record<string, string> = {};
  for (const path of ["/old/new", "/admin", "/admin/7"]) {
    found[path] = await (await app.ask(path)).text();
  }

  equal(found["/old/new"], '{"new":true}');
  match(found["/admin"] ?? "", /Admin after/);
  match(found["/admin/7"] ?? "", /<p>Widget 7<\/p>/);
});

Deno.test("[FR13] underscore files and islands are no routes", async () => {
  for (const path of ["/_app", "/_error", "/_middleware", "/Toggle"]) {
    equal((await app.ask(path)).status, 404, path);
  }
});

Deno.test("[FR14] a handler passes data, status and headers to its page", async () => {
  const body = new URLSearchParams({ name: "<b>" });

  const read = await app.ask("/?name=Ann");
  const posted = await app.ask("/", { method: "POST", body });

  match(await read.text(), /<h1>Hello Ann<\/h1>/);
  deepEqual([posted.status, posted.headers.get("x-made")], [201, "yes"]);
  match(await posted.text(), /<h1>Hello &lt;b><\/h1>/);
});

Deno.test("[FR16] a title or meta in <Head> replaces the one of the app wrapper", async () => {
  const html = await (await app.ask("/?name=Ann")).text();

  const head = html.slice(0, html.indexOf("</head>"));
  deepEqual(head.match(/<title>.*?<\/title>/g), ["<title>Home of Ann</title>"]);
  deepEqual(head.match(/<meta name="description".*?>/g), [
    '<meta name="description" content="from the page"/>',
  ]);
});

Deno.test("[FR37] a link in <Head> is added if it has a key, and replaces one of its rel if not", async () => {
  const html = await (await app.ask("/")).text();

  const head = html.slice(0, html.indexOf("</head>"));
  equal(head.match(/<link rel="stylesheet"/g)?.length, 2);
  deepEqual(head.match(/<link rel="icon".*?>/g), [
    '<link rel="icon" href="/page.ico"/>',
  ]);
});

Deno.test("[FR8] a page is in the layout and the app wrapper, and can skip both", async () => {
  const admin = await (await app.ask("/admin")).text();
  const bare = await (await app.ask("/admin/bare")).text();

  match(admin, /<html lang="en">.*<body><section><nav>.*<\/nav><p>Admin/s);
  equal(bare, "<!DOCTYPE html><p>Bare</p>");
});

Deno.test("[FR15] the middlewares of a folder run for all below it, from the outside in", async () => {
  const admin = await app.ask("/admin");
  const start = await app.ask("/");

  match(await admin.text(), /Admin after root, root again, admin/);
  deepEqual(
    [admin.headers.get("x-admin"), start.headers.get("x-admin")],
    ["yes", null],
  );
});

Deno.test("[FR34] links to the page and to what is above it are marked, unless they say otherwise", async () => {
  const marks = async (path: string) => {
    const html = await (await app.ask(path)).text();
    const links = html.matchAll(/<a href="[^"]*"([^>]*)>(\w+)</g);
    return Object.fromEntries([...links].map(([, rest = "", name]) => {
      return [name, /aria-current="(\w+)"/.exec(rest)?.[1]];
    }));
  };

  deepEqual(await marks("/admin"), {
    Start: "true",
    Admin: "page",
    Seven: undefined,
    Other: undefined,
    Given: "false",
  });
  deepEqual(await marks("/admin/7"), {
    Start: "true",
    Admin: "true",
    Seven: "page",
    Other: undefined,
    Given: "false",
  });
});

Deno.test("[FR9] the error page shows errors and unknown URLs, with their status", async () => {
  const unknown = await app.ask("/nowhere");
  const failed = await app.ask("/failing/badly");
  const teapot = await app.ask("/failing/teapot");

  deepEqual(
    [unknown.status, failed.status, teapot.status],
    [404, 500, 418],
  );
  // Middlewares of the top folder ran, so the page has its state.
  match(await unknown.text(), /<h1>Error page 404 after root, root again/);
  const html = await failed.text();
  match(html, /<h1>Error page 500/);
  doesNotMatch(html, /secret/);
  match(await teapot.text(), /<h1>Error page 418/);
});

Deno.test("[FR35] a middleware sees the error, and neither the error page nor its headers", async () => {
  app.seen.length = 0;
  const headers = { "sec-fetch-site": "cross-site" };

  const unknown = await app.ask("/nowhere");
  const rejected = await app.ask("/", { method: "POST", headers });

  deepEqual([unknown.status, rejected.status], [404, 403]);
  for (const { headers } of [unknown, rejected]) {
    equal(headers.get("content-security-policy"), null);
  }
  const statuses = app.seen.map((error) => {
    ok(error instanceof HttpError);
    return error.status;
  });
  deepEqual(statuses, [404, 403]);
  match(await rejected.text(), /<h1>Error page 403/);
});

Deno.test("[FR36] a method without a handler is a 404, after the middlewares", async () => {
  const posted = await app.ask("/old/new", { method: "POST" });
  const removed = await app.ask("/admin", { method: "DELETE" });

  deepEqual([posted.status, posted.headers.get("allow")], [404, null]);
  match(await removed.text(), /Error page 404 after root, root again, admin/);
});

Deno.test("[FR38] an error that the error page shows is not logged", async () => {
  using silenced = silencedErrors();

  const failed = await app.ask("/failing/badly");
  await failed.body?.cancel();

  equal(silenced.calls.length, 0);
});

Deno.test("[FR20] functions and instances of classes cannot be props of an island", async () => {
  for (const what of ["function", "instance"]) {
    equal((await app.ask(`/refused/${what}`)).status, 500, what);
  }
});

Deno.test("[FR20] island props can't break out of their script element", async () => {
  const html = await (await app.ask("/islands")).text();

  doesNotMatch(html, /<script>window\.hacked/);
  doesNotMatch(html, /<!--<|<\/script><script>window/);
});

Deno.test("[FR29] the policy of a page names the nonce of its inline scripts, a new one each time", async () => {
  const nonces = new Set<string>();
  for (let n = 0; n < 2; n++) {
    const response = await app.ask("/islands");
    const policy = response.headers.get("content-security-policy") ?? "";
    const [, nonce = ""] = /script-src 'self' 'nonce-([^']+)'/.exec(policy) ??
      [];
    ok(nonce !== "");
    doesNotMatch(policy, /unsafe/);
    const inline = (await response.text()).match(/<script(?![^>]* src=)[^>]*>/g)
      ?.filter((tag) => !tag.includes("application/json")) ?? [];
    ok(inline.length > 0);
    for (const tag of inline) match(tag, new RegExp(`nonce="${nonce}"`));
    nonces.add(nonce);
  }

  equal(nonces.size, 2);
});

Deno.test("[FR23] a static file has its type, and a tag by which it is not sent twice", async () => {
  const first = await app.ask("/small.css");
  const etag = first.headers.get("etag") ?? "";
  const headers = { "if-none-match": etag };
  const again = await app.ask("/small.css", { headers });

  equal(await first.text(), "a {}\n");
  match(first.headers.get("content-type") ?? "", /^text\/css/);
  ok(etag !== "");
  equal(again.status, 304);
});

Deno.test("[FR24] a URL of asset() is cached for a year", async () => {
  const html = await (await app.ask("/")).text();
  const [, href = ""] = /href="(\/style\.css[^"]*)"/.exec(html) ?? [];

  const locked = await app.ask(href);
  await locked.body?.cancel();

  match(href, /^\/style\.css\?/);
  match(locked.headers.get("cache-control") ?? "", /max-age=31536000/);
});

import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
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

Deno.test("[FR12] file names determine the routes", async () => {
  const answers: Record<string, string> = {};
  for (
    const path of [
      ...["/old", "/old/a/b", "/old/new", "/docs", "/docs/v1"],
      ...["/x/mod@1/a/b", "/widget.js"],
    ]
  ) {
    answers[path] = await (await app.ask(path)).text();
  }

  deepEqual(answers, {
    "/old": "old: ",
    "/old/a/b": "old: a/b",
    "/old/new": '{"new":true}', // Fixed before the rest.
    "/docs": "version: latest",
    "/docs/v1": "version: v1",
    "/x/mod@1/a/b": '{"module":"mod","version":"1","path":"a/b"}',
    "/widget.js": "export {};",
  });
});

Deno.test("[FR13] underscore files, folders in parentheses and islands aren't routes", async () => {
  for (
    const path of [
      "/_app",
      "/_error",
      "/_middleware",
      "/(info)/about",
      "/Toggle",
    ]
  ) {
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

Deno.test("[FR16] <Head> replaces the elements of the app wrapper", async () => {
  const html = await (await app.ask("/?name=Ann")).text();

  const head = html.slice(0, html.indexOf("</head>"));
  deepEqual(head.match(/<title>.*?<\/title>/g), ["<title>Home of Ann</title>"]);
  deepEqual(head.match(/<meta name="description".*?>/g), [
    '<meta name="description" content="from the page"/>',
  ]);
});

Deno.test("[FR8] middlewares, layouts and the app wrapper apply from the outside in", async () => {
  const admin = await app.ask("/admin");
  const html = await admin.text();
  const about = await (await app.ask("/about")).text();
  const bare = await (await app.ask("/admin/bare")).text();

  equal(admin.headers.get("x-admin"), "yes");
  match(html, /<body><section class="admin"><nav>\/admin<\/nav><p>/);
  match(html, /Admin after root, root again, admin/);
  match(about, /<body><article><main><h1>About/);
  equal(bare, "<!DOCTYPE html><p>Bare</p>");
});

Deno.test("[FR14] a page can return a redirect, sync or async", async () => {
  for (const path of ["/admin?leave", "/admin/7?leave"]) {
    const response = await app.ask(path);

    deepEqual([response.status, response.headers.get("location")], [302, "/"]);
  }
});

Deno.test("[FR3] params are decoded, and an invalid encoding is a bad request", async () => {
  const decoded = await app.ask("/admin/a%2F%C3%9F");
  const broken = await app.ask("/admin/%zz");

  match(await decoded.text(), /<p>Widget a\/ß<\/p>/);
  equal(broken.status, 400);
});

Deno.test("[FR9] the error page has the error's status, and a 405 its methods", async () => {
  const unknown = await app.ask("/nowhere");
  const wrong = await app.ask("/old/new", { method: "POST" });

  equal(unknown.status, 404);
  // Middlewares of the top folder ran, so the page has its state.
  match(await unknown.text(), /<h1>Error page 404 after root, root again/);
  deepEqual([wrong.status, wrong.headers.get("allow")], [
    405,
    "DELETE, GET, HEAD",
  ]);
});

Deno.test("[FR9] the nearest error page answers and can rethrow", async () => {
  using silenced = silencedErrors();

  const failed = await app.ask("/failing/badly");
  const passed = await app.ask("/failing/teapot");

  const html = await failed.text();
  equal(failed.status, 500);
  match(html, /<h1>Failed here<\/h1>/);
  doesNotMatch(html, /secret/);
  equal(silenced.calls.length, 1);
  equal(passed.status, 418);
  match(await passed.text(), /<h1>Error page 418/);
});

Deno.test("[FR15] an app middleware sees error pages as responses", async () => {
  const headers = { "sec-fetch-site": "cross-site" };

  const unknown = await app.ask("/nowhere");
  const refused = await app.ask("/", { method: "POST", headers });

  for (const { headers } of [unknown, refused]) {
    match(headers.get("content-security-policy") ?? "", /nonce-/);
  }
  equal(refused.status, 403); // By a middleware of the app, too.
  match(await refused.text(), /<h1>Error page 403/);
});

Deno.test("[FR20] an island with props that can't be serialized fails, naming the prop", async () => {
  const reasons: Record<string, string> = {};

  for (const what of ["function", "instance", "jsx"]) {
    using silenced = silencedErrors();
    const response = await app.ask(`/refused/${what}`);

    equal(response.status, 500);
    const [, error] = silenced.calls[0] ?? [];
    reasons[what] = error instanceof Error ? error.message : "";
  }

  deepEqual(reasons, {
    function: 'Cannot pass prop "onSave" to island "Values:default": ' +
      "Cannot stringify a function",
    instance: 'Cannot pass prop "box.inner" to island "Values:default": ' +
      "Cannot stringify arbitrary non-POJOs",
    jsx: 'Cannot pass prop "children" to island "Values:default": ' +
      "JSX cannot be sent to browsers",
  });
});

Deno.test("[FR20] island props can't break out of their script element", async () => {
  const html = await (await app.ask("/islands")).text();

  doesNotMatch(html, /<script>window\.hacked/);
  doesNotMatch(html, /<!--<|<\/script><script>window/);
  equal(html.match(/id="fresh-islands"/g)?.length, 1);
});

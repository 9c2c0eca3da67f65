import { deepEqual, equal, match, ok } from "node:assert/strict";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { type PagesApp, pagesApp } from "@/tests/support/pages_app.ts";
import { silencedErrors } from "@/tests/support/silenced_errors.ts";

const DIRECTIVES = [
  "default-src 'self'",
  "style-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
];

Deno.test("the only inline script of a page has its nonce, and the policy allows no other", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin", "agent");
  const nonces: string[] = [];

  for (const path of await allPages(app)) {
    const response = await app.get(path, { cookie });
    const html = await response.text();
    const policy = response.headers.get("content-security-policy") ?? "";
    const directives = policy.split(/; */);
    for (const directive of DIRECTIVES) {
      ok(directives.includes(directive), `${path} lacks ${directive}`);
    }
    ok(!policy.includes("unsafe"), path);
    const scripts = directives.find((one) => one.startsWith("script-src ")) ??
      "";
    // A redirect has no page, and the error page is outside of csp().
    if (response.status === 303 || path === "/nowhere") {
      equal(scripts, "script-src 'self'", path);
      ok(!html.includes("<script"), path);
      continue;
    }
    const [, nonce] = /^script-src 'self' 'nonce-([^']{16,})'$/.exec(scripts) ??
      [];
    ok(nonce, `${path}: ${scripts}`);
    nonces.push(nonce);
    const inline = html
      .match(/<script(?![^>]* (src=|type="application\/json"))[^>]*>/g) ?? [];
    for (const tag of inline) ok(tag.includes(` nonce="${nonce}"`), path);
    deepEqual(html.match(/<style|<[^>]* (style|on\w+)=/g), null, path);
  }

  ok(nonces.length >= 9, `only ${nonces.length} pages were found`);
  equal(new Set(nonces).size, nonces.length);
});

Deno.test("every response has the security headers and a request id, error pages too", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ben", "agent");
  const id = "from-the-proxy-1";
  const statuses: Record<string, number> = {};

  for (
    const path of [
      "/login",
      "/admin",
      "/nowhere",
      "/preview/%zz",
      "/api/people",
    ]
  ) {
    const headers = { cookie, "x-request-id": id };
    const response = await app.get(path, headers);
    const html = await response.text();
    statuses[path] = response.status;
    const policy = response.headers.get("content-security-policy") ?? "";
    match(policy, /^default-src 'self'; script-src 'self'( 'nonce-[^']+')?; /);
    match(policy, /frame-ancestors 'none'/, path);
    deepEqual(
      ["x-content-type-options", "cross-origin-opener-policy", "x-request-id"]
        .map((name) => response.headers.get(name)),
      ["nosniff", "same-origin", id],
      path,
    );
    if (!html.startsWith("<!DOCTYPE html>")) continue;
    equal(response.headers.get("cache-control"), "no-store", path);
  }

  deepEqual(statuses, {
    "/login": 303,
    "/admin": 403,
    "/nowhere": 404,
    "/preview/%zz": 400,
    "/api/people": 403,
  });
});

Deno.test("no two elements of a page have the same id, and every label has its field", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin", "agent");

  for (const path of [...await allPages(app), "/account/password"]) {
    const html = await (await app.get(path, { cookie })).text();
    const ids = [...html.matchAll(/<[^>]* id="([^"]+)"/g)].map(([, id]) => id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    deepEqual(twice, [], path);
    const fields = [...html.matchAll(/<label[^>]* for="([^"]+)"/g)];
    deepEqual(fields.filter(([, id]) => !ids.includes(id)), [], path);
  }
});

Deno.test("a page has its own style sheet in addition to the common ones", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin", "agent");
  const own: Record<string, string> = {
    "/admin/contacts": "/contacts.css",
    "/admin/network": "/network.css",
    "/admin/audit": "/audit.css",
    "/account": "/account.css",
    "/account/password": "/account.css",
    "/desk": "/desk.css",
    [`/preview/${(await widget(app)).uuid}`]: "/sample.css",
  };

  for (const [path, sheet] of Object.entries(own)) {
    const html = await (await app.get(path, { cookie })).text();
    const sheets = html.matchAll(/<link rel="stylesheet" href="([^"?]+)/g);
    deepEqual(
      [...sheets].map(([, href]) => href),
      ["/ui.css", "/admin.css", sheet],
      path,
    );
  }
});

Deno.test("the navigation marks the page, and no section above it", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin", "agent");

  const html = await (await app.get("/admin/people", { cookie })).text();
  const [nav = ""] = /<nav class="navigation".*?<\/nav>/s.exec(html) ?? [];
  const marked = nav.match(/<a [^>]*aria-current="(?!false)[^>]*>/g);
  deepEqual(marked, ['<a href="/admin/people" aria-current="page">']);
});

Deno.test("no other site can frame a page, and only ours the preview's frame", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin", "agent");

  for (const path of await allPages(app)) {
    const { headers } = await app.get(path, { cookie });
    const policy = headers.get("content-security-policy") ?? "";
    const own = path.startsWith("/preview/frame") ? "'self'" : "'none'";
    match(policy, new RegExp(`frame-ancestors ${own}`), path);
  }
});

Deno.test("an agent can't open an admin page and is told where to go", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ann", "agent");

  for (
    const path of [
      "/admin",
      "/admin/people",
      "/admin/contacts",
      "/admin/network",
      "/admin/audit",
    ]
  ) {
    const response = await app.get(path, { cookie });
    const html = await response.text();
    equal(response.status, 403, path);
    match(html, /This page is for administrators/);
    match(html, /href="\/desk"/);
  }
  const desk = await (await app.get("/desk", { cookie })).text();
  ok(!desk.includes('href="/admin/people"'));
  ok(!desk.includes('href="/admin/audit"'));
});

Deno.test("the preview of a widget is public, its frame only for administrators", async () => {
  using app = await pagesApp();
  const { uuid } = await widget(app);

  const preview = await app.get(`/preview/${uuid}`);
  const unknown = await app.get(`/preview/${"0".repeat(32)}`);
  const nonsense = await app.get("/preview/x");
  const frame = await app.get("/preview/frame");

  equal(preview.status, 200);
  match(
    await preview.text(),
    new RegExp(`<contact-widget uuid="${uuid}"></contact-widget>`),
  );
  deepEqual([unknown.status, nonsense.status, frame.status], [404, 404, 403]);
});

Deno.test("an unknown address gets an error page in the reader's language", async () => {
  using app = await pagesApp();

  const response = await app.get("/nowhere", { "accept-language": "de" });

  equal(response.status, 404);
  match(await response.text(), /Seite nicht gefunden/);
});

Deno.test("a failing page says so without details, which are logged", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin");
  const fault = new Error("secret path");
  app.services.widgets.list = () => Promise.reject(fault);
  using silenced = silencedErrors();

  const response = await app.get("/admin", { cookie });
  const html = await response.text();

  equal(response.status, 500);
  match(html, /Something went wrong/);
  ok(!html.includes("secret"));
  deepEqual(silenced.calls, [["GET /admin failed:", fault]]);
});

Deno.test("a widget's name is escaped on every page", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin");
  const { uuid, revision, content } = await widget(app);
  const name = `</script><img src=x onerror=alert(1)>`;
  await app.services.widgets
    .save(uuid, { revision, content: { ...content, name } }, AUTHOR);

  for (const path of ["/admin", "/admin/audit", `/preview/${uuid}`]) {
    const html = await (await app.get(path, { cookie })).text();
    ok(!html.includes("<img src=x"), path);
    ok(!html.includes(name), path);
  }
});

Deno.test("changes can be read without JavaScript, page by page", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin");
  const there = await widget(app);
  for (let n = 0; n < 120; n++) {
    app.store.clock.advance(1);
    const { uuid } = await widget(app);
    if (n === 119) await app.services.widgets.delete(uuid, ADA);
  }

  const first = await app.get("/admin/audit", { cookie });
  const html = await first.text();
  const [, next = ""] = /href="(\/admin\/audit\?after=[^"]+)"/.exec(html) ?? [];
  const second = await (await app.get(next, { cookie })).text();

  match(html, /<b><bdi>ada<\/bdi><\/b> deleted the widget <b><bdi>/);
  match(html, /Times are in UTC\./);
  equal(html.match(/class="change"/g)?.length, 100);
  // The rest of 121 widgets, one deletion, one account.
  equal(second.match(/class="change"/g)?.length, 23);
  match(second, new RegExp(`href="/admin#widget-${there.uuid}"`));
  match(second, /href="\/admin\/audit"[^>]*>.*Show newest/s);
  ok(!second.includes("?after="));
});

Deno.test("an empty list of changes says so in the reader's language", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin");
  await app.store.audit.deleteBefore(app.store.clock.now() + 1);
  const headers = { cookie, "accept-language": "de" };

  const none = await (await app.get("/admin/audit", headers)).text();
  const earlier = await app.get("/admin/audit?after=0.a", headers);

  match(none, /Noch keine Änderungen/);
  match(await earlier.text(), /Keine früheren Änderungen/);
});

const ADA = { id: "1", name: "ada" };
const AUTHOR = { id: "", name: "" };

async function widget(app: PagesApp) {
  const made = await app.services.widgets.create("cardset", {
    lang: "en",
    texts: ADMIN_LANGUAGES.en,
  }, AUTHOR);
  ok(made.ok);
  return made.value;
}

async function allPages(app: PagesApp): Promise<string[]> {
  const { uuid } = await widget(app);
  const token = await app.services.setup.newToken() ?? "";
  return [
    "/login?next=x",
    `/setup?token=${token}`,
    "/admin",
    "/admin/people",
    "/admin/contacts",
    "/admin/network",
    "/admin/tokens",
    "/admin/audit",
    "/desk",
    `/preview/${uuid}`,
    "/preview/frame?type=sidebar",
    "/nowhere",
  ];
}

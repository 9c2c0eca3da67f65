import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { pagesApp } from "@/tests/support/pages_app.ts";

const STATIC = new URL("../../static/", import.meta.url);

Deno.test("the desk's page names a manifest in its language, which needs no cookie", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ben", "agent");

  const page = await app.get("/desk", { cookie, "accept-language": "de" });
  const [, href = ""] =
    /<link[^>]* rel="manifest"[^>]* href="([^"]+)"/.exec(await page.text()) ??
      [];
  const response = await app.get(href);
  const manifest = await response.json();

  match(
    page.headers.get("content-security-policy") ?? "",
    /default-src 'self'/,
  );
  equal(response.headers.get("content-type"), "application/manifest+json");
  deepEqual(
    [manifest.id, manifest.start_url, manifest.display, manifest.lang],
    ["/desk", "/desk", "standalone", "de"],
  );
  equal(manifest.short_name, "Arbeitsplatz");
  const unknown = await (await app.get("/desk/manifest?lang=xx")).json();
  equal(unknown.short_name, "Desk");
});

Deno.test("the desk's worker answers no request and stores nothing, so it never serves an old page", async () => {
  const worker = await Deno.readTextFile(new URL("desk_worker.js", STATIC));

  doesNotMatch(worker, /"fetch"|respondWith|caches|indexedDB|importScripts/);
  match(worker, /skipWaiting/);
});

Deno.test("each icon of the desk's app has the size that the manifest names", async () => {
  using app = await pagesApp();

  const { icons } = await (await app.get("/desk/manifest")).json();

  for (const { src, sizes, type } of icons) {
    const bytes = await Deno.readFile(new URL(`.${src}`, STATIC));
    if (type !== "image/png") continue;
    const view = new DataView(bytes.buffer);
    equal(`${view.getUint32(16)}x${view.getUint32(20)}`, sizes, src);
  }
  ok(icons.some(({ purpose }: { purpose?: string }) => purpose === "maskable"));
});

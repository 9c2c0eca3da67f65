import { deepEqual, equal, match } from "node:assert/strict";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { buildFreshApp, type FreshApp } from "@/tests/support/fresh_site.ts";

const FOREVER = "public, max-age=31536000, immutable";

let app: FreshApp;
Deno.test.beforeAll(async () => {
  app = await buildFreshApp();
});
Deno.test.afterAll(async () => await app[Symbol.asyncDispose]());

function reads(encoding: string): RequestInit {
  return { headers: { "accept-encoding": encoding } };
}

Deno.test("[FR39] static files have type and length, and must be revalidated", async () => {
  const css = await app.ask("/style.css");
  const sound = await app.ask("/sounds/ring.mp3");

  match(await css.text(), /^body/);
  equal(css.headers.get("content-type"), "text/css; charset=utf-8");
  equal(css.headers.get("cache-control"), "no-cache");
  equal((await sound.arrayBuffer()).byteLength, 2_048);
  equal(sound.headers.get("content-type"), "audio/mpeg");
  equal(sound.headers.get("content-length"), "2048");
});

Deno.test("[FR39] a URL with a content hash is cached for a year, others aren't", async () => {
  const html = await (await app.ask("/")).text();
  const [, href = ""] = /href="(\/style\.css[^"]*)"/.exec(html) ?? [];

  const locked = await app.ask(href);
  const old = await app.ask("/style.css?v=0123456789abcdef");

  match(href, /^\/style\.css\?v=[0-9a-f]{16}$/);
  equal(locked.headers.get("cache-control"), FOREVER);
  equal(old.headers.get("cache-control"), "no-cache");
  await Promise.all([locked.body?.cancel(), old.body?.cancel()]);
});

Deno.test("[FR39] a matching ETag gets a 304", async () => {
  const first = await app.ask("/small.css");
  await first.body?.cancel();
  const etag = first.headers.get("etag") ?? "";

  const statuses: number[] = [];
  for (
    const tag of [etag, `"other", ${etag}`, etag.replace("W/", ""), "*", '"x"']
  ) {
    const headers = { "if-none-match": tag };
    const response = await app.ask("/small.css", { headers });
    statuses.push(response.status);
    equal(response.headers.get("etag"), etag);
    await response.body?.cancel();
  }

  deepEqual(statuses, [304, 304, 304, 304, 200]);
});

Deno.test("[FR25] text is compressed for clients that accept it, with Vary", async () => {
  const plain = await (await app.ask("/style.css", reads("identity"))).text();
  const br = await app.ask("/style.css", reads("gzip, deflate, br"));
  const gzip = await app.ask("/style.css", reads("gzip;q=0.5, br;q=0"));
  const small = await app.ask("/small.css", reads("br"));

  equal(br.headers.get("content-encoding"), "br");
  equal(br.headers.get("vary"), "accept-encoding");
  equal(`${brotliDecompressSync(await br.arrayBuffer())}`, plain);
  equal(gzip.headers.get("content-encoding"), "gzip");
  equal(`${gunzipSync(await gzip.arrayBuffer())}`, plain);
  equal(small.headers.get("content-encoding"), null);
  equal(await small.text(), "a {}\n");
});

Deno.test("[FR26] HEAD returns GET's headers without the content", async () => {
  const response = await app.ask("/small.css", { method: "HEAD" });

  equal(response.headers.get("content-length"), "5");
  equal(await response.text(), "");
});

Deno.test("[FR26] file names can have spaces, and only GET and HEAD reach files", async () => {
  const space = await app.ask("/a%20b.txt");
  const post = await app.ask("/small.css", { method: "POST" });

  equal(await space.text(), "with a space\n");
  equal(post.status, 404);
});

Deno.test("[FR26] no path leads outside the static files", async () => {
  for (
    const path of [
      "/../snapshot.js",
      "/..%2fsnapshot.js",
      "/%2e%2e/snapshot.js",
      "/..%5csnapshot.js",
      "/static/small.css",
      "//etc/passwd",
      "/%2fetc%2fpasswd",
      "/small.css/",
      "/small.css%00",
      "/style.css.br",
      "/sounds",
      "/",
      "/%zz",
      "/__proto__",
    ]
  ) {
    const response = await app.ask(path);

    equal((await response.text()).includes("a {}"), false, path);
    equal(response.headers.get("etag"), null, path);
  }
});

import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { App, csp, csrf } from "fresh";

const OWN = "http://localhost";

function statusFor(
  headers: Record<string, string>,
  { method = "POST", ...options }: Parameters<typeof csrf>[0] & {
    method?: string;
  } = {},
): Promise<number> {
  const handler = new App().use(csrf(options))
    .all("/", (ctx) => ctx.text("done")).handler();
  return handler(new Request(`${OWN}/`, { method, headers }))
    .then((response) => response.status);
}

Deno.test("[FR28] csrf() allows requests from this site, from none, and without the header", async () => {
  deepEqual(
    await Promise.all([
      statusFor({ "sec-fetch-site": "same-origin", origin: OWN }),
      statusFor({ "sec-fetch-site": "none" }),
      statusFor({ origin: OWN }),
      statusFor({}),
      statusFor({ "sec-fetch-site": "cross-site" }, { method: "GET" }),
    ]),
    [200, 200, 200, 200, 200],
  );
});

Deno.test("[FR28] csrf() rejects requests from other sites", async () => {
  const evil = "https://evil.example";

  deepEqual(
    await Promise.all([
      statusFor({ "sec-fetch-site": "cross-site", origin: evil }),
      statusFor({ "sec-fetch-site": "same-site", origin: evil }),
      statusFor({ "sec-fetch-site": "cross-site" }),
      statusFor({ "sec-fetch-site": "cross-site", origin: OWN }),
      statusFor({ origin: evil }),
      statusFor({ origin: "null" }),
      statusFor({ origin: evil }, { method: "DELETE" }),
    ]),
    [403, 403, 403, 403, 403, 403, 403],
  );
});

Deno.test("[FR28] csrf() allows further origins by string, list or function", async () => {
  const headers = {
    "sec-fetch-site": "cross-site",
    origin: "https://a.example",
  };

  deepEqual(
    await Promise.all([
      statusFor(headers, { origin: "https://a.example" }),
      statusFor(headers, {
        origin: ["https://b.example", "https://a.example"],
      }),
      statusFor(headers, { origin: (origin) => origin.endsWith(".example") }),
      statusFor(headers, { origin: "https://b.example" }),
      statusFor(headers, { origin: () => false }),
    ]),
    [200, 200, 200, 403, 403],
  );
});

function page(options: Parameters<typeof csp>[0]): Promise<Response> {
  const app = new App().use(csp(options))
    .get("/", (ctx) =>
      ctx.render(
        <html>
          <head>
            <style>{"p { color: red }"}</style>
          </head>
          <body>
            <script>go()</script>
          </body>
        </html>,
      ))
    .get("/api", (ctx) => ctx.json({}));
  return app.handler()(new Request(`${OWN}/`));
}

Deno.test("[FR29] csp() replaces its default directives and adds to them", async () => {
  const response = await page({
    csp: ["img-src 'self' https://a.example", "media-src 'self'"],
  });

  const policy = response.headers.get("content-security-policy") ?? "";
  match(policy, /default-src 'self'/);
  match(policy, /img-src 'self' https:\/\/a\.example(;|$)/);
  match(policy, /media-src 'self'/);
  equal(policy.match(/img-src/g)?.length, 1);
});

Deno.test("[FR29] csp({ useNonce }) names the nonce of the page's inline elements", async () => {
  const first = await page({ useNonce: true });
  const second = await page({ useNonce: true });

  const policy = first.headers.get("content-security-policy") ?? "";
  const [, nonce = ""] = /script-src 'self' 'nonce-(\w+)'/.exec(policy) ?? [];
  const html = await first.text();
  match(html, new RegExp(`<style nonce="${nonce}">`));
  match(html, new RegExp(`<script nonce="${nonce}">`));
  doesNotMatch(policy, /unsafe-inline/);
  doesNotMatch(
    second.headers.get("content-security-policy") ?? "",
    new RegExp(nonce),
  );
});

Deno.test("[FR29] csp() supports report-only and a report endpoint", async () => {
  const { headers } = await page({ reportOnly: true, reportTo: "/reports" });

  equal(headers.get("content-security-policy"), null);
  match(
    headers.get("content-security-policy-report-only") ?? "",
    /report-uri \/reports; report-to csp-endpoint/,
  );
  equal(headers.get("reporting-endpoints"), 'csp-endpoint="/reports"');
});

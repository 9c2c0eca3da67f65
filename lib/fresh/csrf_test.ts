import { deepEqual } from "node:assert/strict";
import { App, csrf } from "fresh";

const OWN = "http://localhost";

async function statusFor(
  headers: Record<string, string>,
  method = "POST",
): Promise<number> {
  const handler = new App().use(csrf()).use(() => new Response("done"))
    .handler();
  const response = await handler(new Request(`${OWN}/`, { method, headers }));
  return response.status;
}

Deno.test("[FR28] csrf() lets pass what this site, no site or no browser sends", async () => {
  deepEqual(
    await Promise.all([
      statusFor({ "sec-fetch-site": "same-origin", origin: OWN }),
      statusFor({ "sec-fetch-site": "none" }),
      statusFor({ origin: OWN }),
      statusFor({}),
      statusFor({ "sec-fetch-site": "cross-site" }, "GET"),
    ]),
    [200, 200, 200, 200, 200],
  );
});

Deno.test("[FR28] csrf() rejects what another site sends", async () => {
  const evil = "https://evil.example";

  deepEqual(
    await Promise.all([
      statusFor({ "sec-fetch-site": "cross-site", origin: evil }),
      statusFor({ "sec-fetch-site": "same-site", origin: evil }),
      statusFor({ "sec-fetch-site": "cross-site" }),
      statusFor({ "sec-fetch-site": "cross-site", origin: OWN }),
      statusFor({ origin: evil }),
      statusFor({ origin: "null" }),
      statusFor({ origin: evil }, "DELETE"),
    ]),
    [403, 403, 403, 403, 403, 403, 403],
  );
});

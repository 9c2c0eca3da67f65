import { deepEqual, equal, ok } from "node:assert/strict";
import { PORTRAITS } from "@/lib/admin/examples/portraits.ts";
import { pagesApp } from "@/tests/support/pages_app.ts";

Deno.test("an uploaded picture can run no script, even opened as a page", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin");
  const bytes = Uint8Array.from(
    atob(PORTRAITS.sales),
    (char) => char.charCodeAt(0),
  );
  const accepted = await app.services.pictures.accept(bytes);
  ok(accepted.ok);

  const path = `/api/pictures/${accepted.value}`;
  const picture = await app.get(path, { cookie });

  deepEqual(await picture.bytes(), bytes);
  equal(
    picture.headers.get("content-security-policy"),
    "default-src 'none'; sandbox; frame-ancestors 'none'",
  );
});

import { deepEqual, equal, ok } from "node:assert/strict";
import { PORTRAITS } from "@/lib/admin/examples/portraits.ts";
import { apiApp, errorOf } from "@/tests/support/api_app.ts";

const portrait = Uint8Array.from(
  atob(PORTRAITS.sales),
  (char) => char.charCodeAt(0),
);

Deno.test("a picture is uploaded and served in a form that is never executed", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");

  const uploaded = await app
    .call("POST", "/api/pictures", { cookie, body: portrait });
  const { id } = await uploaded.json();
  const picture = await app.call("GET", `/api/pictures/${id}`, { cookie });
  const none = await app
    .call("GET", `/api/pictures/${"0".repeat(64)}`, { cookie });

  for (const script of ["<svg onload='alert(1)'/>", "<script>1</script>"]) {
    const body = new TextEncoder().encode(script);
    const refused = await app
      .call("POST", "/api/pictures", { cookie, body });
    equal(refused.status, 415, script);
  }
  equal(uploaded.status, 201);
  equal(picture.headers.get("content-type"), "image/webp");
  equal(picture.headers.get("x-content-type-options"), "nosniff");
  ok(picture.headers.get("content-security-policy")?.includes("sandbox"));
  deepEqual(await picture.bytes(), portrait);
  equal(none.status, 404);
});

Deno.test("a file that isn't an image is rejected with what is allowed", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  const body = new TextEncoder().encode("<svg/>");

  const error = await errorOf(
    await app.call("POST", "/api/pictures", { cookie, body }),
    415,
  );

  equal(
    error.text,
    "must be a still JPEG, PNG or WebP of at most 1024 x 1024 px; " +
      "this is neither JPEG nor PNG nor WebP",
  );
});

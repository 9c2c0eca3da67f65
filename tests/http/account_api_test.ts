import { deepEqual, equal, ok } from "node:assert/strict";
import { PORTRAITS } from "@/lib/admin/examples/portraits.ts";
import { PICTURE_BYTES_MAX } from "@/lib/model/picture.ts";
import { type ApiApp, apiApp, errorOf } from "@/tests/support/api_app.ts";

const portrait = bytesOf(PORTRAITS.sales);
const other = bytesOf(PORTRAITS.reception);

Deno.test("[ACC9] PUT /api/account changes only the fields sent, and only of the caller", async () => {
  using app = await apiApp();
  const ann = await app.signIn("ann", "agent");
  const ben = await app.signIn("ben", "agent");
  const put = (body: unknown) => save(app, ann.cookie, body);

  const renamed = await (await put({ displayName: "  Ann B. " })).json();
  const chosen = await (await put({ language: "de" })).json();
  const reset = await put({ language: null });

  deepEqual(renamed, { name: "ann", displayName: "Ann B." });
  deepEqual(chosen, { name: "ann", displayName: "Ann B.", language: "de" });
  deepEqual(await reset.json(), renamed);
  // What was chosen for this browser before counts no more.
  ok(reset.headers.getSetCookie()[0]?.startsWith("lang=; Max-Age=0"));
  const untouched = await app.store.accounts.get(ben.id);
  equal(untouched?.value.displayName, "ben");
});

Deno.test("[ACC9] PUT /api/account names an invalid field and rejects unknown ones", async () => {
  using app = await apiApp();
  const { cookie, id } = await app.signIn("ann", "agent");
  const bodies = [
    { displayName: " " },
    { displayName: "x".repeat(65) },
    { displayName: "a\nb" },
    { language: "xx" },
    { roles: ["admin"] },
    { name: "admin" },
    { mustChangePassword: true },
  ];

  const errors = [];
  for (const body of bodies) {
    errors.push(await errorOf(await save(app, cookie, body), 400));
  }

  deepEqual(errors.map(({ field }) => field), [
    "displayName",
    "displayName",
    "displayName",
    "language",
    "roles",
    "name",
    "mustChangePassword",
  ]);
  const { value } = await app.store.accounts.get(id) ?? {};
  deepEqual([value?.name, value?.displayName, value?.roles], [
    "ann",
    "ann",
    ["agent"],
  ]);
});

Deno.test("[ACC11] only the owner and administrators can read a picture, and it can be removed", async () => {
  using app = await apiApp();
  const ann = await app.signIn("ann", "agent");
  const ben = await app.signIn("ben", "agent");
  const admin = await app.signIn("ada", "admin");
  const get = async (path: string, cookie: string) => {
    const response = await app.call("GET", path, { cookie });
    await response.body?.cancel();
    return response.status;
  };

  const saved = await app.call("PUT", "/api/account/picture", {
    cookie: ann.cookie,
    body: portrait,
  });
  const { picture } = await saved.json();
  const own = `/api/account/picture/${picture}`;
  const shown = await app.call("GET", own, { cookie: ann.cookie });
  const statuses = [
    await get(own, ben.cookie),
    await get(`/api/pictures/${picture}`, ben.cookie),
    await get(`/api/pictures/${picture}`, admin.cookie),
  ];
  const removed = await app
    .call("DELETE", "/api/account/picture", { cookie: ann.cookie });

  deepEqual(await shown.bytes(), portrait);
  ok(shown.headers.get("content-security-policy")?.includes("sandbox"));
  deepEqual(statuses, [404, 403, 200]);
  deepEqual(await removed.json(), { name: "ann", displayName: "ann" });
  equal(await get(own, ann.cookie), 404);
});

Deno.test("[ACC9] a file that is too big or not an image keeps the current picture", async () => {
  using app = await apiApp();
  const { cookie, id } = await app.signIn("ann", "agent");
  const put = (body: Uint8Array) =>
    app.call("PUT", "/api/account/picture", { cookie, body });
  const saved = await (await put(other)).json();

  const tooBig = await put(new Uint8Array(PICTURE_BYTES_MAX + 1));
  const noPicture = await put(new TextEncoder().encode("<svg/>"));

  equal((await errorOf(tooBig, 413)).reason, "too-big");
  equal((await errorOf(noPicture, 415)).reason, "not-a-picture");
  const account = await app.store.accounts.get(id);
  equal(account?.value.picture, saved.picture);
});

Deno.test("[ACC10] a new name appears at the desk, in the search and in the list of people", async () => {
  using app = await apiApp();
  const { cookie, id } = await app.signIn("ann", "agent");
  const heard: string[] = [];
  app.services.hub.on("account-changed", ({ id }) => heard.push(id));

  await (await save(app, cookie, { language: "de" })).body?.cancel();
  const before = [...heard];
  await (await save(app, cookie, { displayName: "Ann B." })).body?.cancel();

  deepEqual([before, heard], [[], [id]]);
  const people = await app.services.people.list();
  deepEqual(people.map(({ displayName }) => displayName), ["Ann B."]);
});

function save(app: ApiApp, cookie: string, body: unknown): Promise<Response> {
  return app.call("PUT", "/api/account", { cookie, body });
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

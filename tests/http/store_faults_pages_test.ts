import { deepEqual, equal, match } from "node:assert/strict";
import * as v from "valibot";
import { SESSION_TOUCH_MS } from "@/lib/store/session_store.ts";
import { StoreError } from "@/lib/store/patience.ts";
import { openFaultyKv } from "../support/faulty_kv.ts";
import { openMyAppsProduct } from "../support/my_apps_product.ts";
import { pagesApp } from "../support/pages_app.ts";
import { silencedErrors } from "../support/silenced_errors.ts";
import { userLogin } from "../support/simulated_pbx/user_login.ts";

const PASSWORD = "a long enough password";
const UNAVAILABLE =
  /The store does not answer in time or cannot write\. Reload/;

/** A service whose store can fail, with the account `ann`, and
 * `bob`, who is signed in. */
async function openProduct() {
  const { kv, be } = await openFaultyKv();
  const app = await pagesApp({ kv });
  await app.signInWith(PASSWORD, "ann", "admin");
  const cookie = await app.signIn("bob", "admin");
  const signIn = (password = PASSWORD) =>
    app.post("/login", { name: "ann", password });
  return {
    app,
    be,
    cookie,
    signIn,
    [Symbol.dispose]: () => app[Symbol.dispose](),
  };
}

Deno.test("a sign-in succeeds even if its address can't be stored", async () => {
  using product = await openProduct();
  product.app.store.signInPlaces.add = () =>
    Promise.reject(new StoreError("disk full"));

  const response = await product.signIn();

  equal(response.status, 303);
  match(response.headers.get("set-cookie") ?? "", /^session=/);
});

Deno.test("a sign-in is 503 with the reason in its form while the store can't write", async () => {
  using product = await openProduct();
  product.be("fails");

  const right = await product.signIn();
  const html = await right.text();
  const wrong = await product.signIn("not the password");

  equal(right.status, 503);
  match(html, UNAVAILABLE);
  match(html, /name="name"[^>]* value="ann"/);
  equal(right.headers.get("set-cookie"), null);
  equal(wrong.status, 401);
  product.be("ok");
  equal((await product.signIn()).status, 303);
});

Deno.test("a sign-in with myApps is 503 with the reason while the store can't write", async () => {
  const { kv, be } = await openFaultyKv();
  using product = await openMyAppsProduct("s3cret", kv);
  equal((await product.signIn()).status, 204);
  const challenge = await product.challenge();
  be("fails");

  const response = await product.post(challenge, userLogin(challenge));

  deepEqual([response.status, await response.json()], [503, {
    reason: "unavailable",
  }]);
});

Deno.test("every form is 503 with the reason while the store can't write", async () => {
  using _silenced = silencedErrors();
  using product = await openProduct();
  const { app, be, cookie } = product;
  be("fails");

  const answers = {
    logout: await app.post("/logout", {}, { cookie }),
    preferences: await app.post("/preferences", { lang: "de" }, { cookie }),
  };

  for (const [name, response] of Object.entries(answers)) {
    equal(response.status, 503, name);
    match(await response.text(), UNAVAILABLE, name);
    equal(response.headers.get("set-cookie"), null, name);
  }
});

Deno.test("the setup link is 503 with the reason while the store can't write", async () => {
  using _silenced = silencedErrors();
  const { kv, be } = await openFaultyKv();
  using app = await pagesApp({ kv });
  const token = await app.services.setup.newToken() ?? "";
  const form = {
    ...{ token, name: "ada", displayName: "Ada" },
    ...{ password: PASSWORD, repeat: PASSWORD },
  };
  be("fails");

  const refused = await app.post("/setup", form);

  equal(refused.status, 503);
  match(await refused.text(), UNAVAILABLE);
  be("ok");
  equal((await app.post("/setup", form)).status, 303);
});

Deno.test("a session stays valid while the store can't record its use", async () => {
  using product = await openProduct();
  const { app, be, cookie } = product;
  app.store.clock.advance(SESSION_TOUCH_MS);
  be("fails");

  const page = await app.get("/account", { cookie });
  const data = await app.get("/api/widgets", { cookie });

  deepEqual([page.status, data.status], [200, 200]);
});

Deno.test("a page is 503 with the reason while the store can't be read", async () => {
  using _silenced = silencedErrors();
  const { kv, be } = await openFaultyKv({ readsToo: true });
  using app = await pagesApp({ kv });
  const cookie = await app.signIn("ann", "admin");
  be("fails");

  const page = await app.get("/admin", { cookie });

  equal(page.status, 503);
  match(await page.text(), UNAVAILABLE);
});

Deno.test("no route is 500 while the store can't write", async () => {
  using _silenced = silencedErrors();
  using product = await openProduct();
  const { app, be, cookie } = product;
  be("fails");
  const writes = app.routes.map((route) => v.parse(Route, route.split(" ")))
    .filter(([method]) => method !== "GET");

  const statuses = new Map<string, number>();
  for (const [method, pattern] of writes) {
    const path = pattern.replace(/:\w+/g, "a".repeat(32));
    const { status } = await app.ask(method, path, { cookie });
    statuses.set(`${method} ${pattern}`, status);
  }

  equal(statuses.size > 10, true, `${statuses.size} routes`);
  deepEqual([...statuses].filter(([, status]) => status === 500), []);
});

const Route = v.tuple([v.string(), v.string()]);

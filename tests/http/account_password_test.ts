import { signedIn } from "@/lib/web/auth.ts";
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { StoreError } from "@/lib/store/patience.ts";
import { type PagesApp, pagesApp } from "@/tests/support/pages_app.ts";
import { errorOf } from "@/tests/support/api_app.ts";

const GIVEN = "given by an admin";
const CHOSEN = "correct horse battery";
const PATH = "/account/password";

Deno.test("[ACC2] until the password is changed, every page leads to the change", async () => {
  using app = await pagesApp();
  const cookie = await app.signInWith(GIVEN, "ann", "admin", "agent");
  const pages = app.routes
    .filter((route) =>
      /^GET \//.test(route) &&
      !/ \/(api|login|setup|myapps|desk\/(state|colleagues))/.test(route)
    )
    .map((route) => route.slice(4).replace(/:\w+/g, "0".repeat(32)))
    .filter((path) => path !== PATH);

  const wrong: string[] = [];
  for (const path of pages) {
    const response = await app.get(`${path}?x=1`, { cookie });
    await response.body?.cancel();
    const next = new URLSearchParams({ next: `${path}?x=1` });
    const isLed = response.status === 303 &&
      response.headers.get("location") === `${PATH}?${next}`;
    if (!isLed) wrong.push(`${path}: ${response.status}`);
  }

  deepEqual(wrong, []);
  ok(pages.length >= 12, `only ${pages.length} pages were found`);
});

Deno.test("[ACC2] until the password is changed, every API call is rejected with the reason", async () => {
  using app = await pagesApp();
  const cookie = await app.signInWith(GIVEN, "ann", "admin", "agent");
  // Programs call those of v1 with tokens, so a cookie is nothing there.
  const calls = app.routes
    .filter((route) =>
      / \/(api\/(?!v1\/)|desk\/(state|colleagues))/.test(route)
    );

  for (const call of calls) {
    const [method = "", pattern = ""] = call.split(" ");
    const path = pattern.replace(/:\w+/g, "0".repeat(32));
    const response = await app.ask(method, path, { cookie });
    const { reason, text } = await errorOf(response, 403);
    equal(reason, "must-change-password", call);
    match(text, /Change it first, at \/account\/password/);
  }

  ok(calls.length >= 25, `only ${calls.length} calls were found`);
});

Deno.test("[ACC2] signing out works before the change", async () => {
  using app = await pagesApp();
  const cookie = await app.signInWith(GIVEN, "ann", "agent");

  const page = await app.get(PATH, { cookie });
  const out = await app.post("/logout", {}, { cookie });
  const after = await app.get(PATH, { cookie });

  match(await page.text(), /Another person set your password/);
  equal(out.headers.get("location"), "/login?out");
  match(after.headers.get("location") ?? "", /^\/login\?/);
});

Deno.test("[ACC2] after the change everything works, and the person gets the page they asked for", async () => {
  using app = await pagesApp();
  await app.signInWith(GIVEN, "ann", "admin");
  const next = "/admin/people?x=1";

  const signedIn = await app
    .post("/login", { name: "ann", password: GIVEN, next });
  const first = cookieOf(signedIn);
  const changed = await change(app, first, { next });
  const page = await app.get("/admin", { cookie: cookieOf(changed) });
  const api = await app.get("/api/people", { cookie: cookieOf(changed) });

  equal(changed.headers.get("location"), next);
  deepEqual([page.status, api.status], [200, 200]);
});

Deno.test("[ACC2] a change never redirects to another site", async () => {
  for (const next of ["https://evil.example/", "//evil.example/"]) {
    using app = await pagesApp();
    const cookie = await app.signInWith(GIVEN, "ann", "agent");

    const changed = await change(app, cookie, { next });

    equal(changed.headers.get("location"), "/desk", next);
  }
});

Deno.test("[ACC6] a voluntary change is confirmed and keeps only this session", async () => {
  using app = await pagesApp();
  const first = await app.signInWith(GIVEN, "ann", "agent");
  const here = cookieOf(await change(app, first, {}));
  const elsewhere = cookieOf(
    await app.post("/login", { name: "ann", password: CHOSEN }),
  );

  const again = await change(app, here, {
    current: CHOSEN,
    password: "another horse battery",
  });
  const statuses = [];
  for (const cookie of [cookieOf(again), elsewhere]) {
    statuses.push((await app.get("/account", { cookie })).status);
  }
  const page = await app.get("/account?changed", { cookie: cookieOf(again) });

  equal(again.headers.get("location"), "/account?changed");
  deepEqual(statuses, [200, 303]);
  match(await page.text(), /You are signed out everywhere else/);
});

Deno.test("[ACC6] the cookie from before the change can read pages for a while, but changes nothing", async () => {
  using app = await pagesApp();
  const cookie = await app.signInWith(GIVEN, "ann", "admin");
  await (await change(app, cookie, {})).text();

  const page = await app.get("/account", { cookie });
  await page.text();
  const again = await change(app, cookie, { current: "old-and-known" });
  await again.text();
  const people = await app.get("/api/people", { cookie });
  await people.text();
  const upgrade = new Request("http://localhost/desk/service", {
    headers: { cookie, upgrade: "websocket" },
  });
  const atDesk = await signedIn(upgrade, app.services.sessions);

  equal(page.status, 200);
  equal(again.status, 303);
  match(again.headers.get("location") ?? "", /login/);
  equal(people.status, 401);
  equal(atDesk, undefined);
});

Deno.test("[ACC5] each error appears at its field, and the passwords aren't sent back", async () => {
  using app = await pagesApp();
  const cookie = await app.signInWith(GIVEN, "ann", "agent");
  const mistakes: [Record<string, string>, RegExp][] = [
    [{ current: "" }, /This must not be empty/],
    [{ current: "wr0ng-one" }, /This is not your current password/],
    [{ password: "short-1", repeat: "short-1" }, /At least 10 characters\./],
    [{ password: "x".repeat(201) }, /At most 200 characters\./],
    [{ repeat: "another-one-1" }, /The two passwords do not match/],
    [{ password: GIVEN }, /differs from the current one/],
  ];

  for (const [mistake, said] of mistakes) {
    const response = await change(app, cookie, mistake);
    const html = await response.text();
    equal(response.status, 400);
    match(html, said);
    equal(response.headers.get("set-cookie"), null);
    for (const secret of Object.values(mistake).filter(Boolean)) {
      ok(!html.includes(secret), `${secret} came back`);
    }
  }
});

Deno.test("[ACC4] a caller who guesses the current password has to wait", async () => {
  using app = await pagesApp();
  const cookie = await app.signInWith(GIVEN, "ann", "agent");

  for (let n = 0; n < 5; n++) {
    await (await change(app, cookie, { current: `guess ${n}` })).text();
  }
  const response = await change(app, cookie, {});

  equal(response.status, 429);
  equal(response.headers.get("retry-after"), "1");
  match(await response.text(), /Too many attempts\. Wait one second/);
});

Deno.test("[ACC5] another website's form and a huge one change nothing", async () => {
  using app = await pagesApp();
  const cookie = await app.signInWith(GIVEN, "ann", "agent");

  const foreign = await app.post(PATH, form({}), {
    cookie,
    origin: "https://evil.example",
  });
  const huge = await change(app, cookie, { next: "x".repeat(9_000) });
  const still = await app.post("/login", { name: "ann", password: GIVEN });

  deepEqual([foreign.status, huge.status, still.status], [403, 413, 303]);
});

Deno.test("[ACC5] a failing store is reported in the form, and nothing is changed", async () => {
  using app = await pagesApp();
  const cookie = await app.signInWith(GIVEN, "ann", "agent");
  const { ownAccounts } = app.store;
  ownAccounts.save = () => Promise.reject(new StoreError("disk full"));

  const response = await change(app, cookie, {});
  const html = await response.text();

  equal(response.status, 503);
  match(html, /The store does not answer in time or cannot write/);
  equal(response.headers.get("set-cookie"), null);
  const again = await app.post("/login", { name: "ann", password: GIVEN });
  equal(again.status, 303);
});

Deno.test("[ACC8] a PBX user is redirected to the account page, which says why", async () => {
  using app = await pagesApp();
  const user = { domain: "example.com", id: "f48b", sip: "ann" };
  const made = await app.store.accounts.createPbxUser(
    { name: "ann@example.com", displayName: "Ann", roles: ["admin"] },
    user,
  );
  ok(made.ok);
  const token = await app.services.sessions.open(made.value.value.id);
  const cookie = `session=${token}`;

  const page = await app.get(PATH, { cookie });
  const posted = await change(app, cookie, {});
  const account = await app.get("/account", { cookie });

  equal(page.headers.get("location"), "/account");
  equal(posted.headers.get("location"), "/account");
  match(await account.text(), /You sign in with myApps/);
});

Deno.test("[ACC12] the account's language takes precedence over the browser's, and the menu sets it", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ann", "admin");
  const langOf = async (more: string) => {
    const headers = { cookie: cookie + more, "accept-language": "en" };
    const html = await (await app.get("/account", headers)).text();
    return /<html lang="(\w+)"/.exec(html)?.[1];
  };

  const before = [await langOf(""), await langOf("; lang=de")];
  await app.post("/preferences", { lang: "de" }, { cookie });
  const after = [await langOf(""), await langOf("; lang=en")];

  deepEqual([before, after], [["en", "de"], ["de", "de"]]);
});

function form(more: Record<string, string>): Record<string, string> {
  const password = more.password ?? CHOSEN;
  return { current: GIVEN, password, repeat: password, ...more };
}

function change(
  app: PagesApp,
  cookie: string,
  more: Record<string, string>,
): Promise<Response> {
  return app.post(PATH, form(more), { cookie });
}

/** Returns the cookie that a browser would send back. */
function cookieOf(response: Response): string {
  return response.headers.getSetCookie()
    .map((cookie) => cookie.split(";")[0]).join("; ");
}

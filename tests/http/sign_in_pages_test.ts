import { equal, match, notEqual, ok } from "node:assert/strict";
import { ORIGIN, type PagesApp, pagesApp } from "@/tests/support/pages_app.ts";

const PASSWORD = "correct horse battery";

Deno.test("the start page leads to the sign-in, and an admin page there and back", async () => {
  using app = await pagesApp();
  await admin(app);

  const start = await app.get("/");
  const stopped = await app.get("/admin/people?x=1");
  const next = "/admin/people?x=1";
  const signedIn = await app.post("/login", { ...ADMIN, next });
  const page = await app.get("/admin", { cookie: cookieOf(signedIn) });

  equal(start.headers.get("location"), "/login");
  equal(stopped.status, 303);
  equal(
    stopped.headers.get("location"),
    "/login?next=%2Fadmin%2Fpeople%3Fx%3D1",
  );
  equal(signedIn.headers.get("location"), next);
  equal(page.status, 200);
  equal(page.headers.get("cache-control"), "no-store");
});

Deno.test("the service's address and the logo lead each person to their own start page", async () => {
  using app = await pagesApp();
  const agent = { cookie: await app.signIn("nora", "agent") };
  const both = { cookie: await app.signIn("ada", "admin", "agent") };

  const [desk, adminPage] = [
    await app.get("/", agent),
    await app.get("/", both),
  ];
  const html = await (await app.get("/desk", agent)).text();

  equal(desk.headers.get("location"), "/desk");
  equal(adminPage.headers.get("location"), "/admin");
  match(html, /class="brand"[^>]* href="\/"|href="\/"[^>]* class="brand"/);
});

Deno.test("the session cookie is sent only with this site's requests", async () => {
  using app = await pagesApp();
  await admin(app);

  const response = await app.post("/login", ADMIN);

  const cookie = response.headers.get("set-cookie") ?? "";
  match(cookie, /HttpOnly/);
  match(cookie, /SameSite=Lax/);
});

Deno.test("a sign-in never redirects to another site", async () => {
  using app = await pagesApp();
  await admin(app);
  const cookie = await app.signIn("ada", "admin");

  for (const next of ["https://evil.example/", "//evil.example/", "/\\evil"]) {
    const response = await app.post("/login", { ...ADMIN, next });
    equal(response.headers.get("location"), "/admin", next);
    // A person who is already signed in follows a link to the sign-in.
    const query = new URLSearchParams({ next });
    const linked = await app.get(`/login?${query}`, { cookie });
    equal(linked.headers.get("location"), "/admin", next);
  }
});

Deno.test("an agent's sign-in leads to the desk", async () => {
  using app = await pagesApp();
  await person(app, "ann", "agent");

  const response = await app.post("/login", {
    name: "ann",
    password: PASSWORD,
  });

  equal(response.headers.get("location"), "/desk");
});

Deno.test("a wrong password is rejected without saying what is wrong", async () => {
  using app = await pagesApp();
  await admin(app);

  const wrong = await app.post("/login", { ...ADMIN, password: "wrong" });
  const unknown = await app.post("/login", { ...ADMIN, name: "nobody" });
  const html = await wrong.text();

  equal(wrong.status, 401);
  equal(wrong.headers.get("set-cookie"), null);
  match(html, /Wrong name or password/);
  match(html, /value="admin"/); // It need not be written again.
  equal(html.replace('value="admin"', 'value="nobody"'), await unknown.text());
});

Deno.test("guessing passwords leads to a wait, and the page says how long", async () => {
  using app = await pagesApp();
  await admin(app);
  const guess = { ...ADMIN, password: "wrong" };

  for (let n = 0; n < 6; n++) await (await app.post("/login", guess)).text();
  const headers = { "accept-language": "de" };
  const response = await app.post("/login", ADMIN, headers);

  equal(response.status, 429);
  ok(Number(response.headers.get("retry-after")) > 0);
  match(
    await response.text(),
    /Zu viele Versuche\. Warten Sie \S+ Sekunden? und/,
  );
});

Deno.test("signing out ends the session for good", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin");

  const out = await app.post("/logout", {}, { cookie });
  const after = await app.get("/admin", { cookie });
  const page = await app.get("/login?out");

  equal(out.headers.get("location"), "/login?out");
  match(out.headers.get("set-cookie") ?? "", /session=;.*Max-Age=0/);
  equal(after.status, 303);
  match(await page.text(), /You are signed out/);
});

Deno.test("another site's form changes nothing", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin");
  const headers = { cookie, origin: "https://evil.example" };

  const out = await app.post("/logout", {}, headers);
  const after = await app.get("/admin", { cookie });

  equal(out.status, 403);
  ok(out.headers.has("content-security-policy"));
  equal(after.status, 200);
});

Deno.test("the setup link creates one administrator", async () => {
  using app = await pagesApp();
  const token = await app.services.setup.newToken() ?? "";
  const form = {
    token,
    name: "Ada",
    displayName: "Ada L.",
    password: PASSWORD,
    repeat: PASSWORD,
  };

  const open = await app.get(`/setup?token=${token}`);
  const made = await app.post("/setup", form);
  const page = await app.get("/admin", { cookie: cookieOf(made) });
  const again = await app.get(`/setup?token=${token}`);
  const twice = await app.post("/setup", { ...form, name: "eve" });

  equal(open.status, 200);
  equal(open.headers.get("referrer-policy"), "no-referrer");
  equal(made.headers.get("location"), "/admin");
  match(await page.text(), /Ada L\./);
  equal(again.status, 410);
  match(await again.text(), /This link no longer works/);
  equal(twice.status, 410);
});

Deno.test("an invalid setup form keeps the link valid and says what is wrong", async () => {
  using app = await pagesApp();
  const token = await app.services.setup.newToken() ?? "";
  const form = { token, name: "a b", displayName: "Ada" };

  const wrong = await app
    .post("/setup", { ...form, password: "x9x9", repeat: "other" });
  const html = await wrong.text();

  equal(wrong.status, 400);
  match(html, /Letters, digits and \. _ @ - only/);
  match(html, /At least 10 characters\./);
  match(html, /The two passwords do not match/);
  match(html, /value="Ada"/);
  ok(!html.includes("x9x9"));
  equal((await app.get(`/setup?token=${token}`)).status, 200);
});

Deno.test("a rejected setup form focuses the invalid field and keeps the names", async () => {
  using app = await pagesApp();
  const token = await app.services.setup.newToken() ?? "";
  const right = {
    ...{ token, name: "ada.l", displayName: "Ada" },
    ...{ password: PASSWORD, repeat: PASSWORD },
  };
  const post = async (change: Partial<typeof right>) =>
    await (await app.post("/setup", { ...right, ...change })).text();

  const opened = await (await app.get(`/setup?token=${token}`)).text();
  const differing = await post({ repeat: "correct horse" });
  const nameless = await post({ displayName: "" });
  const spaced = await post({ name: "a b", repeat: "correct horse" });

  equal(focused(opened), "name");
  equal(focused(differing), "password");
  match(differing, /The two passwords do not match/);
  match(differing, /name="name"[^>]* value="ada\.l"/);
  match(differing, /name="displayName"[^>]* value="Ada"/);
  equal(focused(nameless), "displayName");
  equal(focused(spaced), "name");
});

Deno.test("the sign-in page explains how to set up the service, whether or not there is an account", async () => {
  using app = await pagesApp();
  const before = await (await app.get("/login")).text();
  await admin(app);

  const after = await (await app.get("/login")).text();
  const dead = await (await app.get("/setup")).text();

  match(before, /open the link that it prints when it starts/);
  equal(after, before);
  match(dead, /Each start prints a new link/);
});

/** Returns the names of the fields with the attribute `autofocus`. */
function focused(html: string): string {
  return [...html.matchAll(/<input[^>]*>/g)]
    .filter(([input]) => / autofocus\b/i.test(input))
    .map(([input]) => / name="(\w+)"/.exec(input)?.[1]).join();
}

Deno.test("language and theme follow the choice, otherwise the browser", async () => {
  using app = await pagesApp();

  const german = await app.get("/login", { "accept-language": "de-AT" });
  const chosen = await app.post("/preferences", {
    lang: "de",
    theme: "dark",
    back: "/login",
  });
  const cookie = cookieOf(chosen);
  const after = await app.get("/login", { cookie, "accept-language": "en" });
  const nonsense = await app.post("/preferences", {
    lang: "xx",
    theme: "pink",
    back: "//evil.example",
  });

  match(await german.text(), /<html lang="de" data-theme="auto"/);
  equal(chosen.headers.get("location"), "/login");
  match(await after.text(), /<html lang="de" data-theme="dark"/);
  equal(nonsense.headers.get("location"), "/admin");
  equal(nonsense.headers.get("set-cookie"), null);
  notEqual(chosen.headers.get("location"), ORIGIN);
});

const ADMIN = { name: "admin", password: PASSWORD };

function admin(app: PagesApp) {
  return app.services.people.ensureAdmin(PASSWORD);
}

async function person(app: PagesApp, name: string, role: "agent") {
  const content = { name, displayName: name, roles: [role] };
  await app.services.people
    .create({ ...content, password: PASSWORD }, { id: "", name: "" });
}

/** Returns the cookie that a browser would send back. */
function cookieOf(response: Response): string {
  return response.headers.getSetCookie()
    .map((cookie) => cookie.split(";")[0]).join("; ");
}

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { PROGRAM } from "@/lib/model/audit.ts";
import { openMyAppsProduct as openProduct } from "../support/my_apps_product.ts";
import { userLogin } from "../support/simulated_pbx/user_login.ts";

const MYAPPS = "https://pbx.example.com";

Deno.test("the App's URL leads to the sign-in, and then to the administration", async () => {
  using product = await openProduct();
  const { app } = product;

  const opened = await app.get("/widgets/innovaphone-widgets?lang=de&x=1");
  const old = await app.get("/widgets/innovaphone-widgets.htm");
  const picture = await app.get("/widgets/innovaphone-widgets.png");
  const page = await app.get(opened.headers.get("location") ?? "");
  const html = await page.text();
  const { cookie } = await product.signIn();
  const inside = await app.get("/myapps?in&next=/admin/people", { cookie });
  const admin = await app.get("/admin/people", { cookie });
  const evil = await app.get("/myapps?next=//evil.example/", { cookie });

  equal(evil.headers.get("location"), "/admin");
  equal(opened.headers.get("location"), "/myapps?lang=de&x=1");
  equal(old.headers.get("location"), "/myapps");
  equal(picture.headers.get("location"), "/app.png");
  match(html, /<html lang="de"/);
  match(html, /Anmeldung mit myApps/);
  equal(inside.headers.get("location"), "/admin/people");
  match(await admin.text(), /Atlantis/);
});

Deno.test("a page that the client opened by name asks only that App object", async () => {
  using product = await openProduct();
  await product.link();
  const asked = async (query: string) => {
    const html = await (await product.app.get(`/myapps${query}`)).text();
    return ["sales", "widgets"].filter((name) => html.includes(`"${name}"`));
  };

  deepEqual(await asked("?name=sales"), ["sales"]);
  deepEqual(await asked(""), ["widgets"]);
});

Deno.test("[P16] names and info with any characters are passed on unchanged", async () => {
  using product = await openProduct();

  const { status } = await product.signIn({
    name: 'Käthe <Atlantis> & "Söhne" 日本 😀',
    domain: "köln.example",
    info: { cn: 'a & b < c > d \\ "e" \u2028', "10": 1, "2": 2 },
  });

  equal(status, 204);
  const [person] = await product.app.services.people.list();
  equal(person?.displayName, 'Käthe <Atlantis> & "Söhne" 日本 😀');
  deepEqual(person?.roles, ["admin"]);
});

Deno.test("[P16] forged, repeated and late logins sign no one in", async () => {
  using product = await openProduct();
  const { app } = product;
  const used = await product.challenge();
  await product.post(used, userLogin(used));
  const twice = await product.post(used, userLogin(used));
  const late = await product.challenge();
  app.store.clock.advance(60_001);
  const fresh = () => product.challenge();
  const of = async (change: (login: string) => string) => {
    const challenge = await fresh();
    return await product.post(challenge, change(userLogin(challenge)));
  };

  const refused = [
    twice,
    await product.post(late, userLogin(late)),
    await product.post("1".repeat(16), userLogin("1".repeat(16))),
    await of((login) => login.replace("Atlantis", "Columbia")),
    await of((login) => login.replace('"groups":[]', '"groups":[1]')),
    await product.signIn({ password: "guess" }).then(({ response }) =>
      response
    ),
    await of((login) => login.replace(',"pbxObj":"widgets"', "")),
    await of((login) => login.replace('"Login"', '"Logon"')),
    await of(() => "no json"),
    await of(() => "x".repeat(20_000)),
  ];

  deepEqual(
    await Promise.all(refused.map(async (response) => [
      response.status,
      (await response.json()).reason,
      response.headers.get("set-cookie"),
    ])),
    [
      [401, "challenge", null],
      [401, "challenge", null],
      [401, "challenge", null],
      [401, "digest", null],
      [401, "digest", null],
      [401, "digest", null],
      [400, "unreadable", null],
      [400, "unreadable", null],
      [400, "unreadable", null],
      [400, "unreadable", null],
    ],
  );
  const [refusal] = await product.refusals();
  deepEqual([refusal?.reason, refusal?.count], ["user-login", 9]);
});

Deno.test("without an App password no login succeeds", async () => {
  using product = await openProduct("");

  const { response } = await product.signIn();

  deepEqual([response.status, await response.json()], [409, {
    reason: "no-password",
  }]);
});

Deno.test("requesting only challenges leads to a wait, signing in never does", async () => {
  using product = await openProduct();
  for (let n = 0; n < 100; n++) {
    equal((await product.signIn({ guid: `${n}`, sip: `u${n}` })).status, 204);
  }

  let tries = 0;
  let last = await product.askChallenge("192.0.2.66");
  for (; last.ok && tries < 1_000; tries++) {
    last = await product.askChallenge("192.0.2.66");
  }

  equal(last.status, 429);
  ok(Number(last.headers.get("retry-after")) > 0);
  equal((await last.json()).reason, "throttled");
  ok(tries < 100, `${tries} challenges`);
  equal((await product.signIn()).status, 204);
});

Deno.test("failed myApps logins get 429 after at most 60 attempts, and the counters are bounded", async () => {
  using product = await openProduct();

  const statuses: number[] = [];
  for (let n = 0; n < 100; n++) {
    const challenge = "1".repeat(16);
    const { status } = await product.post(challenge, userLogin(challenge));
    statuses.push(status);
  }

  const asked: number[] = [];
  for (let n = 0; n < 100; n++) {
    const { status } = await product.askChallenge("198.51.100.66");
    asked.push(status);
  }
  const elsewhere = await product.askChallenge("198.51.100.67");

  const allowed = asked.indexOf(429);
  ok(allowed > 0 && allowed <= 60, `${allowed} challenges`);
  deepEqual(new Set(asked.slice(allowed)), new Set([429]));
  equal(elsewhere.status, 200);
  const tried = statuses.indexOf(429);
  ok(tried > 0 && tried <= 60, `${tried} guesses`);
  deepEqual(new Set(statuses.slice(tried)), new Set([429]));
  equal((await product.refusals())[0]?.count, tried);
});

Deno.test("[P40] a login of an account without roles is rejected and listed", async () => {
  using product = await openProduct();
  const { people } = product.app.services;
  await people.ensureAdmin("correct horse battery");
  const { cookie } = await product.signIn();
  const person = (await people.list()).find(({ pbxUser }) => pbxUser);
  ok(person);
  const { id, revision, name, displayName } = person;

  await people.save(id, { revision, name, displayName, roles: [] }, PROGRAM);
  const inside = await product.app.get("/admin", { cookie });
  const { response } = await product.signIn();

  equal(inside.status, 303);
  deepEqual([response.status, await response.json()], [403, {
    reason: "denied",
  }]);
  const [refusal] = await product.refusals();
  deepEqual([refusal?.reason, refusal?.address], ["user-denied", "192.0.2.1"]);
});

Deno.test("a frame's session is valid only in the frame, over TLS, for half a day", async () => {
  using product = await openProduct();

  const { response, cookie } = await product.signIn();
  const [session = ""] = response.headers.getSetCookie();
  const before = await product.app.get("/admin", { cookie });
  product.app.store.clock.advance(12 * 3600_000);
  const after = await product.app.get("/admin", { cookie });

  match(session, /^__Host-framed=/);
  for (const part of ["Secure", "HttpOnly", "SameSite=None", "Partitioned"]) {
    ok(session.includes(`; ${part}`), part);
  }
  equal(before.status, 200);
  equal(after.status, 303);
});

Deno.test("a frame's cookie doesn't let another site change anything", async () => {
  using product = await openProduct();
  const { app } = product;
  const { cookie } = await product.signIn();
  const from = (headers: Record<string, string>) =>
    app.post("/preferences", { theme: "dark", back: "/admin" }, {
      cookie,
      ...headers,
    });

  const evil = await from({ origin: "https://evil.example" });
  const pbx = await from({ origin: MYAPPS, "sec-fetch-site": "cross-site" });
  const lied = await from({ origin: "null", "sec-fetch-site": "same-origin" });
  const own = await from({ "sec-fetch-site": "same-origin" });

  deepEqual([evil, pbx, lied, own].map(({ status }) => status), [
    403,
    403,
    403,
    303,
  ]);
  match(
    own.headers.get("set-cookie") ?? "",
    /SameSite=None.*Partitioned|Partitioned.*SameSite=None/,
  );
});

Deno.test("only known PBXs can frame pages of the App, and no site can frame other pages", async () => {
  using product = await openProduct();
  const { app } = product;
  const ancestors = async (path: string, headers = {}) =>
    /frame-ancestors ([^;]+)/.exec(
      (await app.get(path, headers)).headers.get("content-security-policy") ??
        "",
    )?.[1];
  const before = await ancestors("/myapps");
  await product.link();
  const { cookie } = await product.signIn();

  const own = "https://pbx.example.com https://master.example.com";
  equal(before, "https://pbx.example.com");
  equal(await ancestors("/myapps"), own);
  equal(await ancestors("/admin/pbx", { cookie }), own);
  equal(await ancestors("/admin/nothing", { cookie }), own);
  equal(await ancestors("/preview/frame"), `'self' ${own}`);
  for (const path of ["/login", "/setup", "/", "/api/people", "/adminx"]) {
    equal(await ancestors(path), "'none'", path);
  }
});

Deno.test("a frame never shows the password sign-in", async () => {
  using product = await openProduct();
  const { app } = product;
  const { cookie } = await product.signIn();
  const framed = { "sec-fetch-dest": "iframe" };

  const stopped = await app.get("/admin/people", framed);
  const login = await app.get("/login?next=%2Fadmin", framed);
  const out = await app.post("/logout", {}, { cookie });
  const after = await app.get("/admin", { cookie });

  equal(stopped.headers.get("location"), "/myapps?next=%2Fadmin%2Fpeople");
  equal(login.headers.get("location"), "/myapps?next=%2Fadmin");
  equal(out.headers.get("location"), "/myapps?out");
  ok(
    out.headers.getSetCookie().some((one) => one.startsWith("__Host-framed=;")),
  );
  equal(after.status, 303);
});

Deno.test("a browser that blocks cookies gets an explanation instead of a redirect loop", async () => {
  using product = await openProduct();

  const page = await product.app.get("/myapps?in&lang=en");

  equal(page.status, 200);
  match(await page.text(), /the browser did not keep the sign-in/);
});

import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { PICTURE_BYTES_MAX } from "@/lib/model/picture.ts";
import { JSON_BYTES_MAX } from "@/lib/port/body_limit.ts";
import { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { type ApiApp, apiApp, errorOf } from "@/tests/support/api_app.ts";

/** Everyone who is signed in changes their own account there, and works on the
 * messages that they can see. */
const isOwn = (path: string) => /^\/api\/(account|messages)\b/.test(path);

Deno.test("only administrators can use the routes of /api, except those of the own account and of messages", async () => {
  using app = await apiApp();
  const agent = await app.signIn("ben", "agent");
  const calls = callsOf(app).filter(([, path]) => !isOwn(path));

  const seen: string[] = [];
  for (const [method, path] of calls) {
    const anonymous = await app.call(method, path);
    const asAgent = await app.call(method, path, agent);
    seen.push(`${method} ${path} ${anonymous.status} ${asAgent.status}`);
  }

  ok(calls.length >= 16, `only ${calls.length} routes were found`);
  deepEqual(seen, calls.map(([method, path]) => `${method} ${path} 401 403`));
});

Deno.test("administrators who are agents can use every route of /api", async () => {
  using app = await apiApp();
  const admin = await app.signIn("ada", "admin", "agent");

  for (const [method, path] of callsOf(app)) {
    const { status } = await app.call(method, path, admin);
    ok(status !== 401 && status !== 403 && status < 500, `${method} ${path}`);
  }
});

Deno.test("no other website can change anything with an administrator's cookie", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  const writes = callsOf(app).filter(([method]) => method !== "GET");
  const places: HeadersInit[] = [
    { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    { "sec-fetch-site": "same-site", origin: "https://other.127.0.0.1" },
    { origin: "https://evil.example" },
  ];

  const passed: string[] = [];
  for (const [method, path] of writes) {
    for (const headers of places) {
      const { status } = await app.call(method, path, { cookie, headers });
      if (status !== 403) passed.push(`${method} ${path} ${status}`);
    }
  }

  ok(writes.length >= 8);
  deepEqual(passed, []);
});

Deno.test("a removed role takes effect at the next request", async () => {
  using app = await apiApp();
  await app.signIn("ada", "admin");
  const ben = await app.signIn("ben", "admin");
  const account = await app.store.accounts.get(ben.id);
  ok(account);

  const before = await app.call("GET", "/api/widgets", ben);
  const content = {
    name: "ben",
    displayName: "Ben",
    roles: ["agent" as const],
  };
  await app.store.accounts.save(ben.id, account.revision, content);
  const after = await app.call("GET", "/api/widgets", ben);

  deepEqual([before.status, after.status], [200, 403]);
});

Deno.test("a widget is created, listed, saved, read and deleted", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  const body = { type: "sidebar" };

  const made = await widgetOf(
    await app.call("POST", "/api/widgets", { cookie, body }),
    201,
  );
  const path = `/api/widgets/${made.uuid}`;
  const content = contentWith([anAgent("ada")], { name: "New name" });
  const save = { cookie, body: { revision: made.revision, content } };
  const saved = await widgetOf(await app.call("PUT", path, save), 200);
  const read = await widgetOf(await app.call("GET", path, { cookie }), 200);
  const list = await (await app.call("GET", "/api/widgets", { cookie })).json();
  const deleted = await app.call("DELETE", path, { cookie });
  const again = await app.call("DELETE", path, { cookie });

  equal(made.content.name, "Sidebar 1");
  deepEqual(saved.content, content);
  deepEqual(read, saved);
  const { uuid, type, updatedAt } = saved;
  deepEqual(list, {
    widgets: [{
      ...{ uuid, type, updatedAt, revision: saved.revision },
      name: "New name",
      agents: 1,
    }],
  });
  deepEqual([deleted.status, again.status], [204, 404]);
});

Deno.test("a new widget is named in the language of the admin's browser", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  const headers = { "accept-language": "de-AT,en;q=0.5" };
  const body = { type: "cardset" };

  const made = await app.call("POST", "/api/widgets", {
    cookie,
    body,
    headers,
  });

  equal((await made.json()).content.name, "Visitenkarten 1");
});

Deno.test("the second of two saves gets 409 and the state saved first", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  const body = { type: "sidebar" };
  const made = await widgetOf(
    await app.call("POST", "/api/widgets", { cookie, body }),
    201,
  );
  const save = (name: string) =>
    app.call("PUT", `/api/widgets/${made.uuid}`, {
      cookie,
      body: { revision: made.revision, content: contentWith([], { name }) },
    });

  const [first, second] = [await save("First"), await save("Second")];

  const error = await errorOf(second, 409);
  equal(error.reason, "conflict");
  deepEqual(error.current, await first.json());
});

Deno.test("an invalid field is named by its path, with what is allowed", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  const agents = [anAgent("a"), anAgent("b", { email: "nonsense" })];
  const gone = [anAgent("a", { picture: "0".repeat(64) })];
  const { uuid, revision } = await widgetOf(
    await app.call("POST", "/api/widgets", {
      cookie,
      body: { type: "sidebar" },
    }),
    201,
  );
  const put = (body: unknown) =>
    app.call("PUT", `/api/widgets/${uuid}`, { cookie, body });

  const errors = await Promise.all([
    put({ revision, content: contentWith(agents) }),
    put({ revision, content: contentWith(gone) }),
    put({ revision, content: { ...contentWith([]), extra: 1 } }),
    app.call("POST", "/api/people", {
      cookie,
      body: {
        name: "x",
        displayName: "X",
        roles: ["agent"],
        password: "short",
      },
    }),
  ].map(async (response) => await errorOf(await response, 400)));

  deepEqual(errors.map(({ field }) => field), [
    "content.agents.1.email",
    "content.agents.0.picture",
    "content.extra",
    "password",
  ]);
  equal(errors[0]?.text, "must be an email address");
  equal(errors[3]?.text, "must have at least 10 characters");
});

Deno.test("a body over the limit is rejected before all of it is read", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const headers = { "content-type": "application/json" };

  const json = await app
    .call("POST", "/api/widgets", { cookie, body: endless, headers });
  const picture = await app.call("POST", "/api/pictures", {
    cookie,
    body: new Uint8Array(PICTURE_BYTES_MAX + 1),
  });

  equal((await errorOf(json, 413)).reason, "too-big");
  equal((await errorOf(picture, 413)).reason, "too-big");
  ok(sent < JSON_BYTES_MAX + 4 * 65_536, `${sent} bytes were read`);
});

Deno.test("a body that isn't JSON gets an error message", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  const json = { "content-type": "application/json" };
  const post = (body: string, headers: HeadersInit) =>
    app.call("POST", "/api/widgets", {
      cookie,
      body: new TextEncoder().encode(body),
      headers,
    });

  const errors = await Promise.all([
    post(`{"type":`, json),
    post("\xff", { "content-type": "text/plain" }),
    post("", json),
    post("[".repeat(500_000), json),
  ].map(async (response) => (await errorOf(await response, 400)).text));

  deepEqual(errors, [
    "must be JSON in UTF-8",
    "must be application/json",
    "must be JSON in UTF-8",
    "must be JSON in UTF-8",
  ]);
});

Deno.test("an id that no store can contain is not found", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");

  for (const kind of ["widgets", "pictures", "people"]) {
    const method = kind === "people" ? "DELETE" : "GET";
    const path = `/api/${kind}/${"x".repeat(5_000)}`;
    equal((await app.call(method, path, { cookie })).status, 404);
  }
});

Deno.test("agents are found at the desk", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  app.desk.add({ address: "ben", name: "Ben", email: "" });

  const found = await app.call("GET", "/api/agents?text=be", { cookie });
  const long = await app
    .call("GET", `/api/agents?text=${"x".repeat(201)}`, { cookie });

  deepEqual((await found.json()).agents, [
    { address: "ben", name: "Ben", email: "", source: "desk" },
  ]);
  equal((await errorOf(long, 400)).field, "text");
});

Deno.test("an internal error is reported without details", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  app.services.widgets.list = () => Promise.reject(new Error("secret path"));

  const response = await app.call("GET", "/api/widgets", { cookie });

  const error = await errorOf(response, 500);
  equal(error.reason, "internal");
  equal(JSON.stringify(error).includes("secret"), false);
});

/** Every method of every route file, with an id where there is a parameter. */
function callsOf({ routes }: ApiApp): [method: string, path: string][] {
  return routes
    // Programs have tokens instead: token_api_test.ts.
    .filter(({ path }) => !/_middleware|^api\/v1\//.test(path))
    .flatMap(({ path, module }) => {
      const url = "/" + path.replace(/(\/index)?\.tsx?$/, "")
        .replace(/\[\w+\]/g, "0".repeat(32));
      const methods = Object.keys(module.handlers ?? module.handler ?? {});
      return methods.map((method): [string, string] => [method, url]);
    });
}

async function widgetOf(
  response: Response,
  status: number,
): Promise<WidgetView> {
  equal(response.status, status);
  return v.parse(WidgetView, await response.json());
}

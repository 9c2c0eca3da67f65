import { deepEqual, ok } from "node:assert/strict";
import { type PagesApp, pagesApp } from "@/tests/support/pages_app.ts";

type Who = "program" | "anybody" | "signed in" | "agent" | "admin";

/** The people who can use a route. A route that isn't listed fails the test, so
 * that each new one is considered. Routes below /api are for admins, except
 * those below /api/account and /api/messages. */
const WHO: Record<string, Who> = {
  "GET /": "anybody", // Leads on.
  // One's own account. Each sees and changes no other: account_api_test.ts.
  "GET /account": "signed in",
  "GET /account/password": "signed in",
  "POST /account/password": "signed in",
  "PUT /api/account": "signed in",
  "PUT /api/account/picture": "signed in",
  "DELETE /api/account/picture": "signed in",
  "GET /api/account/picture/:id": "signed in",
  "GET /api/account/push": "agent", // Each their own: push_api_test.ts.
  "POST /api/account/push": "agent",
  "DELETE /api/account/push/:id": "agent",
  "POST /api/account/push/:id/test": "agent",
  // Agents reach only the visitors of their own contacts: blocks_api_test.ts.
  "POST /api/account/blocks": "signed in",
  "GET /api/account/blocks/:contact": "signed in",
  // Each has their own, and reads the shared ones: replies_api_test.ts.
  "GET /api/account/replies": "signed in",
  "POST /api/account/replies": "agent",
  "PUT /api/account/replies/:id": "agent",
  "DELETE /api/account/replies/:id": "agent",
  "GET /replies": "signed in",
  // Agents see the callbacks that ring for them: callbacks_api_test.ts.
  "GET /api/account/callbacks": "signed in",
  "PUT /api/account/callbacks/:number": "signed in",
  "GET /admin": "admin",
  "GET /admin/audit": "admin",
  "GET /admin/blocks": "admin",
  "GET /admin/contacts": "admin",
  "GET /admin/network": "admin",
  "GET /admin/pbx": "admin",
  "GET /admin/people": "admin",
  "GET /admin/statistics": "admin",
  "GET /admin/tokens": "admin",
  "GET /desk": "agent",
  "GET /desk/colleagues": "agent",
  "GET /desk/manifest": "anybody", // Browsers read it without cookies.
  "GET /desk/state": "agent",
  "GET /login": "anybody", // Its throttles: sign_in_test.ts.
  "POST /login": "anybody",
  "POST /logout": "anybody",
  "POST /preferences": "anybody", // Cookies of one's own browser.
  "GET /preview/frame": "admin",
  "GET /preview/:uuid": "anybody", // As public as the widget.
  "GET /setup": "anybody", // Its token: people_test.ts, doors_test.ts.
  "POST /setup": "anybody",
  // Each sees the messages they can answer: messages_api_test.ts. Deleting one is
  // for administrators.
  "GET /messages": "signed in",
  "GET /api/messages": "signed in",
  "DELETE /api/messages": "admin",
  "GET /api/messages/count": "signed in",
  "GET /api/messages/csv": "signed in",
  "GET /api/messages/:number": "signed in",
  "PUT /api/messages/:number": "signed in",
  "DELETE /api/messages/:number": "admin",
  "GET /api/v1/openapi.json": "anybody", // The same for every service.
  // Programs use a token; cookies mean nothing there: token_api_test.ts.
  "GET /api/v1/presence": "program",
  "GET /api/v1/contacts": "program",
  "GET /api/v1/events": "program",
  "GET /api/v1/hours/:uuid": "program",
  "GET /api/v1/messages": "program",
  "GET /api/v1/messages/:number": "program",
  "GET /api/v1/people": "program",
  "GET /api/v1/people/:id": "program",
  "GET /api/v1/statistics": "program",
  "GET /api/v1/statistics/agents": "program",
  "GET /api/v1/statistics/widgets": "program",
  "GET /api/v1/teams": "program",
  "GET /api/v1/widgets": "program",
  "POST /api/v1/widgets": "program",
  "GET /api/v1/widgets/:uuid": "program",
  "PUT /api/v1/widgets/:uuid": "program",
  "DELETE /api/v1/widgets/:uuid": "program",
  // For users of a PBX, who have no account yet: my_apps_test.ts.
  "GET /myapps": "anybody",
  "POST /myapps/challenge": "anybody",
  "POST /myapps/sign-in": "anybody",
};

function whoMay(route: string): Who | undefined {
  if (/ \/api\/(?!(?:account|messages|v1)\b)/.test(route)) return "admin";
  // They lead to /myapps, and show its picture.
  if (route.startsWith("GET /widgets/innovaphone-widgets")) return "anybody";
  return WHO[route];
}

Deno.test("every route admits only the people it is meant for", async () => {
  using app = await pagesApp();
  const people = {
    nobody: "",
    agent: await app.signIn("ben", "agent"),
    admin: await app.signIn("ada", "admin"),
  };

  const wrong: string[] = [];
  for (const route of app.routes) {
    const who = whoMay(route);
    if (who === undefined) wrong.push(`${route}: for whom is it?`);
    if (who === undefined || who === "anybody") continue;
    for (const [name, cookie] of Object.entries(people)) {
      const came = await comesThrough(app, route, cookie);
      const may = who === "signed in" ? name !== "nobody" : name === who;
      if (came !== may) wrong.push(`${route}: ${name} ${came}`);
    }
  }

  deepEqual(wrong, []);
  ok(app.routes.length >= 45, `only ${app.routes.length} routes were found`);
});

Deno.test("these tests list no route that doesn't exist", async () => {
  using app = await pagesApp();

  const gone = Object.keys(WHO).filter((route) => !app.routes.includes(route));

  deepEqual(gone, []);
});

Deno.test("an unsupported method doesn't bypass a route's access check", async () => {
  using app = await pagesApp();
  const agent = await app.signIn("ben", "agent");
  const patternOf = (route: string) => route.split(" ")[1] ?? "";
  const open = app.routes.filter((route) => whoMay(route) !== "admin")
    .map(patternOf);
  const patterns = new Set(app.routes.map(patternOf)).difference(new Set(open));

  const passed: string[] = [];
  for (const pattern of patterns) {
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]) {
      const route = `${method} ${pattern}`;
      const read = `GET ${pattern}`;
      const isThere = app.routes.includes(route) ||
        method === "HEAD" && app.routes.includes(read);
      const status = await statusOf(app, route, agent);
      // Without a handler there is nothing to protect.
      const isStopped = !isThere && status === 404;
      if (!isStopped && await comesThrough(app, route, agent)) {
        passed.push(`${route} ${status}`);
      }
    }
  }

  deepEqual(passed, []);
});

Deno.test("no route accepts a change sent by another website", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ada", "admin", "agent");
  const writes = app.routes.filter((route) => !/^(GET|HEAD) /.test(route));
  const places: Record<string, string>[] = [
    { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    { "sec-fetch-site": "same-site", origin: "https://other.127.0.0.1" },
    { origin: "https://evil.example" },
    { origin: "null" },
  ];

  const passed: string[] = [];
  for (const route of writes) {
    const [method = "", pattern = ""] = route.split(" ");
    const path = pattern.replace(/:\w+/g, "0".repeat(32));
    for (const place of places) {
      const response = await app.ask(method, path, { cookie, ...place });
      await response.body?.cancel();
      if (response.status !== 403) passed.push(`${route} ${response.status}`);
    }
  }

  ok(writes.length >= 15, `only ${writes.length} routes change something`);
  deepEqual(passed, []);
});

async function statusOf(
  app: PagesApp,
  route: string,
  cookie: string,
): Promise<number> {
  const [method = "", pattern = ""] = route.split(" ");
  const path = pattern.replace(/:\w+/g, "0".repeat(32));
  const response = await app.ask(method, path, { cookie });
  await response.body?.cancel();
  return response.status;
}

/** True if the route itself has answered, not its access check. */
async function comesThrough(
  app: PagesApp,
  route: string,
  cookie: string,
): Promise<boolean> {
  const [method = "", pattern = ""] = route.split(" ");
  const path = pattern.replace(/:\w+/g, "0".repeat(32));
  const response = await app.ask(method, path, { cookie });
  await response.body?.cancel();
  const location = response.headers.get("location") ?? "";
  const isSentAway = response.status === 303 || response.status === 302
    ? /^\/(login|myapps)\b/.test(location)
    : false;
  return !isSentAway && ![401, 403].includes(response.status);
}

import { deepEqual, equal } from "node:assert/strict";
import { App, HttpError, type Middleware } from "fresh";

interface State {
  trail: string[];
}

function say(word: string): Middleware<State> {
  return (ctx) => {
    (ctx.state.trail ??= []).push(word);
    return ctx.next();
  };
}

const tell: Middleware<State> = ({ state }) => Response.json(state.trail);

function request(path: string, init?: RequestInit): Request {
  return new Request(`http://localhost${path}`, init);
}

Deno.test("[FR1] a middleware runs for everything that is added after it", async () => {
  const handler = new App<State>()
    .use(say("first"), say("second"))
    .get("/before", tell)
    .use(say("third"))
    .get("/after", tell)
    .handler();

  const before = await handler(request("/before"));
  const after = await handler(request("/after"));

  deepEqual(await before.json(), ["first", "second"]);
  deepEqual(await after.json(), ["first", "second", "third"]);
});

Deno.test("[FR2] each request has its own state", async () => {
  const handler = new App<State>().use(say("once")).get("/", tell).handler();

  await (await handler(request("/"))).body?.cancel();
  const second = await handler(request("/"));

  deepEqual(await second.json(), ["once"]);
});

Deno.test("[FR3] fixed paths come before variable ones, then the first added counts", async () => {
  const handler = new App()
    .get("/posts/:id", (ctx) => Response.json([ctx.route, ctx.params]))
    .get("/posts/:other", () => new Response("never"))
    .get("/posts/new", (ctx) => Response.json([ctx.route, ctx.params]))
    .handler();

  const variable = await handler(request("/posts/7"));
  const fixed = await handler(request("/posts/new"));

  deepEqual(await variable.json(), ["/posts/:id", { id: "7" }]);
  deepEqual(await fixed.json(), ["/posts/new", {}]);
});

Deno.test("[FR4] a GET route answers HEAD too, and another method gets 405", async () => {
  const handler = new App().get("/", () => new Response("hello")).handler();

  const head = await handler(request("/", { method: "HEAD" }));
  const post = await handler(request("/", { method: "POST" }));

  deepEqual([head.status, await head.text(), post.status], [200, "", 405]);
});

Deno.test("[FR5] ctx.next() throws the error of a later handler", async () => {
  const seen: unknown[] = [];
  const error = new HttpError(418, "I am a teapot");
  const handler = new App()
    .use(async (ctx) => {
      try {
        return await ctx.next();
      } catch (error) {
        seen.push(error);
        return new Response("caught");
      }
    })
    .get("/", () => Promise.reject(error))
    .handler();

  const response = await handler(request("/"));

  equal(await response.text(), "caught");
  deepEqual(seen, [error]);
});

Deno.test("[FR6] ctx.redirect() takes a status, 302 without one", async () => {
  const handler = new App()
    .get("/found", (ctx) => ctx.redirect("/new?x=1"))
    .get("/kept", (ctx) => ctx.redirect("/", 307))
    .handler();

  const found = await handler(request("/found"));
  const kept = await handler(request("/kept"));

  deepEqual([found.status, found.headers.get("location")], [302, "/new?x=1"]);
  equal(kept.status, 307);
});

Deno.test("[FR7] ctx knows the request, its URL and the client", async () => {
  const handler = new App()
    .get(
      "/a",
      ({ req, url, info, error }) =>
        Response.json([req.method, url.search, info.remoteAddr, error]),
    )
    .handler();
  const remoteAddr = {
    transport: "tcp" as const,
    hostname: "192.0.2.1",
    port: 1,
  };
  const info = { remoteAddr, completed: Promise.resolve() };

  const response = await handler(request("/a?b"), info);

  deepEqual(await response.json(), ["GET", "?b", remoteAddr, null]);
});

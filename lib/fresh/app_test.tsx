import { deepEqual, equal, match } from "node:assert/strict";
import { App, HttpError, staticFiles } from "fresh";
import { silencedErrors } from "../../tests/support/silenced_errors.ts";

function ask(
  app: App<Record<string, unknown>>,
  path: string,
  init?: RequestInit,
): Promise<Response> {
  return app.handler()(new Request(`http://localhost${path}`, init));
}

Deno.test("[FR1] App runs middlewares from top to bottom, ending at the route", async () => {
  const trail: string[] = [];
  const note = (name: string) => (ctx: { next(): Promise<Response> }) => {
    trail.push(name);
    return ctx.next();
  };
  const app = new App<Record<string, unknown>>()
    .use(note("first"), note("second"))
    .use("/b", note("below b"))
    .get("/a", (ctx) => ctx.text("a"))
    .use(note("late"))
    .get("/b/c", note("own"), (ctx) => ctx.text("c"));

  await ask(app, "/a");
  await ask(app, "/b/c");

  deepEqual(trail, [
    ...["first", "second"],
    ...["first", "second", "below b", "late", "own"],
  ]);
});

Deno.test("[FR2] App passes state from one middleware to the next, separately for each request", async () => {
  const app = new App<{ count?: number }>()
    .use((ctx) => {
      ctx.state.count = (ctx.state.count ?? 0) + 1;
      return ctx.next();
    })
    .get("/", (ctx) => ctx.json(ctx.state));
  const handler = app.handler();

  await handler(new Request("http://localhost/"));
  const second = await handler(new Request("http://localhost/"));

  deepEqual(await second.json(), { count: 1 });
});

Deno.test("[FR3] App matches fixed patterns first and decodes parameters", async () => {
  const app = new App<Record<string, unknown>>()
    .get("/books/:id", (ctx) => ctx.json([ctx.route, ctx.params]))
    .get("/books/new", (ctx) => ctx.json([ctx.route, ctx.params]))
    .get("/foo/*", (ctx) => ctx.json([ctx.route]))
    .get("/straße", (ctx) => ctx.json([ctx.route]));

  const answers = await Promise.all(
    ["/books/a%2Fb%20c", "/books/new", "/foo/bar/baz", "/stra%C3%9Fe"]
      .map(async (path) => await (await ask(app, path)).json()),
  );

  deepEqual(answers, [
    ["/books/:id", { id: "a/b c" }],
    ["/books/new", {}],
    ["/foo/*"],
    ["/straße"],
  ]);
});

Deno.test("[FR4] App answers a wrong method with 405 and the allowed ones", async () => {
  const app = new App<Record<string, unknown>>()
    .get("/a", (ctx) => ctx.text("read"))
    .post("/a", (ctx) => ctx.text("written"))
    .all("/all", (ctx) => ctx.text(ctx.req.method));

  const wrong = await ask(app, "/a", { method: "DELETE" });
  const any = await ask(app, "/all", { method: "PATCH" });

  deepEqual([wrong.status, wrong.headers.get("allow")], [
    405,
    "GET, HEAD, POST",
  ]);
  equal(await any.text(), "PATCH");
});

Deno.test("[FR4] App answers HEAD like GET, without the body", async () => {
  const app = new App<Record<string, unknown>>()
    .get("/", (ctx) => ctx.text("hello", { headers: { "x-own": "yes" } }));

  const response = await ask(app, "/", { method: "HEAD" });

  deepEqual([response.status, response.headers.get("x-own")], [200, "yes"]);
  equal(await response.text(), "");
});

Deno.test("[FR9] App.onError() handles errors below its path, the nearest handler first", async () => {
  const app = new App<Record<string, unknown>>()
    .onError("*", (ctx) => ctx.text(`top: ${ctx.error}`, { status: 500 }))
    .onError("/in", (ctx) => ctx.text(`inner: ${ctx.error}`, { status: 400 }))
    .get("/in/side", () => {
      throw new HttpError(403, "no");
    })
    .get("/out", () => {
      throw new HttpError(403, "no");
    });

  const inner = await ask(app, "/in/side");
  const outer = await ask(app, "/out");

  deepEqual([inner.status, await inner.text()], [400, "inner: HttpError: no"]);
  deepEqual([outer.status, await outer.text()], [500, "top: HttpError: no"]);
});

Deno.test("[FR10] App.notFound() handles unknown paths and thrown 404s, in any order of registration", async () => {
  const app = new App<Record<string, unknown>>()
    .get("/gone", () => {
      throw new HttpError(404);
    })
    .notFound((ctx) => ctx.render(<h1>Not here</h1>));

  for (const path of ["/gone", "/unknown"]) {
    const response = await ask(app, path);

    equal(response.status, 404);
    match(await response.text(), /<h1>Not here<\/h1>/);
  }
});

Deno.test("[FR11] App never shows the stack or message of an unexpected error", async () => {
  using silenced = silencedErrors();
  const app = new App<Record<string, unknown>>().get("/", () => {
    throw new Error("password of the database");
  });

  const response = await ask(app, "/");

  deepEqual([response.status, await response.text()], [500, "Error 500"]);
  equal(silenced.calls.length, 1);
});

Deno.test("[FR11] App answers in plain text if the error page itself fails", async () => {
  using silenced = silencedErrors();
  const app = new App<Record<string, unknown>>()
    .onError(() => {
      throw new Error("second");
    })
    .get("/", () => {
      throw new Error("first");
    });

  const response = await ask(app, "/");

  deepEqual([response.status, await response.text()], [500, "Error 500"]);
  equal(silenced.calls.length, 2);
});

Deno.test("[FR5] A middleware sees errors thrown behind it and can answer them", async () => {
  const app = new App<Record<string, unknown>>()
    .use(async (ctx) => {
      try {
        return await ctx.next();
      } catch {
        return ctx.text("caught", { status: 503 });
      }
    })
    .get("/", () => {
      throw new Error("behind");
    });

  const response = await ask(app, "/");

  deepEqual([response.status, await response.text()], [503, "caught"]);
});

Deno.test("[FR8] App renders JSX in the app wrapper and the layouts of the path", async () => {
  const app = new App<Record<string, unknown>>()
    .appWrapper(({ Component }) => (
      <html>
        <body>
          <Component />
        </body>
      </html>
    ))
    .layout("*", ({ Component }) => (
      <main>
        <Component />
      </main>
    ))
    .layout("/in", ({ Component }) => (
      <b>
        <Component />
      </b>
    ))
    .get("/in", (ctx) => ctx.render(<i>{"<in>"}</i>, { status: 418 }))
    .get("/out", (ctx) => ctx.render(<i>out</i>))
    .get("/bare", (ctx) =>
      ctx.render(<i>bare</i>, {}, {
        skipInheritedLayouts: true,
        skipAppWrapper: true,
      }));

  const inner = await ask(app, "/in");
  const outer = await ask(app, "/out");
  const bare = await ask(app, "/bare");

  equal(inner.status, 418);
  equal(inner.headers.get("content-type"), "text/html; charset=utf-8");
  equal(
    await inner.text(),
    "<!DOCTYPE html><html><body><main><b><i>&lt;in></i></b></main></body></html>",
  );
  equal(
    await outer.text(),
    "<!DOCTYPE html><html><body><main><i>out</i></main></body></html>",
  );
  equal(await bare.text(), "<!DOCTYPE html><i>bare</i>");
});

Deno.test("[FR27] An app without a build works, without static files and file routes", async () => {
  const app = new App<Record<string, unknown>>()
    .use(staticFiles())
    .fsRoutes()
    .get("/", (ctx) => ctx.text("home"));

  equal(await (await ask(app, "/")).text(), "home");
  equal((await ask(app, "/style.css")).status, 404);
});

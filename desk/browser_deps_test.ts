import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { browserDeps } from "./browser_deps.ts";

type Answer = Pick<Response, "ok" | "type" | "status">;

const deps = browserDeps(() => {});

/** Returns the session state that the desk derives from this answer. */
async function sessionIf(answer: Answer | Error): Promise<string> {
  const { fetch } = globalThis;
  const asked: unknown[] = [];
  globalThis.fetch = (url, { redirect, cache } = {}) => {
    asked.push(url, redirect, cache);
    if (answer instanceof Error) return Promise.reject(answer);
    const response = new Response("a page");
    for (const [name, value] of Object.entries(answer)) {
      Object.defineProperty(response, name, { value });
    }
    return Promise.resolve(response);
  };
  try {
    return await deps.checkSession();
  } finally {
    globalThis.fetch = fetch;
    deepEqual(asked, ["/desk", "manual", "no-store"]);
  }
}

Deno.test("the desk distinguishes an expired session from an unreachable service", async () => {
  const answer = (status: number, type: ResponseType = "basic"): Answer => ({
    ok: status === 200,
    type,
    status,
  });

  const sessions = [
    await sessionIf(answer(200)),
    await sessionIf(answer(0, "opaqueredirect")),
    await sessionIf(answer(401)),
    await sessionIf(answer(403)),
    await sessionIf(answer(502)),
    await sessionIf(new TypeError("Failed to fetch")),
  ];

  deepEqual(sessions, [
    "signed-in",
    ...["signed-out", "signed-out", "signed-out"],
    ...["unreachable", "unreachable"],
  ]);
});

Deno.test("message ids are unique and don't need a secure context", () => {
  const [one, other] = [deps.newId(), deps.newId()];

  match(one, /^[0-9a-f]{32}$/);
  notEqual(one, other);
});

Deno.test("the desk's socket goes to the page's own host and is encrypted if the page is", () => {
  const urls: string[] = [];
  const { WebSocket } = globalThis;
  class Socket {
    constructor(url: URL) {
      urls.push(url.href);
    }
  }
  const events = { opened() {}, message() {}, closed() {} };
  for (const href of ["http://a.example:80/desk", "https://a.example/desk"]) {
    using _page = replaceGlobals({ WebSocket: Socket, location: { href } });
    deps.openSocket(events);
  }

  deepEqual(urls, [
    "ws://a.example/desk/service",
    "wss://a.example/desk/service",
  ]);
  equal(globalThis.WebSocket, WebSocket);
});

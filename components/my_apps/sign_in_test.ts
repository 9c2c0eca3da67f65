import { deepEqual, equal } from "node:assert/strict";
import type { ClientAnswer } from "./client_window.ts";
import { signIn } from "./sign_in.ts";

const ask = (): Promise<ClientAnswer> =>
  Promise.resolve({ type: "login", login: "login" });

Deno.test("a client's login is posted with its challenge and the language", async () => {
  const posted: unknown[] = [];

  const failure = await signIn({
    ask: (challenge) =>
      Promise.resolve({ type: "login", login: `login for ${challenge}` }),
    send: (path, body) => {
      posted.push([path, body]);
      return Promise.resolve(challengeOr(path, 204));
    },
  }, "de");

  equal(failure, undefined);
  deepEqual(posted, [["/myapps/challenge", {}], ["/myapps/sign-in", {
    challenge: "1",
    login: "login for 1",
    lang: "de",
  }]]);
});

Deno.test("an expired challenge is replaced once", async () => {
  let tries = 0;

  const failure = await signIn({
    ask,
    send: (path) => {
      if (path === "/myapps/sign-in") tries++;
      return Promise.resolve(challengeOr(path, 401, { reason: "challenge" }));
    },
  }, "en");

  deepEqual(failure, { reason: "challenge" });
  equal(tries, 2);
});

Deno.test("every obstacle to a sign-in has a message", async () => {
  const cases: [Parameters<typeof signIn>[0], object][] = [
    [
      { ask, send: () => Promise.reject(new TypeError("no network")) },
      { reason: "offline" },
    ],
    [
      {
        ask,
        send: () => Promise.resolve(new Response("<h1>", { status: 502 })),
      },
      { reason: "offline" },
    ],
    [
      {
        ask,
        send: () =>
          Promise.resolve(
            Response.json({ reason: "throttled", retryAfter: 7 }, {
              status: 429,
            }),
          ),
      },
      { reason: "throttled", retryAfter: 7 },
    ],
    [{
      ask: () => Promise.resolve({ type: "silent" }),
      send: (path) => Promise.resolve(challengeOr(path, 204)),
    }, { reason: "silent" }],
    [{
      ask: () => Promise.resolve({ type: "refused", text: "not yours" }),
      send: (path) => Promise.resolve(challengeOr(path, 204)),
    }, { reason: "refused", text: "not yours" }],
    [{
      ask,
      send: (path) =>
        Promise.resolve(challengeOr(path, 403, { reason: "denied" })),
    }, { reason: "denied" }],
  ];
  for (const [deps, expected] of cases) {
    deepEqual(await signIn(deps, "en"), expected);
  }
});

function challengeOr(path: string, status: number, body?: object): Response {
  if (path === "/myapps/challenge") return Response.json({ challenge: "1" });
  return body === undefined
    ? new Response(null, { status })
    : Response.json(body, { status });
}

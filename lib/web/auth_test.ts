import { deepEqual, equal } from "node:assert/strict";
import { webContext } from "@/tests/support/web_context.ts";
import { withState } from "./auth.ts";
import type { Services } from "./services.ts";
import type { State } from "./state.ts";

type Account = NonNullable<State["account"]>;
const agent = (own: Partial<Account> = {}) =>
  ({ id: "1", name: "ada", roles: ["agent"], ...own }) as Account;

/** Returns the state and the answer of a request with a session. */
async function signedIn(
  address: string,
  who: Account | undefined,
  { publicUrl = "", method = "GET", headers = {} } = {},
) {
  const reads: boolean[] = [];
  const load = (_: string, isRead: boolean) => {
    reads.push(isRead);
    return Promise.resolve(who);
  };
  const services = { sessions: { load } } as unknown as Services;
  const cookie = "session=t; __Host-session=t; lang=de";
  const context = webContext(address, {
    method,
    headers: { cookie, ...headers },
    next: () => new Response("page"),
  });
  const response = await withState(services, publicUrl)(context);
  return { state: context.state, response, reads };
}

Deno.test("a request has its account, its language and the address of the service", async () => {
  const none = await signedIn("http://x/desk", undefined);
  const own = await signedIn(
    "https://x/desk",
    agent({ language: "en" }),
    { publicUrl: "https://public.example" },
  );

  const { state } = none;
  deepEqual([state.account, state.lang, state.secure], [
    undefined,
    "de",
    false,
  ]);
  equal(state.publicUrl, "http://x");
  deepEqual([own.state.account?.name, own.state.lang, own.state.secure], [
    "ada",
    "en",
    true,
  ]);
  equal(own.state.publicUrl, "https://public.example");
  equal(own.state.isFramed, false);
});

Deno.test("a session is renewed by pages, not by data, changes and sockets", async () => {
  const renews = async (path: string, parts = {}) =>
    (await signedIn(`http://x${path}`, agent(), parts)).reads;

  deepEqual(await renews("/desk"), [true]);
  deepEqual(await renews("/api/widgets"), [false]);
  deepEqual(await renews("/desk", { method: "POST" }), [false]);
  deepEqual(await renews("/desk", { headers: { upgrade: "websocket" } }), [
    false,
  ]);
});

Deno.test("users whose password another person has set change it first", async () => {
  const who = agent({ mustChangePassword: true });
  const answer = async (path: string, method = "GET") => {
    const { response } = await signedIn(`http://x${path}`, who, { method });
    return [response.status, response.headers.get("location")];
  };

  deepEqual(await answer("/desk?a=1"), [
    303,
    "/account/password?next=%2Fdesk%3Fa%3D1",
  ]);
  deepEqual(await answer("/desk", "POST"), [303, "/account/password?"]);
  deepEqual(await answer("/api/widgets"), [403, null]);
  deepEqual(await answer("/desk/state"), [403, null]);
  for (const open of ["/account/password", "/logout", "/myapps", "/myapps/a"]) {
    deepEqual(await answer(open), [200, null]);
  }
  deepEqual(await answer("/myapps2"), [
    303,
    "/account/password?next=%2Fmyapps2",
  ]);
});

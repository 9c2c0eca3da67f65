import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  askForLogin,
  type ClientAnswer,
  type ClientEvent,
} from "./client_window.ts";

const PBX = "https://pbx.example.com";
const LOGIN = '{"mt":"Login","sip":"atlantis","info":{},"digest":"00"}';

Deno.test("the client is asked for one login per App object", () => {
  const client = new Client();

  void client.ask(["widgets", "widgets-test"]);

  deepEqual(client.asked, [
    '{"mt":"getLogin","app":"widgets","challenge":"0123456789012345","src":"0123456789012345-0"}',
    '{"mt":"getLogin","app":"widgets-test","challenge":"0123456789012345","src":"0123456789012345-1"}',
  ]);
});

Deno.test("a login is accepted as a string or as an object", async () => {
  for (const data of [LOGIN, JSON.parse(LOGIN)]) {
    const client = new Client();
    const login = client.ask();

    client.say({ data });

    deepEqual(await login, { type: "login", login: LOGIN });
    equal(client.listeners, 0);
  }
});

Deno.test("only messages from the parent window, on a known PBX's origin, are trusted", async () => {
  const client = new Client();
  const login = client.ask();

  client.say({ source: {} });
  client.say({ origin: "https://evil.example" });
  client.say({ data: "no json" });
  client.say({ data: '{"mt":"Login"}' });
  client.say({ data: '{"mt":"Scheme","digest":"00"}' });
  client.say({ data: undefined });
  client.say({ data: LOGIN.replace("atlantis", "columbia") });

  const columbia = LOGIN.replace("atlantis", "columbia");
  deepEqual(await login, { type: "login", login: columbia });
});

Deno.test("an answer to another question is ignored", async () => {
  const client = new Client();
  const login = client.ask();
  const answer = (src: unknown) =>
    LOGIN.replace('{"mt"', `{"src":${JSON.stringify(src)},"mt"`);

  client.say({ data: answer("0000000000000000-0") });
  client.say({ data: answer(7) });
  client.say({ data: answer("0123456789012345-0") });

  const own = answer("0123456789012345-0");
  deepEqual(await login, { type: "login", login: own });
});

Deno.test("a rejection ends the wait immediately, with the PBX's message", async () => {
  for (
    const [members, text] of [
      ['"error":"1","errorText":"no such app"', "no such app"],
      ['"error":2', "2"],
      ['"errorText":"","error":true', ""],
      [`"errorText":"${"x".repeat(300)}"`, "x".repeat(200)],
      [`"errorText":"${"x".repeat(199)}🙂"`, "x".repeat(199)],
    ]
  ) {
    const client = new Client();
    const login = client.ask();

    client.say({ data: `{"mt":"Login",${members}}` });

    deepEqual(await login, { type: "refused", text });
    equal(client.listeners, 0);
  }
});

Deno.test("a login succeeds even if another App object was rejected", async () => {
  const client = new Client();
  const login = client.ask(["widgets", "widgets-test"]);
  const refused = '{"mt":"Login","error":1,"src":"0123456789012345-0"}';

  client.say({ data: refused });
  client.say({ data: refused });
  client.say({ data: LOGIN });

  deepEqual(await login, { type: "login", login: LOGIN });
});

Deno.test("a login fails if every App object was rejected", async () => {
  const client = new Client();
  const login = client.ask(["widgets", "widgets-test"]);

  client.say({ data: '{"mt":"Login","error":1}' });
  client.say({ data: '{"mt":"Login","errorText":"not yours"}' });

  deepEqual(await login, { type: "refused", text: "not yours" });
});

Deno.test("the sign-in doesn't wait for a client that stays silent", async () => {
  const client = new Client();
  const login = client.ask();

  client.clock.advance(10_000);

  deepEqual(await login, { type: "silent" });
  equal(client.listeners, 0);
});

/** The window around the page. */
class Client {
  readonly clock = new FakeClock();
  readonly asked: string[] = [];
  readonly #heard = new Set<(event: ClientEvent) => void>();

  get listeners(): number {
    return this.#heard.size;
  }

  postMessage(message: string): void {
    this.asked.push(message);
  }

  ask(objects = ["widgets"]): Promise<ClientAnswer> {
    return askForLogin("0123456789012345", { objects, origins: [PBX] }, {
      parent: this,
      listen: (heard) => {
        this.#heard.add(heard);
        return { [Symbol.dispose]: () => void this.#heard.delete(heard) };
      },
      clock: this.clock,
    });
  }

  say(event: Partial<ClientEvent>): void {
    for (const heard of [...this.#heard]) {
      heard({ source: this, origin: PBX, data: LOGIN, ...event });
    }
  }
}

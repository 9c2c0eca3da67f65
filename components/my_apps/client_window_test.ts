import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { askForLogin, type ClientEvent } from "./client_window.ts";

const PBX = "https://pbx.example.com";
const LOGIN = '{"mt":"Login","sip":"atlantis","info":{},"digest":"00"}';

Deno.test("the client is asked for a login once for each App object", () => {
  const client = new Client();

  void client.ask(["widgets", "widgets-test"]);

  deepEqual(client.asked, [
    '{"mt":"getLogin","app":"widgets","challenge":"0123456789012345"}',
    '{"mt":"getLogin","app":"widgets-test","challenge":"0123456789012345"}',
  ]);
});

Deno.test("a login is taken as it came, as text or as an object", async () => {
  for (const data of [LOGIN, JSON.parse(LOGIN)]) {
    const client = new Client();
    const login = client.ask();

    client.say({ data });

    equal(await login, LOGIN);
    equal(client.listeners, 0);
  }
});

Deno.test("only the window around the page, from a known PBX, is believed", async () => {
  const client = new Client();
  const login = client.ask();

  client.say({ source: {} });
  client.say({ origin: "https://evil.example" });
  client.say({ data: "no json" });
  client.say({ data: '{"mt":"Login"}' });
  client.say({ data: '{"mt":"Scheme","digest":"00"}' });
  client.say({ data: undefined });
  client.say({ data: LOGIN.replace("atlantis", "columbia") });

  equal(await login, LOGIN.replace("atlantis", "columbia"));
});

Deno.test("a client that says nothing is not waited for", async () => {
  const client = new Client();
  const login = client.ask();

  client.clock.advance(10_000);

  equal(await login, undefined);
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

  ask(objects = ["widgets"]): Promise<string | undefined> {
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

import { deepEqual, rejects } from "node:assert/strict";
import { createServer } from "node:http";
import { type Clock, systemClock } from "@/lib/base/clock.ts";
import { readConfig } from "@/lib/program/config.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { IdleConnections, type IdleLimits } from "./idle_connections.ts";
import type { Handlers } from "./handlers.ts";
import { idleLimitsOf } from "./listen.ts";
import { serve } from "./server.ts";

/** Low, and without the time for a first request: each test has one reason. */
const LIMITS: IdleLimits = {
  perAddress: 3,
  total: 6,
  firstRequestMs: Infinity,
};
const STEPS_MAX = 1_000;
/** The error of a request on a closed connection. */
const CLOSED = /closed|Broken pipe|reset/;

async function start(
  { clock = systemClock, args = [], idleLimits = LIMITS, slow }: {
    clock?: Clock;
    args?: string[];
    /** Called for a request of /slow, which is answered when it resolves. */
    slow?: () => Promise<void>;
    /** "own": those that operators get. */
    idleLimits?: IdleLimits | "own";
  } = {},
) {
  const flags = ["--port=0", "--host=127.0.0.1", ...args];
  const config = readConfig(flags, () => undefined);
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  const events = () => ({ message() {}, closed() {} });
  const handlers: Handlers = {
    file: () => undefined,
    http: async (request) => {
      await request.text();
      if (request.url.endsWith("/slow")) await slow?.();
      return new Response("here");
    },
    visitor: events,
    signedIn: () => Promise.resolve(undefined),
    desk: events,
    pbx: events,
    noPbx() {},
  };
  return await serve(handlers, {
    clock,
    config: config.value,
    ...(idleLimits !== "own" && { idleLimits }),
  });
}

class Client implements Disposable {
  readonly #conn: Deno.Conn;
  /** Resolves when the server closes the connection. */
  readonly closed: Promise<void>;

  private constructor(conn: Deno.Conn) {
    this.#conn = conn;
    this.closed = this.#read();
  }

  #answered = Promise.withResolvers<void>();

  static async connect(port: number): Promise<Client> {
    return new Client(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  async send(text: string): Promise<void> {
    await this.#conn.write(new TextEncoder().encode(text));
  }

  async ask(text = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") {
    this.#answered = Promise.withResolvers();
    await this.send(text);
    const closed = this.closed.then(() => {
      throw new Error("The server has closed the connection");
    });
    await Promise.race([this.#answered.promise, closed]);
  }

  [Symbol.dispose](): void {
    this.#conn.close();
  }

  async #read(): Promise<void> {
    const buffer = new Uint8Array(4_096);
    while (await this.#conn.read(buffer).catch(() => null) !== null) {
      this.#answered.resolve();
    }
  }
}

/** Lets time pass until the server has closed a connection. The server learns of
 * the end of an answer after the client, so one step may be too early. */
async function passUntil(clock: FakeClock, closed: Promise<void>) {
  let isClosed = false;
  closed.then(() => isClosed = true);
  for (let step = 0; !isClosed; step++) {
    if (step === STEPS_MAX) throw new Error("The server has closed nothing");
    clock.advance(2_000);
    await new Promise((done) => setTimeout(done, 5));
  }
}

Deno.test("the longest idle connection of an address closes when the limit is exceeded", async () => {
  const clock = new FakeClock();
  await using server = await start({ clock });
  using first = await Client.connect(server.port);
  using second = await Client.connect(server.port);
  using third = await Client.connect(server.port);
  await first.ask(); // Now the second is the longest idle.
  await third.ask();
  clock.advance(1_000);

  using fourth = await Client.connect(server.port);

  await passUntil(clock, second.closed);
  await first.ask();
  await third.ask();
  await fourth.ask();
});

Deno.test("a request on one of two connections makes no room for another from its address", async () => {
  const clock = new FakeClock();
  await using server = await start({ clock });
  using first = await Client.connect(server.port);
  using second = await Client.connect(server.port);
  await second.ask();
  clock.advance(1_000);

  using third = await Client.connect(server.port);
  using fourth = await Client.connect(server.port);

  for (const client of [fourth, third, second]) await client.ask();
  await rejects(first.ask(), CLOSED);
});

Deno.test("a connection that its client has closed no longer counts", async () => {
  const server = createServer();
  const proxies = { has: () => false };
  using idle = new IdleConnections(server, {
    ...{ limits: LIMITS, proxies },
    clock: new FakeClock(),
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const place = server.address();
  const port = typeof place === "object" ? place?.port ?? 0 : 0;
  const sizeIs = async (size: number) => {
    for (let step = 0; step < STEPS_MAX && idle.size !== size; step++) {
      await new Promise((done) => setTimeout(done, 5));
    }
    return idle.size;
  };

  const client = await Client.connect(port);
  const before = await sizeIs(1);
  client[Symbol.dispose]();
  const after = await sizeIs(0);

  server.close();
  deepEqual([before, after], [1, 0]);
});

Deno.test("a connection isn't idle while its request runs", async () => {
  const clock = new FakeClock();
  const began = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const slow = () => {
    began.resolve();
    return end.promise;
  };
  await using server = await start({ clock, slow });
  using first = await Client.connect(server.port);
  const answered = first.ask("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await began.promise;
  using second = await Client.connect(server.port);
  using third = await Client.connect(server.port);
  for (const client of [second, third]) await client.ask();
  clock.advance(1_000);

  using fourth = await Client.connect(server.port);
  await fourth.ask();
  end.resolve();

  await answered;
  await first.ask();
});

Deno.test("a trusted proxy is subject only to the limit for all addresses", async () => {
  const args = ["--trusted-proxies=127.0.0.0/8"];
  const clock = new FakeClock();
  await using server = await start({ clock, args });
  using clients = new DisposableStack();
  const all: Client[] = [];
  for (let n = 0; n < 7; n++) {
    clock.advance(1_000);
    all.push(clients.use(await Client.connect(server.port)));
  }

  await passUntil(clock, all[0]!.closed);
  for (const client of all.slice(1)) await client.ask();
});

Deno.test("simultaneous connections over the limit are closed a second later", async () => {
  const clock = new FakeClock();
  await using server = await start({ clock });
  using clients = new DisposableStack();
  const all: Client[] = [];
  for (let n = 0; n < 5; n++) {
    all.push(clients.use(await Client.connect(server.port)));
  }
  for (const client of all) await client.ask();

  await passUntil(clock, all[0]!.closed);
  await passUntil(clock, all[1]!.closed);
  for (const client of all.slice(2)) await client.ask();
});

Deno.test("the first-request timeout doesn't close a connection that has made a request", async () => {
  const clock = new FakeClock();
  const idleLimits = { ...LIMITS, firstRequestMs: 10_000 };
  await using server = await start({ clock, idleLimits });
  using silent = await Client.connect(server.port);
  using known = await Client.connect(server.port);
  await known.ask();

  await passUntil(clock, silent.closed);

  await known.ask();
});

Deno.test("operators get 10 s for the first request of a connection", async () => {
  const clock = new FakeClock();
  await using server = await start({ clock, idleLimits: "own" });
  using slow = await Client.connect(server.port);
  using silent = await Client.connect(server.port);
  using last = await Client.connect(server.port);
  await last.ask(); // By now the service knows the others.

  clock.advance(9_999);
  await slow.ask();
  clock.advance(1);

  await rejects(silent.ask(), CLOSED);
});

Deno.test("idle connections take a quarter of the descriptors at most", () => {
  deepEqual(idleLimitsOf(1_023), {
    perAddress: 256,
    total: 255,
    firstRequestMs: 10_000,
  });
});

Deno.test("operators can have 256 idle connections from one address", async () => {
  const clock = new FakeClock();
  await using server = await start({ clock, idleLimits: "own" });
  using clients = new DisposableStack();
  const all: Client[] = [];
  for (let n = 0; n < 256; n++) {
    all.push(clients.use(await Client.connect(server.port)));
  }
  await all.at(-1)?.ask(); // By now the service knows all of them.
  clock.advance(2_000);

  using another = await Client.connect(server.port);

  await all[0]?.closed;
  for (const client of [...all.slice(1), another]) await client.ask();
});

Deno.test("a connection is idle until the request's body has arrived", async () => {
  const clock = new FakeClock();
  await using server = await start({ clock });
  const post = "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
  using first = await Client.connect(server.port);
  using second = await Client.connect(server.port);
  using third = await Client.connect(server.port);
  for (const client of [first, third]) await client.send(`${post}1\r\n\r\n`);
  await second.send(`${post}4\r\n\r\nna`);
  await second.ask("me"); // Its body is there, and now it is the newest.
  clock.advance(1_000);

  using fourth = await Client.connect(server.port);

  await passUntil(clock, Promise.race([first.closed, third.closed]));
  await second.ask();
  await fourth.ask();
  await Promise.allSettled([first.ask("m"), third.ask("m")]);
});

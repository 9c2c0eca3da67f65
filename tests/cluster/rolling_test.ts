import { deepEqual, equal, ok } from "node:assert/strict";
import { CallTalk } from "../support/call_talk.ts";
import { startFleet } from "../support/fleet.ts";
import { statusOf } from "../support/http_status.ts";
import { type NatsServer, startNats } from "../support/nats_server.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { Talk } from "../support/talk.ts";
import { SILENCE_MS } from "./faults.ts";

const TALKS = 6;
const CALLS = 3;
/** As a deployment has them under load: a page, a file, and the API. */
const PATHS = ["/login", "/widget.js", "/healthz"];

let postgres: PostgresServer;
let nats: NatsServer;
Deno.test.beforeAll(async () => {
  [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
});
Deno.test.afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  await nats[Symbol.asyncDispose]();
});

/** Asks for pages all the time. */
class Readers implements AsyncDisposable {
  readonly statuses = new Map<number | undefined, number>();
  readonly #url: string;
  #isOver = false;
  readonly #reading: Promise<unknown>;

  constructor(url: string) {
    this.#url = url;
    this.#reading = Promise.all(PATHS.map((path) => this.#read(path)));
  }

  async #read(path: string): Promise<void> {
    while (!this.#isOver) {
      const status = await statusOf(`${this.#url}${path}`, 10_000);
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#reading;
  }
}

Deno.test("a rolling restart of three instances under load ends no chat and no call, and fails no request", async () => {
  await using fleet = await startFleet({
    ...{ postgres, nats: [nats], instances: 3, agents: TALKS + CALLS },
  });
  await using stack = new AsyncDisposableStack();
  const talks = await Promise.all(
    Array.from({ length: TALKS }, (_, n) => Talk.begin(fleet, n)),
  );
  const calls = await Promise.all(
    Array.from({ length: CALLS }, (_, n) => CallTalk.begin(fleet, TALKS + n)),
  );
  const all = [...talks, ...calls];
  for (const talk of all) stack.use(talk);
  const readers = stack.use(new Readers(fleet.url));

  for (const instance of fleet.instances) {
    for (const talk of all) talk.lap();
    await instance.stop("SIGTERM");
    await instance.start();
    await fleet.balancer.ready(fleet.instances.length);
    await Promise.all(all.map((talk) => talk.passes()));
    for (const talk of all) {
      const ms = talk.lap();
      const found = `${talk.name} heard nothing for ${ms.toFixed()} ms`;
      ok(ms <= SILENCE_MS.planned, found);
    }
  }

  await readers[Symbol.asyncDispose]();
  for (const talk of talks) await talk.check();
  for (const call of calls) await call.end();
  deepEqual([...readers.statuses.keys()], [200]);
  equal(fleet.balancer.refused, 0);
});

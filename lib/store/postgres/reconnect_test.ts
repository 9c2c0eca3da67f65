import { equal, ok, rejects } from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import {
  type PostgresServer,
  startPostgres,
} from "@/tests/support/postgres.ts";
import { openPostgres } from "./open.ts";

const CONNECTIONS = 8;
/** Longer than eight connections take, and much shorter than the client's waits
 * after this number of errors. */
const BACK_WITHIN_MS = 3_000;

let server: PostgresServer;
Deno.test.beforeAll(async () => void (server = await startPostgres()));
Deno.test.afterAll(async () => await server[Symbol.asyncDispose]());

/** Carries connections to PostgreSQL, and can reset all of them. */
async function listening() {
  const near = new Set<Socket>();
  const proxy = createServer((socket) => {
    near.add(socket);
    const far = connect({ host: "127.0.0.1", port: server.port });
    socket.pipe(far).pipe(socket);
    socket.on("error", () => {}).on("close", () => {
      near.delete(socket);
      far.destroy();
    });
    far.on("error", () => {});
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const place = proxy.address();
  const port = typeof place === "object" ? place?.port : 0;
  return {
    url: server.url().replace(`:${server.port}/`, `:${port}/`),
    size: () => near.size,
    reset() {
      for (const socket of near) socket.resetAndDestroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of near) socket.destroy();
      proxy.close();
      await once(proxy, "close");
    },
  };
}

Deno.test("all requests after the reset of all connections are answered, and soon succeed", async () => {
  await using proxy = await listening();
  const kv = await openPostgres(proxy.url, { connections: CONNECTIONS });
  const askAll = () =>
    Promise.allSettled(
      Array.from({ length: CONNECTIONS }, (_, n) => kv.get(["a", n])),
    );
  await askAll();
  equal(proxy.size(), CONNECTIONS);

  proxy.reset();
  const since = performance.now();
  let tries = 0;
  let answers = await askAll();
  while (answers.some(({ status }) => status === "rejected")) {
    tries++;
    answers = await askAll();
  }

  const ms = performance.now() - since;
  ok(ms < BACK_WITHIN_MS, `${ms.toFixed()} ms, ${tries} tries`);
  await kv.close();
});

Deno.test("a request to a server that closes each connection fails after one connection", async () => {
  let count = 0;
  const closing = createServer((socket) => {
    count++;
    socket.on("error", () => {}).resume().end();
  });
  closing.listen(0, "127.0.0.1");
  await once(closing, "listening");
  const place = closing.address();
  const port = typeof place === "object" ? place?.port : 0;

  await rejects(
    openPostgres(server.url().replace(`:${server.port}/`, `:${port}/`)),
    { name: "PostgreSQL", message: /the connection is lost$/, isAway: true },
  );

  closing.close();
  await once(closing, "close");
  equal(count, 1);
});

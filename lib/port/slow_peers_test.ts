import { equal, match } from "node:assert/strict";
// @ts-types="@types/ws"
import { WebSocket as Client } from "ws";
import { systemClock } from "@/lib/base/clock.ts";
import type { Account } from "@/lib/model/account.ts";
import { readConfig } from "@/lib/program/config.ts";
import { openCuttingProxy } from "@/tests/support/cutting_proxy.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import type { Handlers } from "./handlers.ts";
import { serve, type ServerOptions } from "./server.ts";

const account: Account = {
  id: "1",
  name: "ada",
  displayName: "Ada",
  roles: ["agent"],
  createdAt: 0,
};

async function start(
  closed: (code: number) => void,
  args: string[],
  options: Partial<ServerOptions> = {},
) {
  const config = readConfig(
    ["--port=0", "--host=127.0.0.1", ...args],
    () => undefined,
  );
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  const events = () => ({ message() {}, closed });
  const handlers: Handlers = {
    file: () => undefined,
    http: async (request) => new Response(await request.text()),
    visitor: events,
    signedIn: () => Promise.resolve(account),
    desk: events,
    pbx: events,
    noPbx() {},
  };
  return await serve(handlers, {
    clock: systemClock,
    ...options,
    config: config.value,
  });
}

/** All that is answered until the connection is closed. */
async function send(port: number, bytes: string): Promise<string> {
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  await conn.write(new TextEncoder().encode(bytes));
  const buffer = new Uint8Array(4_096);
  let text = "";
  for (let count; (count = await conn.read(buffer)) !== null;) {
    text += new TextDecoder().decode(buffer.subarray(0, count));
  }
  return text;
}

const HALF = {
  headers: "GET /login HTTP/1.1\r\nHost: localhost\r\n",
  nothing: "",
};

for (const [what, bytes] of Object.entries(HALF)) {
  Deno.test(`serve() answers 408 to a client that sends ${what} and waits`, async () => {
    await using server = await start(() => {}, ["--request-seconds=1"]);

    match(await send(server.port, bytes), /^HTTP\/1\.1 408 /);
  });
}

Deno.test("serve() closes a request whose body never ends", async () => {
  const server = await start(() => {}, ["--request-seconds=1"]);
  const head = "POST /api HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n";

  const answer = await send(server.port, `${head}\r\n{"a`);

  await server[Symbol.asyncDispose]();
  // Once a connection has closed, the HTTP library looks in each of the next two
  // turns of the loop whether the body has ended.
  for (let turn = 0; turn < 2; turn++) {
    await new Promise((done) => setTimeout(done));
  }
  equal(answer.includes(" 200 "), false, answer);
});

const ENDPOINTS = {
  "a visitor": "/widgets/service",
  "a desk": "/desk/service",
  "a PBX": "/widgets",
};

for (const [who, path] of Object.entries(ENDPOINTS)) {
  Deno.test(`serve() detects ${who} that vanished within two heartbeats`, async () => {
    const clock = new FakeClock();
    const { promise: gone, resolve } = Promise.withResolvers<number>();
    await using server = await start(resolve, [], {
      clock,
      heartbeatMs: 30_000,
    });
    await using wire = openCuttingProxy(`http://127.0.0.1:${server.port}`);
    const url = wire.url.replace("http", "ws");
    const client = new Client(`${url}${path}`);
    await new Promise((open) => client.on("open", open));
    wire.swallow();
    let isGone = false;
    gone.then(() => isGone = true);

    clock.advance(30_000);
    await new Promise((done) => setTimeout(done));
    equal(isGone, false);
    clock.advance(30_000);

    equal(await gone, 1006);
    client.terminate();
  });
}

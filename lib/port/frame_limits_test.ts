import { deepEqual, equal } from "node:assert/strict";
// @ts-types="@types/ws"
import { WebSocket as Client } from "ws";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import { readConfig } from "@/lib/program/config.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { serve } from "./server.ts";

/** A server whose sockets answer with the length of what they receive. */
async function start(clock = new FakeClock()) {
  const settings = ["--port=0", "--host=127.0.0.1"];
  const config = readConfig(settings, () => undefined);
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  const measure = (socket: Socket): SocketEvents => ({
    message: (text) => socket.send(String(text.length)),
    closed() {},
  });
  return await serve({
    file: () => undefined,
    http: () => Promise.resolve(new Response("")),
    visitor: measure,
    signedIn: () =>
      Promise.resolve({
        ...{ id: "1", name: "ada", displayName: "Ada" },
        ...{ roles: ["agent"], createdAt: 0 },
      }),
    desk: measure,
    pbx: measure,
    noPbx() {},
  }, { clock, config: config.value });
}

async function connect(port: number, path: string): Promise<Client> {
  const client = new Client(`ws://127.0.0.1:${port}${path}`);
  await new Promise((open) => client.once("open", open));
  return client;
}

/** Sends a text; returns the answer, or the code of the close. */
function sent(client: Client, length: number): Promise<string | number> {
  return new Promise((done) => {
    client.once("message", (data) => done(String(data)));
    client.once("close", (code) => done(code));
    client.send("x".repeat(length));
  });
}

const FRAMES: [path: string, bytes: number][] = [
  ["/widgets/service", 65_536],
  ["/desk/service", 65_536],
  ["/widgets", 1_048_576],
];

Deno.test("a message of a visitor, a desk or a PBX has a limit, and one of that length is accepted", async () => {
  await using server = await start();
  const found: (string | number)[][] = [];
  for (const [path, bytes] of FRAMES) {
    const client = await connect(server.port, path);
    found.push([await sent(client, bytes), await sent(client, bytes + 1)]);
    client.terminate();
  }

  deepEqual(found, FRAMES.map(([, bytes]) => [String(bytes), 1009]));
});

Deno.test("a socket is asked every 30 s if its peer is there", async () => {
  const clock = new FakeClock();
  await using server = await start(clock);
  const client = await connect(server.port, "/widgets/service");
  let pings = 0;
  client.on("ping", () => pings++);

  clock.advance(29_999);
  await sent(client, 1); // A ping would have come before the answer.
  const early = pings;
  clock.advance(1);
  await sent(client, 1);

  deepEqual([early, pings], [0, 1]);
  client.terminate();
});

Deno.test("a browser can't be a PBX", async () => {
  await using server = await start();
  const status = await new Promise((done) => {
    const client = new Client(`ws://127.0.0.1:${server.port}/widgets`, {
      origin: `http://127.0.0.1:${server.port}`,
    });
    client.on("unexpected-response", (request, { statusCode }) => {
      request.destroy();
      done(statusCode);
    });
    client.on("open", () => done("open"));
    client.on("error", () => {});
  });

  equal(status, 403);
});

import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { connect } from "node:tls";
// @ts-types="@types/ws"
import { type ClientOptions, WebSocket as Client } from "ws";
import { type Clock, systemClock } from "@/lib/base/clock.ts";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { Account } from "@/lib/model/account.ts";
import { readConfig } from "@/lib/program/config.ts";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import { certificates } from "@/tests/support/certificates.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { logInto } from "@/tests/support/log_into.ts";
import type { Handlers } from "./handlers.ts";
import { serve } from "./server.ts";

const account: Account = {
  id: "1",
  name: "ada",
  displayName: "Ada",
  roles: ["agent"],
  createdAt: 0,
};

/** Every handler answers with its name. The desk accepts the cookie `ada`. */
function handlers(peers: Peer[] = []): Handlers {
  const echo = (name: string) => (socket: Socket): SocketEvents => ({
    message: (text) => socket.send(`${name} ${text}`),
    closed() {},
  });
  return {
    file: ({ url }) =>
      url === "/widget.js" ? { status: 200, headers: {} } : undefined,
    http: (request) => Promise.resolve(new Response(request.url)),
    visitor: (socket, peer) => {
      peers.push(peer);
      return echo("visitor")(socket);
    },
    signedIn: (request) =>
      Promise.resolve(
        request.headers.get("cookie") === "ada" ? account : undefined,
      ),
    desk: echo("desk"),
    pbx: echo("pbx"),
    noPbx: (peer) => peers.push(peer),
  };
}

async function start(
  args: string[] = [],
  behind = handlers(),
  options: { clock?: Clock; heartbeatMs?: number } = {},
) {
  const config = readConfig(
    ["--port=0", "--host=127.0.0.1", ...args],
    () => undefined,
  );
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  return await serve(behind, {
    clock: systemClock,
    ...options,
    config: config.value,
  });
}

/** The first answer to "hi", or the status that refused the upgrade. */
function ask(
  url: string,
  headers: Record<string, string> = {},
  options: ClientOptions = {},
): Promise<string> {
  return new Promise((done, failed) => {
    const client = new Client(url, { headers, ...options });
    client.on("open", () => client.send("hi"));
    client.on("unexpected-response", (request, response) => {
      request.destroy();
      done(String(response.statusCode));
    });
    client.on("message", (data) => {
      client.close();
      done(String(data));
    });
    client.on("error", failed);
  });
}

Deno.test("serve() routes each path to its handler on one port", async () => {
  await using server = await start();
  const base = `ws://127.0.0.1:${server.port}`;

  const answers = [
    await (await fetch(`http://127.0.0.1:${server.port}/admin`)).text(),
    await ask(`${base}/widgets/service`),
    await ask(`${base}/widgets`),
    await ask(`${base}/widgets/`),
    await ask(`${base}/desk/service`, { cookie: "ada" }),
    await ask(`${base}/elsewhere`),
  ];

  deepEqual(answers, [
    `http://127.0.0.1:${server.port}/admin`,
    "visitor hi",
    "pbx hi",
    "pbx hi",
    "desk hi",
    "404",
  ]);
});

Deno.test("serve() rejects a PBX from an untrusted address before the upgrade", async () => {
  const refused: Peer[] = [];
  const elsewhere = ["--pbx-from=192.0.2.0/24"];
  await using server = await start(elsewhere, handlers(refused));

  equal(await ask(`ws://127.0.0.1:${server.port}/widgets`), "403");
  equal(refused[0]?.address, "127.0.0.1");
});

Deno.test("serve() opens a desk only for a signed-in page of this host", async () => {
  await using server = await start();
  const url = `ws://127.0.0.1:${server.port}/desk/service`;

  equal(await ask(url), "401");
  equal(
    await ask(url, { cookie: "ada", origin: "https://evil.example" }),
    "403",
  );
  equal(
    await ask(url, {
      cookie: "ada",
      origin: `http://127.0.0.1:${server.port}`,
    }),
    "desk hi",
  );
});

Deno.test("serve() accepts forwarded headers only from a trusted proxy", async () => {
  const peers: Peer[] = [];
  await using open = await start([], handlers(peers));
  await using behind = await start(
    ["--trusted-proxies=127.0.0.1"],
    handlers(peers),
  );
  const headers = {
    "x-forwarded-for": "198.51.100.7",
    "x-forwarded-proto": "https",
  };

  await ask(`ws://127.0.0.1:${open.port}/widgets/service`, headers);
  await ask(`ws://127.0.0.1:${behind.port}/widgets/service`, headers);
  const plain = await fetch(`http://127.0.0.1:${open.port}/`, { headers });
  const secure = await fetch(`http://127.0.0.1:${behind.port}/`, { headers });

  deepEqual(peers.map((peer) => peer.address), ["127.0.0.1", "198.51.100.7"]);
  equal((await plain.text()).slice(0, 5), "http:");
  equal((await secure.text()).slice(0, 6), "https:");
});

Deno.test("serve() closes a visitor's socket with 1009 after an oversized frame", async () => {
  await using server = await start();
  const client = new Client(`ws://127.0.0.1:${server.port}/widgets/service`);
  const closed = new Promise<number>((done) => client.on("close", done));
  await new Promise((open) => client.on("open", open));

  client.send("a".repeat(LIMITS.frameBytes / 2), { fin: false });
  client.send("b".repeat(LIMITS.frameBytes / 2 + 1), { fin: false });

  equal(await closed, 1009);
});

Deno.test("serve() detects a half-open visitor within two heartbeats", async () => {
  const clock = new FakeClock();
  const { promise: gone, resolve } = Promise.withResolvers<number>();
  const behind = handlers();
  behind.visitor = () => ({ message() {}, closed: resolve });
  await using server = await start([], behind, { clock, heartbeatMs: 1_000 });
  const client = new Client(`ws://127.0.0.1:${server.port}/widgets/service`, {
    autoPong: false,
  });
  const pinged = new Promise((done) => client.on("ping", done));
  await new Promise((open) => client.on("open", open));

  clock.advance(1_000);
  await pinged;
  clock.advance(1_000);

  equal(await gone, 1006);
});

Deno.test("serve() uses TLS and reloads a new certificate once, without downtime", async () => {
  await using folder = await certificates();
  const lines: string[] = [];
  using _log = await logInto(lines);
  const clock = new FakeClock();
  const files = { cert: `${folder.path}/c.pem`, key: `${folder.path}/k.pem` };
  await folder.make("one", files);
  await using server = await start(
    [`--tls-cert=${files.cert}`, `--tls-key=${files.key}`],
    handlers(),
    { clock },
  );
  const url = `wss://127.0.0.1:${server.port}`;

  const visitor = await askTls(`${url}/widgets/service`);
  clock.advance(60_000);
  const desk = await askTls(`${url}/desk/service`, { cookie: "ada" });
  await folder.make("two", files);
  clock.advance(60_000);
  const renewed = await nameUntil(server.port, "two");

  equal(visitor, "visitor hi");
  equal(desk, "desk hi");
  equal(renewed, "two");
  deepEqual(lines, ["The certificate has changed and is in use"]);
});

Deno.test("serve() reports why a certificate can't be used", async () => {
  await using folder = await certificates();
  const one = { cert: `${folder.path}/1.pem`, key: `${folder.path}/1.key` };
  const two = { cert: `${folder.path}/2.pem`, key: `${folder.path}/2.key` };
  await folder.make("one", one);
  await folder.make("two", two);

  await rejects(start(["--tls-cert=/nowhere", "--tls-key=/nowhere"]), {
    message: /^CW_TLS_CERT cannot be read: No such file/,
  });
  await rejects(start([`--tls-cert=${one.cert}`, `--tls-key=${two.key}`]), {
    message: /^CW_TLS_CERT and CW_TLS_KEY do not fit together: .*Mismatch/,
  });
});

Deno.test("serve() keeps its certificate if the new one is broken", async () => {
  await using folder = await certificates();
  const lines: string[] = [];
  using _log = await logInto(lines);
  const clock = new FakeClock();
  const files = { cert: `${folder.path}/c.pem`, key: `${folder.path}/k.pem` };
  const other = { cert: `${folder.path}/o.pem`, key: files.key };
  await folder.make("one", files);
  await using server = await start(
    [`--tls-cert=${files.cert}`, `--tls-key=${files.key}`],
    handlers(),
    { clock },
  );

  await folder.make("broken", other); // The key alone is new.
  clock.advance(60_000);
  // The reload ends somewhere between these handshakes, and breaks none.
  for (let n = 0; n < 10; n++) await nameUntil(server.port, "one");
  await Deno.rename(other.cert, files.cert);
  clock.advance(60_000);
  const whole = await nameUntil(server.port, "broken");

  equal(whole, "broken");
  // The pair fits a second later, as in a renewal, so nothing was wrong.
  deepEqual(lines, ["The certificate has changed and is in use"]);
  await folder.make("lasting", other);
  clock.advance(60_000);
  while (lines.length === 1) {
    clock.advance(1_000);
    await nameUntil(server.port, "broken");
  }
  match(lines[1] ?? "", /^Cannot use the new certificate, keeping the old one/);
});

function askTls(
  url: string,
  headers: Record<string, string> = {},
): Promise<string> {
  return ask(url, headers, { rejectUnauthorized: false });
}

/** Asks for the certificate's name until it is `expected`. */
async function nameUntil(port: number, expected: string): Promise<string> {
  for (;;) {
    const name = await new Promise<string>((done, failed) => {
      const socket = connect(
        { host: "127.0.0.1", port, rejectUnauthorized: false },
        () => {
          const { subject } = socket.getPeerCertificate();
          socket.destroy();
          done(String(subject.CN));
        },
      );
      socket.on("error", failed);
    });
    if (name === expected) return name;
  }
}

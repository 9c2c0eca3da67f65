import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { systemClock } from "@/lib/base/clock.ts";
import { nkeys, Parser } from "@nats-io/transport-node";
import { Heard } from "@/tests/support/heard.ts";
import { natsCreds } from "@/tests/support/nats_creds.ts";
import { type NatsServer, startNats } from "@/tests/support/nats_server.ts";
import { startResettingServer } from "@/tests/support/resetting_server.ts";
import { type NatsAddress, readNatsAddress } from "./nats_address.ts";
import { NatsBus, type NatsBusOptions } from "./nats_bus.ts";

// One server for the tests that don't harm it.
let common: NatsServer;
Deno.test.beforeAll(async () => {
  common = await startNats();
});
Deno.test.afterAll(async () => await common[Symbol.asyncDispose]());

/** Connects, or throws the error. */
async function connected(
  url: string,
  options: Partial<NatsBusOptions> = {},
): Promise<NatsBus> {
  const bus = await tried(url, options);
  if (bus instanceof NatsBus) return bus;
  throw new Error(bus);
}

/** Connects; returns the error's text if that fails. */
async function tried(
  url: string,
  options: Partial<NatsBusOptions> = {},
): Promise<NatsBus | string> {
  const address = readNatsAddress(url) as NatsAddress;
  const bus = await NatsBus.connect(address, {
    ...{ clock: systemClock, connectWithinMs: 300, ...options },
  });
  return bus.ok ? bus.value : bus.error;
}

/** Resolves when a bus has this state. */
async function until(bus: NatsBus, state: "connected" | "away") {
  const end = performance.now() + 10_000;
  while (bus.state.state !== state) {
    if (performance.now() > end) throw new Error(`the bus is not ${state}`);
    await new Promise((go) => setTimeout(go, 5));
  }
}

/** Resolves when the answer of `reaches` is the expected one. */
async function reaches(bus: NatsBus, subject: string, expected: boolean) {
  const end = performance.now() + 5_000;
  while (await bus.reaches(subject) !== expected) {
    ok(performance.now() < end, `reaches() is never ${expected}`);
  }
}

Deno.test("[BUS2] messages arrive in the order of their sender at all listeners, until disposed of", async () => {
  const url = `nats://${common.host}`;
  await using a = await connected(url);
  await using b = await connected(url);
  const heard = new Heard<unknown>();
  const own = new Heard<unknown>();
  using _own = a.on("cw.order", own.tell);
  const listening = b.on("cw.order", heard.tell);
  using _sync = b.on("cw.sync", heard.tell);
  ok(await b.reaches("cw.sync"));

  for (let n = 0; n < 1_000; n++) a.tell("cw.order", { n, text: "ä" });
  await heard.until((message) => (message as { n: number }).n === 999);
  listening[Symbol.dispose]();
  a.tell("cw.order", "more");
  a.tell("cw.sync", "end");
  await heard.until((message) => message === "end");
  await own.until((message) => message === "more");

  deepEqual(heard.all.slice(0, -1), own.all.slice(0, -1));
  equal(heard.all.length, 1_001);
});

Deno.test("[BUS2] a message that is not JSON is dropped and counted, and an exception of a listener harms nothing", async () => {
  let bad = 0;
  const url = `nats://${common.host}`;
  await using bus = await connected(url, { onBadFrame: () => bad++ });
  const heard = new Heard<unknown>();
  using _bad = bus.on("cw.bad", () => {
    throw new Error("a bug");
  });
  using _good = bus.on("cw.good", heard.tell);

  await bus.flush();

  using tcp = await Deno.connect(addressOf(common));
  await tcp.write(new TextEncoder().encode(
    'CONNECT {"verbose":false}\r\nPUB cw.good 5\r\n{"a":\r\nPUB cw.good 0\r\n\r\n',
  ));
  bus.tell("cw.bad", 1);
  await tcp.write(new TextEncoder().encode("PUB cw.good 3\r\n123\r\n"));
  await heard.until((message) => message === 123);
  bus.tell("cw.good", "still here");
  await heard.until((message) => message === "still here");

  deepEqual([heard.all, bad], [[123, "still here"], 2]);
});

Deno.test("[BUS2] an error of the client about data that it cannot read contains none of it", async () => {
  await using _bus = await connected(`nats://${common.host}`);
  const parser = new Parser({ push: () => {} });
  const data = new TextEncoder().encode('{"text":"a visitor\'s secret"}');

  throws(() => parser.parse(data), { message: "parse error: 29 bytes" });
});

Deno.test("[BUS2] tell() never throws: a closed connection, a message that is too long", async () => {
  const bus = await connected(`nats://${common.host}`);

  bus.tell("cw.long", "x".repeat(2 * 1_024 * 1_024));
  bus.tell("not a subject", "x");
  await bus[Symbol.asyncDispose]();
  bus.tell("cw.closed", 1);
  bus.on("cw.closed", () => {})[Symbol.dispose]();

  await until(bus, "away");
});

Deno.test("[BUS3] reaches() is false as soon as the listening process has ended", async () => {
  const url = `nats://${common.host}`;
  await using a = await connected(url);
  const b = await connected(url);
  b.on("cw.i.b", () => {});

  await b.flush();
  equal(await a.reaches("cw.i.b"), true);
  await b[Symbol.asyncDispose]();

  await reaches(a, "cw.i.b", false);
});

Deno.test("[BUS3] reaches() notices a process that was killed", async () => {
  await using bus = await connected(`nats://${common.host}`);
  const isThere = (expected: boolean) => reaches(bus, "cw.i.dead", expected);
  const peer = await Deno.connect(addressOf(common));
  await peer.write(new TextEncoder().encode(
    'CONNECT {"verbose":false}\r\nSUB cw.i.dead 1\r\nPING\r\n',
  ));
  await isThere(true);

  peer.close();

  await isThere(false);
});

Deno.test("[BUS4] after NATS was killed and started again, the bus carries messages without being asked", async () => {
  await using server = await startNats();
  await using bus = await connected(`nats://${server.host}`);
  const heard = new Heard<unknown>();
  using _hearing = bus.on("cw.here", heard.tell);
  const returned = Promise.withResolvers<void>();
  using _returns = bus.onReturn(returned.resolve);
  equal(bus.state.state, "connected");

  await server.kill();
  await until(bus, "away");
  const { since } = bus.state;
  bus.tell("cw.here", "lost");
  await server.restart();
  await returned.promise;
  bus.tell("cw.here", "back");
  await heard.until((message) => message === "back");

  deepEqual(heard.all, ["back"]);
  ok(bus.state.state === "connected" && bus.state.since >= since);
});

Deno.test("[BUS4] a server that is silent without closing the connection is left", async () => {
  await using server = await startNats();
  await using bus = await connected(`nats://${server.host}`, { pingMs: 100 });

  server.suspend();
  await until(bus, "away");
  server.resume();
  await until(bus, "connected");
});

Deno.test("[BUS5] the first connection is tried for the given time, and the error names servers and reason", async () => {
  await using server = await startNats();
  const { host } = server;
  await server.kill();

  const error = await tried(`nats://${host}`, { connectWithinMs: 600 });
  match(
    String(error),
    /^NATS at 127\.0\.0\.1:\d+ cannot be reached: connection refused/,
  );
  const later = connected(`nats://${host}`, { connectWithinMs: 20_000 });
  await server.restart();

  await using bus = await later;
  equal(bus.state.state, "connected");
});

Deno.test("[BUS5] servers that reset connections, before TLS too, end nothing", async () => {
  const info = JSON.stringify({
    ...{ server_id: "x", version: "2.9.0", proto: 1, max_payload: 1_000 },
    tls_required: true,
  });
  const inInfo = { isAsked: false };
  await using broken = await startResettingServer(`INFO ${info}\r\n`, inInfo);
  await using own = await startNats({ tls: true });
  const url = `tls://127.0.0.1:${broken.port}?ca=${own.certificate}`;

  match(
    String(await tried(url, { connectWithinMs: 1 })),
    /cannot be reached: /,
  );
  equal(broken.count(), 1);
});

Deno.test("[BUS5] with several servers, one that is down is skipped", async () => {
  await using _bus = await connected(`nats://127.0.0.1:1,${common.host}`);
});

Deno.test("[BUS6] a user with a password signs in; a wrong password is refused immediately", async () => {
  const config = `authorization { user: w, password: "p@:/" }`;
  await using server = await startNats({ config });

  await using _bus = await connected(`nats://w:p%40%3A%2F@${server.host}`);
  for (const account of ["w:wrong@", ""]) {
    const began = performance.now();
    const error = await tried(`nats://${account}${server.host}`, {
      connectWithinMs: 60_000,
    });
    match(String(error), /^NATS at .* refuses to sign in: .*Authorization/i);
    ok(performance.now() - began < 10_000);
  }
});

Deno.test("[BUS6] an nkey signs in, over TLS with an own authority, and is limited to its subjects", async () => {
  const user = nkeys.createUser();
  const seed = new TextDecoder().decode(user.getSeed());
  const config = `authorization { users: [{ nkey: ${user.getPublicKey()},
    permissions: { publish: ["cw.>", "_INBOX.>"], subscribe: ["cw.>", "_INBOX.>"] } }] }`;
  await using server = await startNats({ config, tls: true });
  const url = `tls://${server.host}?ca=${server.certificate}`;

  await using bus = await connected(url, { credentials: `${seed}\n` });
  const heard = new Heard<unknown>();
  using _hearing = bus.on("cw.here", heard.tell);
  using _refused = bus.on("other", heard.tell);
  bus.tell("other", 1);
  bus.tell("cw.here", 2);
  await heard.until((message) => message === 2);
  equal(await bus.reaches("cw.here"), true);
  equal(await bus.reaches("cw.nobody"), false);

  deepEqual(heard.all, [2]);
  const strange = await tried(`tls://${server.host}`, { credentials: seed });
  match(String(strange), /cannot be reached: .*(certificate|issuer|CA)/i);
  const port = server.host.split(":")[1];
  const other = `tls://localhost:${port}?ca=${server.certificate}`;
  match(String(await tried(other, { credentials: seed })), /does not match/);
  const plain = await tried(`nats://${server.host}`, { credentials: seed });
  match(String(plain), /cannot be reached: .*(certificate|issuer|CA)/i);
});

Deno.test("[BUS6] NATS creds sign in", async () => {
  const { config, creds } = natsCreds();
  await using server = await startNats({ config });

  await using bus = await connected(`nats://${server.host}`, {
    credentials: creds.replaceAll("\n", "\r\n"),
  });
  await bus.flush();

  match(String(await tried(`nats://${server.host}`)), /refuses to sign in/);
});

Deno.test("[BUS6] a file that has no credentials, and an authority that is missing, are named", async () => {
  const url = `nats://${common.host}`;
  equal(
    await tried(url, { credentials: "password" }),
    "The file of CW_NATS_CREDS has neither an nkey seed (SU…) nor NATS creds",
  );
  match(
    String(await tried(`tls://${common.host}?ca=/nowhere/ca.pem`)),
    /cannot be reached: /,
  );
});

function addressOf({ host }: NatsServer): Deno.ConnectOptions {
  const [hostname = "", port] = host.split(":");
  return { hostname, port: Number(port) };
}

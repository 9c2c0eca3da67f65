import { equal } from "node:assert/strict";
import { createServer } from "node:http";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { ListenerWatch } from "./listener_watch.ts";

const CHECK_EVERY_MS = 2_000;
const ACCEPTED_WITHIN_MS = 1_500;
const TURNS_MAX = 200;

/** A watch on a server that accepts nothing. `host` and `port` are where the
 * watch looks for it. */
function watched({ host, port }: { host: string; port: number }) {
  const clock = new FakeClock();
  const server = createServer();
  const before = server.listenerCount("connection");
  const seen = { listened: 0 };
  const watch = new ListenerWatch(server, {
    host,
    port,
    clock,
    listen: () => Promise.resolve(void seen.listened++),
  });
  /** Listeners that the watch has on the server. */
  const listeners = () => server.listenerCount("connection") - before;
  return { clock, listeners, seen, watch };
}

/** Lets the event loop turn until `isDone`, or for a limited number of turns. */
async function turnUntil(isDone: () => boolean): Promise<void> {
  for (let turn = 0; turn < TURNS_MAX && !isDone(); turn++) {
    await new Promise((done) => setTimeout(done, 5));
  }
}

Deno.test("a server that accepts nothing is restarted after two failed checks, each time", async () => {
  // The system completes its connections, and nobody takes them.
  using deaf = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const address = { hostname: "127.0.0.1", port: deaf.addr.port };
  const { clock, seen, watch } = watched({
    host: address.hostname,
    port: address.port,
  });
  using _watch = watch;
  const listened: number[] = [];

  for (let check = 0; check < 4; check++) {
    clock.advance(CHECK_EVERY_MS);
    using _probe = await deaf.accept();
    // Once this later connection is accepted, the watch's own has been accepted too.
    using _later = await Deno.connect(address);
    using _taken = await deaf.accept();
    clock.advance(ACCEPTED_WITHIN_MS);
    await turnUntil(() => clock.pending === 1);
    listened.push(seen.listened);
  }

  equal(listened.join(), "0,1,1,2");
});

Deno.test("a server that has stopped listening is restarted after two refused connections", async () => {
  const unused = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = unused.addr;
  unused.close();
  const { clock, listeners, seen, watch } = watched({
    host: "127.0.0.1",
    port,
  });
  using _watch = watch;

  for (let check = 0; check < 2; check++) {
    clock.advance(CHECK_EVERY_MS);
    await turnUntil(() => listeners() === 1);
  }

  await turnUntil(() => seen.listened > 0);
  equal(seen.listened, 1);
});

Deno.test("a server that accepts connections isn't restarted", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const place = server.address();
  const port = typeof place === "object" ? place?.port ?? 0 : 0;
  const clock = new FakeClock();
  let listened = 0;
  let probes = 0;
  server.on("connection", () => probes++);
  const watch = new ListenerWatch(server, {
    ...{ host: "127.0.0.1", port, clock },
    listen: () => Promise.resolve(void listened++),
  });

  for (let check = 1; check <= 4; check++) {
    clock.advance(CHECK_EVERY_MS);
    await turnUntil(() => probes === check);
    await turnUntil(() => clock.pending === 1);
  }

  watch[Symbol.dispose]();
  server.close();
  equal(listened, 0);
  equal(probes, 4);
});

Deno.test("a watch that ends during a check doesn't restart the server", async () => {
  using deaf = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const address = { hostname: "127.0.0.1", port: deaf.addr.port };
  const { clock, seen, watch } = watched({
    host: address.hostname,
    port: address.port,
  });

  for (const isLast of [false, true]) {
    clock.advance(CHECK_EVERY_MS);
    using _probe = await deaf.accept();
    using _later = await Deno.connect(address);
    using _taken = await deaf.accept();
    if (isLast) watch[Symbol.dispose]();
    clock.advance(ACCEPTED_WITHIN_MS);
    await turnUntil(() => isLast || clock.pending === 1);
  }
  await new Promise((done) => setTimeout(done));

  equal(clock.pending, 0);
  equal(seen.listened, 0);
});

Deno.test("a check that fails for another reason doesn't restart the server", async () => {
  // Nothing can connect to all hosts, as if no descriptor were left.
  const { clock, listeners, seen, watch } = watched({
    host: "255.255.255.255",
    port: 9,
  });
  using _watch = watch;

  for (let check = 0; check < 4; check++) {
    clock.advance(CHECK_EVERY_MS);
    await turnUntil(() => listeners() === 1);
    clock.advance(ACCEPTED_WITHIN_MS);
    await turnUntil(() => clock.pending === 1);
  }

  equal(seen.listened, 0);
});

Deno.test("a disposed watch leaves no listener and no timer", () => {
  const { clock, listeners, watch } = watched({ host: "127.0.0.1", port: 9 });

  equal(listeners(), 1);

  watch[Symbol.dispose]();

  equal(listeners(), 0);
  equal(clock.pending, 0);
});

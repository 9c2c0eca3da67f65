import { deepEqual, equal, match } from "node:assert/strict";
import { systemClock } from "@/lib/base/clock.ts";
import { Heard } from "@/tests/support/heard.ts";
import { startNats, startNatsCluster } from "@/tests/support/nats_server.ts";
import { NatsBus } from "./nats_bus.ts";
import { type PipeEvents, Pipes } from "./pipes.ts";

Deno.test("[PIPE1] a pipe over a cluster of three NATS servers loses and repeats nothing when both instances' servers are killed in turn", async () => {
  const servers = await startNatsCluster();
  await using stack = new AsyncDisposableStack();
  for (const server of servers) stack.use(server);
  // Each instance starts with one server, and learns of the others from it.
  const [a, b] = await Promise.all(
    servers.slice(0, 2).map(async ({ host }) => {
      const address = { servers: [host], isTls: false };
      const bus = await NatsBus.connect(address, { clock: systemClock });
      if (!bus.ok) throw new Error(bus.error);
      return stack.use(bus.value);
    }),
  ) as [NatsBus, NatsBus];
  const heard = new Heard<unknown>();
  const echoes = new Heard<unknown>();
  const quiet = (message: PipeEvents["message"]) => ({
    message,
    broken: () => heard.tell("broken"),
  });
  const common = { clock: systemClock, accept: () => quiet(() => {}) };
  const far = stack.use(
    new Pipes({
      ...{ ...common, bus: b, own: "b" },
      accept: (pipe) =>
        quiet((message) => {
          heard.tell(message);
          pipe.send(message);
        }),
    }),
  );
  const near = stack.use(new Pipes({ ...common, bus: a, own: "a" }));
  const pipe = near.open("b", quiet(echoes.tell));

  for (let n = 0; n < 300; n++) {
    pipe.send(n);
    if (n === 100) await servers[0].kill();
    if (n === 200) await servers[1].kill();
    if (n % 10 === 0) {
      await echoes.until((echo) => echo === Math.max(0, n - 20));
    }
  }
  await echoes.until((echo) => echo === 299);

  const all = Array.from({ length: 300 }, (_, n) => n);
  deepEqual(heard.all, all);
  deepEqual(echoes.all, all);
  equal(far.size, 1);
});

Deno.test("[BUS4] a bus notifies its users when another server of the cluster has ended, whose clients reconnect", async () => {
  const [first, second, third] = await startNatsCluster();
  await using stack = new AsyncDisposableStack();
  for (const server of [first, second, third]) stack.use(server);
  const bus = await NatsBus.connect(
    { servers: [first.host], isTls: false },
    { clock: systemClock },
  );
  if (!bus.ok) throw new Error(bus.error);
  stack.use(bus.value);
  const heard = new Heard<string>();
  bus.value.onReturn(() => heard.tell("back"));

  await second.kill();
  await heard.count(1);

  equal(bus.value.isAway, false);
});

Deno.test("[BUS5] a cluster, whose servers name each other, refuses a wrong password immediately", async () => {
  const config = 'authorization { user: cw, password: "right" }';
  await using first = await startNats({ config, routes: [] });
  await using _second = await startNats({ config, routes: [first.route] });
  const address = { servers: [first.host], isTls: false, user: "cw" };

  const wrong = await NatsBus.connect(
    { ...address, password: "wrong" },
    { clock: systemClock },
  );
  const right = await NatsBus.connect(
    { ...address, password: "right" },
    { clock: systemClock },
  );

  match(wrong.ok ? "" : wrong.error, / refuses to sign in: /);
  equal(right.ok, true);
  if (right.ok) await right.value[Symbol.asyncDispose]();
});

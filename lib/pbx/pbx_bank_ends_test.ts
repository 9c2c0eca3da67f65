import { deepEqual, equal, rejects } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Heard } from "@/tests/support/heard.ts";
import { logInto } from "@/tests/support/log_into.ts";
import {
  InMemory,
  turns,
  user,
} from "@/tests/support/simulated_pbx/in_memory.ts";
import { noCache, PASSWORD } from "@/tests/support/simulated_pbx/service.ts";
import { SimulatedPbx } from "@/tests/support/simulated_pbx/simulated_pbx.ts";
import { memoryWire } from "@/tests/support/simulated_pbx/wire.ts";
import { PbxBank } from "./pbx_bank.ts";

const USERS = [user("atlantis")];
const never = new AbortController().signal;

Deno.test("[P26] a link that a newer one replaces ends its calls, and a disconnect after that changes nothing", async () => {
  using setup = new InMemory();
  const old = await setup.linked({ users: USERS });
  const call = setup.dial("atlantis");
  await (await old.calls.next()).answer();
  await call.heard.until((event) => event.type === "connected");

  const newer = await setup.linked({ users: USERS });
  await old.lost();
  await turns();
  const next = setup.dial("atlantis");
  await (await newer.calls.next()).answer();
  await next.heard.until((event) => event.type === "connected");

  deepEqual(call.heard.all.at(-1), { type: "terminated", cause: 41 });
  equal(setup.bank.status().links[0]?.calls, 1);
});

Deno.test("[P22] a second App object of a PBX leaves the subscriptions where they are", async () => {
  using setup = new InMemory();
  const one = await setup.linked({ object: "widgets", users: USERS });
  const heard = new Heard<Presence>();
  setup.bank.watch("atlantis", heard.tell);
  await heard.until((presence) => presence === "online");

  for (const object of ["a-widgets", "widgets2"]) {
    const two = await setup.linked({ object, users: USERS });
    setup.clock.advance(10_000);
    await turns();
    equal(two.subscriptions, 0);
  }

  equal(one.subscriptions, 1);
  deepEqual(heard.all, ["offline", "online"]);
});

Deno.test("[P19] the same rights again, in any order, subscribe to nothing again", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: USERS });
  setup.bank.watch("atlantis", () => {});
  await turns();
  const { domain, pbx: name, apis } = pbx.options;
  const before = pbx.received.length;

  pbx.raw({ mt: "PbxInfo", domain, pbx: name, apis: apis.toReversed() });
  await turns();

  equal(pbx.received.length, before);
});

Deno.test("the bank reports each new link, and each change of the links", async () => {
  const said: string[] = [];
  const clock = new FakeClock();
  using bank = new PbxBank({
    clock,
    cache: noCache,
    password: () => Promise.resolve(PASSWORD),
    linked: (key) => said.push(key),
    linksChanged: () => said.push("changed"),
  });
  const wire = memoryWire((socket, peer) => bank.accept(socket, peer));
  const pbx = new SimulatedPbx(wire);
  const waiting = () => bank.status().waiting;

  const connected = pbx.connect();
  equal(waiting(), 1);
  await connected;
  equal(waiting(), 0);
  deepEqual(said.splice(0), ["example.com/master/widgets", "changed"]);
  const { domain, pbx: name } = pbx.options;
  pbx.raw({ mt: "PbxInfo", domain, pbx: name, apis: [] });
  await turns();
  deepEqual(said.splice(0), ["changed"]);
  pbx.cut();
  await turns();

  deepEqual(said, ["changed"]);
  deepEqual([waiting(), bank.links()], [0, []]);
});

Deno.test("a connection that is cut before its login is not counted any more", async () => {
  using setup = new InMemory();
  const pbx = setup.pbx();
  pbx.silent.add("AppChallengeResult");
  void pbx.connect().catch(() => {});
  await turns();
  equal(setup.bank.status().waiting, 1);

  pbx.cut();
  await turns();

  equal(setup.bank.status().waiting, 0);
});

Deno.test("a bank that stops closes all connections, and leaves no timer", async () => {
  const setup = new InMemory();
  const linked = await setup.linked({ users: USERS });
  setup.bank.watch("atlantis", () => {});
  const waiting = setup.pbx();
  waiting.silent.add("AppChallengeResult");
  void waiting.connect().catch(() => {});
  await turns();

  setup[Symbol.dispose]();
  await Promise.all([linked.lost(), waiting.lost()]);
  await turns();

  equal(setup.clock.pending, 0);
  deepEqual(setup.bank.links(), []);
});

Deno.test("[P38] a search that is cancelled before it starts is rejected, with a link and without", async () => {
  using setup = new InMemory();
  const search = () =>
    setup.bank.search({ text: "", limit: 5 }, AbortSignal.abort());

  await rejects(search(), { name: "AbortError" });
  await setup.linked({ users: USERS });

  await rejects(search(), { name: "AbortError" });
});

Deno.test("[P38] a search takes each agent once, from all links that may search", async () => {
  using setup = new InMemory();
  await setup.linked({ users: [user("a"), user("b")] });
  await setup.linked({ pbx: "branch", users: [user("b"), user("c")] });
  await setup.linked({ pbx: "other", apis: ["PbxApi"], users: [user("d")] });

  const { agents } = await setup.bank.search({ text: "", limit: 9 }, never);

  deepEqual(agents.map(({ address }) => address), ["a", "b", "c"]);
});

Deno.test("[P33] the address of a queue that nobody watches is called at its own PBX", async () => {
  using setup = new InMemory();
  const queues = [{ sip: "q.sales", name: "Sales queue" }];
  await setup.linked({ pbx: "a" });
  const second = await setup.linked({ pbx: "b", queues });

  setup.dial("q.sales");

  equal((await second.calls.next()).visitorName, "Ada");
});

Deno.test("[P40] connections from an address that isn't allowed are counted, and few of them logged", async () => {
  using setup = new InMemory();
  const lines: string[] = [];
  using _log = await logInto(lines);

  for (let n = 0; n < 12; n++) {
    setup.bank.refuse({ address: "198.51.100.7", origin: null });
  }

  equal(setup.bank.status().refused.address, 12);
  deepEqual(
    lines,
    Array(2).fill("Rejected a PBX connection from 198.51.100.7"),
  );
});

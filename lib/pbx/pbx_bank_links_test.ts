import { deepEqual, equal, ok } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  InMemory,
  turns,
  user,
} from "@/tests/support/simulated_pbx/in_memory.ts";
import { SimulatedPbx } from "@/tests/support/simulated_pbx/simulated_pbx.ts";
import { memoryWire } from "@/tests/support/simulated_pbx/wire.ts";
import { PbxBank } from "./pbx_bank.ts";

const USERS = [
  user("atlantis", "Käthe Atlantis"),
  user("columbia", "Columbia"),
];

Deno.test("[P46] a call survives a change of rights and can be hung up by either side", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ apis: ["PbxSignal"], users: USERS });
  const call = setup.dial("atlantis");
  const phone = await pbx.calls.next();
  await phone.answer();
  await call.heard.until((event) => event.type === "connected");

  for (const apis of [["PbxSignal", "PbxApi"], ["PbxApi"], ["PbxSignal"]]) {
    pbx.options.apis = ["PbxSignal", ...apis];
    const { domain, pbx: name } = pbx.options;
    pbx.raw({ mt: "PbxInfo", domain, pbx: name, apis });
    await turns();
  }
  equal(call.heard.all.at(-1)?.type, "connected");
  const second = setup.dial("columbia");
  await (await pbx.calls.next()).answer();
  await second.heard.until((event) => event.type === "connected");
  phone.hangUp();
  await turns();
  second.leg.send({ type: "hang-up", cause: 16 });
  await turns();

  deepEqual(call.heard.all.at(-1), { type: "terminated", cause: 16 });
  equal(second.heard.all.at(-1)?.type, "terminated");
  equal(setup.bank.status().links[0]?.calls, 0);
});

Deno.test("[P52] an instance that is about to stop closes its links, those with a call after its end", async () => {
  using setup = new InMemory();
  const { bank } = setup;
  const pbx = await setup.linked({ users: USERS });
  await setup.pbx({ object: "x-widgets" }).connect();
  const call = setup.dial("atlantis");
  const phone = await pbx.calls.next();
  await phone.answer();
  await call.heard.until((event) => event.type === "connected");
  const [key = ""] = bank.links();

  equal(bank.closeIdle(), false);
  deepEqual(bank.links(), [key]);
  phone.hangUp();
  await turns();
  equal(bank.closeIdle(), true);

  deepEqual(call.heard.all.at(-1), { type: "terminated", cause: 16 });
});

Deno.test("[P52] a link that is newer at another instance is closed here", async () => {
  using setup = new InMemory();
  await setup.linked({ users: USERS });
  const [key = ""] = setup.bank.links();

  setup.bank.replace(key);

  deepEqual(setup.bank.links(), []);
});

Deno.test("[P46] a signal with another registration's mark ends no call", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: USERS });
  const call = setup.dial("atlantis");
  await (await pbx.calls.next()).answer();
  await call.heard.until((event) => event.type === "connected");
  const number = pbx.received.findLast(({ mt }) => mt === "Signaling")?.call;
  const rel = { api: "PbxSignal", mt: "Signaling", call: number };

  pbx.raw({ ...rel, src: "cw999", sig: { type: "rel" } });
  await turns();
  equal(call.heard.all.at(-1)?.type, "connected");
  pbx.raw({ ...rel, sig: { type: "rel" } });
  await turns();

  equal(call.heard.all.at(-1)?.type, "terminated");
});

Deno.test("[P35] a wrong password is rejected, and repeated guesses have to wait", async () => {
  using setup = new InMemory();
  const guesser = setup.pbx({ password: "guess" }, "192.0.2.66");
  for (let n = 0; n < 5; n++) {
    await guesser.connect().catch(() => {});
  }
  equal(setup.bank.status().refused.login, 5);

  const early = setup.pbx({}, "192.0.2.66");
  await early.connect().then(() => ok(false), () => {});
  const other = setup.pbx({}, "192.0.2.10");
  await other.connect();
  setup.clock.advance(60_000);
  await early.connect();

  const { links, refused } = setup.bank.status();
  equal(refused.throttled, 1);
  equal(links.length, 1);
  equal(links[0]?.address, "192.0.2.66", "the newer link of the same object");
});

Deno.test("[P35] an App object that retries a wrong password doesn't delay others at its address", async () => {
  using setup = new InMemory();
  const wrong = setup.pbx({ password: "old", object: "widgets-old" });
  for (let second = 0; second < 30; second += 2) {
    await wrong.connect().catch(() => {});
    setup.clock.advance(2_000);
  }

  await setup.pbx().connect();

  const { links, refused } = setup.bank.status();
  deepEqual(links.map(({ key }) => key), ["example.com/master/widgets"]);
  deepEqual(setup.bank.links(), ["example.com/master/widgets"]);
  equal(refused.login, 5);
});

Deno.test("[P35] inventing App objects allows 50 guesses per minute from one address", async () => {
  using setup = new InMemory();
  for (let n = 0; n < 60; n++) {
    const guesser = setup.pbx({ password: `guess${n}`, object: `object${n}` });
    await guesser.connect().catch(() => {});
  }

  const { refused } = setup.bank.status();
  deepEqual([refused.login, refused.throttled], [50, 10]);
});

Deno.test("[P35] a store that doesn't answer doesn't count as a wrong password", async () => {
  let fails = true;
  const clock = new FakeClock();
  using bank = new PbxBank({
    clock,
    cache: { list: () => Promise.resolve([]), set: () => Promise.resolve() },
    password: () =>
      fails
        ? Promise.reject(new Error("no answer"))
        : Promise.resolve("s3cret"),
  });
  const peer = { address: "192.0.2.10", origin: null };
  const wire = memoryWire((socket, from) => bank.accept(socket, from), peer);
  const pbx = new SimulatedPbx(wire);
  for (let n = 0; n < 10; n++) {
    await pbx.connect().then(() => ok(false), () => {});
  }
  deepEqual(pbx.received.filter(({ mt }) => mt === "AppLoginResult"), []);

  fails = false;
  await pbx.connect();

  const { links, refused } = bank.status();
  deepEqual([links.length, refused.login, refused.throttled], [1, 0, 0]);
});

Deno.test("[P18] a login without PbxInfo stays connected as long as it sends KeepAlive", async () => {
  using setup = new InMemory();
  const app = setup.pbx();
  const lost: string[] = [];
  app.silent.add("AppLoginResult"); // Then it says no PbxInfo.
  void app.connect().catch(() => {});
  await turns();
  void app.lost().then(() => lost.push("lost"));

  for (let minute = 0; minute < 10; minute++) {
    setup.clock.advance(60_000);
    app.raw({ mt: "KeepAlive" });
    await turns();
  }
  deepEqual(lost, []);
  setup.clock.advance(180_000);
  await turns();

  deepEqual(lost, ["lost"]);
});

Deno.test("[P34] a link lost before its registration schedules no retry", async () => {
  const timersAfter = async (mt: string) => {
    using setup = new InMemory();
    const pbx = setup.pbx({ users: USERS });
    pbx.silent.add(mt);
    await pbx.connect();
    await turns();
    pbx.cut();
    await turns();
    return setup.clock.pending;
  };

  equal(await timersAfter("Register"), await timersAfter("nothing"));
});

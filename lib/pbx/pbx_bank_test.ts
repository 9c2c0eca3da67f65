import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { Heard } from "@/tests/support/heard.ts";
import {
  InMemory,
  turns,
  user,
} from "@/tests/support/simulated_pbx/in_memory.ts";

const USERS = [
  user("atlantis", "Käthe Atlantis"),
  user("columbia", "Columbia"),
];

Deno.test("[P26] losing a link ends 20 calls and 15 chats immediately, each exactly once", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: USERS });
  const calls = Array.from({ length: 20 }, () => setup.dial("atlantis"));
  const chats = Array.from({ length: 15 }, () => setup.chat("columbia"));
  for (const _ of calls) await (await pbx.calls.next()).answer();
  for (const { heard } of calls) {
    await heard.until((e) => e.type === "connected");
  }
  for (const _ of chats) (await pbx.chats.next()).join();
  for (const { heard } of chats) await heard.until((e) => e.type === "joined");
  const [during] = setup.bank.status().links;

  pbx.cut();
  await turns();
  await pbx.connect();
  await turns();

  for (const { heard } of [...calls, ...chats]) {
    deepEqual(heard.all.at(-1), { type: "terminated", cause: 41 });
    equal(
      heard.all.filter((e: { type: string }) => e.type === "terminated").length,
      1,
    );
  }
  deepEqual([during?.calls, during?.chats], [20, 15]);
  const [status] = setup.bank.status().links;
  deepEqual([status?.calls, status?.chats, status?.registration], [
    0,
    0,
    "registered",
  ]);
});

Deno.test("[P28] calls end at a phone that doesn't react and at one that isn't answered", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: USERS });
  const ringing = setup.dial("atlantis");
  await pbx.calls.next();
  await ringing.heard.until((event) => event.type === "alerting");
  pbx.silent.add("Signaling");
  const silent = setup.dial("atlantis");
  const silentChat = setup.chat("atlantis");

  setup.clock.advance(15_000);
  deepEqual(silent.heard.all, [{ type: "terminated", cause: 102 }]);
  deepEqual(silentChat.heard.all, [{ type: "terminated", cause: 102 }]);
  setup.clock.advance(180_000);

  deepEqual(ringing.heard.all.at(-1), { type: "terminated", cause: 19 });
});

Deno.test("[P27] a call from the PBX is rejected, because visitors can't be called", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: USERS });
  const refusals = () =>
    pbx.received.flatMap(({ call, sig }) => call === -1 ? sig : []);

  pbx.callService({ type: "setup", channel: -1, channels_cmd: "PROPOSAL" });
  pbx.callService({ type: "setup", channel: 0, fty: [{ type: "im_setup" }] });
  pbx.callService({ type: "rel" });
  await turns();

  deepEqual(refusals(), [
    { type: "rel", cau: { num: 26 } },
    { type: "rel", cau: { num: 88 } },
  ]);
});

Deno.test("[P33] each PBX has its own agents, and a call goes to the agent's PBX", async () => {
  using setup = new InMemory();
  const main = await setup.linked({ pbx: "main", users: [user("atlantis")] });
  const branch = await setup.linked({
    pbx: "branch",
    users: [user("columbia")],
  });
  const heard = new Heard<Presence>();
  setup.bank.watch("columbia", heard.tell);
  await heard.until((presence) => presence === "online");

  const call = setup.dial("columbia");
  await (await branch.calls.next()).answer();
  await call.heard.until((event) => event.type === "connected");
  main.cut();
  await turns();

  equal(heard.all.at(-1), "online");
  equal(call.heard.all.at(-1)?.type, "connected");
  branch.cut();
  await turns();
  equal(call.heard.all.at(-1)?.type, "terminated");
});

Deno.test("[P33] a PBX with a running monitor is preferred to one that only accepted the subscription", async () => {
  using setup = new InMemory();
  const users = [user("atlantis")];
  const first = await setup.linked({ pbx: "a", users });
  const second = await setup.linked({ pbx: "b", users });
  first.setPresence("atlantis", "down");
  const heard = new Heard<Presence>();
  setup.bank.watch("atlantis", heard.tell);
  await heard.until((presence) => presence === "online");

  setup.dial("atlantis");
  await second.calls.next();

  equal(first.count("SubscribePresence"), 1);
});

Deno.test("[P33] a PBX that hasn't answered for an address is preferred to one that rejected it", async () => {
  using setup = new InMemory();
  await setup.linked({ pbx: "a", users: [] });
  const second = await setup.linked({ pbx: "b", users: [user("atlantis")] });
  second.distort = (answer) => answer.mt === "PresenceState" ? [] : [answer];
  second.setPresence("atlantis", "down");
  setup.bank.watch("atlantis", () => {});
  await turns();

  setup.dial("atlantis");
  const call = await second.calls.next();

  equal(call.visitorName, "Ada");
});

Deno.test("[P33] two App objects of one PBX share a subscription, and the other takes over if one disconnects", async () => {
  using setup = new InMemory();
  const one = await setup.linked({ object: "widgets", users: USERS });
  const two = await setup.linked({ object: "widgets2", users: USERS });
  const heard = new Heard<Presence>();
  setup.bank.watch("atlantis", heard.tell);
  await heard.until((presence) => presence === "online");
  equal(one.subscriptions + two.subscriptions, 1);
  deepEqual(setup.bank.status().links.map(({ key }) => key), [
    "example.com/master/widgets",
    "example.com/master/widgets2",
  ]);

  one.cut();
  await turns();
  setup.clock.advance(10_000);

  deepEqual(heard.all, ["offline", "online"]);
  equal(two.subscriptions, 1);
});

Deno.test("[P34] a missing right disables only what needs it, and the page names the right", async () => {
  using noSignal = new InMemory();
  await noSignal.linked({ apis: ["PbxApi", "PbxAdminApi"], users: USERS });
  const call = noSignal.dial("atlantis");
  const heard = new Heard<Presence>();
  noSignal.bank.watch("atlantis", heard.tell);
  await heard.until((presence) => presence === "online");
  using noPresence = new InMemory();
  const pbx = await noPresence.linked({ apis: ["PbxSignal"], users: USERS });
  const dialled = noPresence.dial("atlantis");
  await (await pbx.calls.next()).answer();
  await dialled.heard.until((event) => event.type === "connected");

  deepEqual(call.heard.all, [{ type: "terminated", cause: 27 }]);
  const [first, ...rest] = noSignal.bank.status().links[0]?.missing ?? [];
  deepEqual([first?.right, first?.isMandatory, rest], ["PbxSignal", true, []]);
  match(first?.text ?? "", /tick "PbxSignal" on the App object/);
  const missing = noPresence.bank.status().links[0]?.missing ?? [];
  deepEqual(missing.map(({ right }) => right), ["PbxApi", "PbxAdminApi"]);
  const search = await noPresence.bank.search(
    { text: "", limit: 10 },
    new AbortController().signal,
  );
  deepEqual(search, { agents: [], notice: "no-search" });
});

Deno.test("[P34] rights granted later take effect immediately", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ apis: ["PbxSignal"], users: USERS });
  const heard = new Heard<Presence>();
  setup.bank.watch("atlantis", heard.tell);
  await turns();
  equal(heard.all.at(-1), "offline");

  pbx.options.apis = ["PbxSignal", "PbxApi"];
  const { domain, pbx: name, apis } = pbx.options;
  pbx.raw({ mt: "PbxInfo", domain, pbx: name, apis });

  await heard.until((presence) => presence === "online");
});

Deno.test("[P34] a failed registration is shown and retried", async () => {
  using setup = new InMemory();
  const pbx = setup.pbx({ users: USERS });
  pbx.distort = (answer) =>
    answer.mt === "RegisterResult"
      ? [{ ...answer, err: "no licence" }]
      : [answer];
  await pbx.connect();
  await turns();
  const [status] = setup.bank.status().links;
  deepEqual([status?.registration, status?.registrationError], [
    "failed",
    "no licence",
  ]);
  const refused = setup.dial("atlantis");
  await turns();
  deepEqual(refused.heard.all, [{ type: "terminated", cause: 27 }]);

  pbx.distort = (answer) => [answer];
  setup.clock.advance(60_000);
  await turns();

  equal(setup.bank.status().links[0]?.registration, "registered");
  deepEqual(setup.bank.facts()[0]?.ice?.stun, "stun.example.com");
});

Deno.test("[P36] the trace has every message, without secrets and chat messages", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: USERS });
  setup.chat("atlantis");
  (await pbx.chats.next()).say("my password is xyzzy");
  const call = setup.dial("atlantis");
  await (await pbx.calls.next()).answer();
  await call.heard.until((event) => event.type === "connected");
  await turns();

  const all = setup.bank.trace.entries();
  const text = all.map((entry) => entry.text).join("\n");
  ok(text.includes('"digest":"***"') && text.includes('"challenge":"***"'));
  ok(!text.includes("xyzzy") && !text.includes("QbQNXI3C4aekoLrY00QVFnyx"));
  ok(text.includes('"data":"(20 characters)"'));
  deepEqual(all.map(({ id }) => id), all.map((_, index) => index + 1));
  const asked = setup.bank.trace.entries({ text: "GETBOOLEANS" });
  deepEqual(asked.map(({ direction }) => direction), ["out", "in"]);
  equal(setup.bank.trace.entries({ after: all.length - 1 }).length, 1);
  for (let n = 0; n < 1_000; n++) pbx.raw({ mt: "New" });
  await turns();
  equal(setup.bank.trace.entries().length, 1_000);
});

Deno.test("without any link, agents are offline and calls end with cause 27", async () => {
  using setup = new InMemory();

  const call = setup.dial("atlantis");
  const chat = setup.chat("atlantis");
  const search = await setup.bank.search(
    { text: "a", limit: 10 },
    new AbortController().signal,
  );
  await turns();

  deepEqual(call.heard.all, [{ type: "terminated", cause: 27 }]);
  deepEqual(chat.heard.all, [{ type: "terminated", cause: 27 }]);
  deepEqual(search, { agents: [], notice: "offline" });
  deepEqual(setup.bank.status().links, []);
});

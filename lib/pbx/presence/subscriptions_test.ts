import { deepEqual, equal } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { Heard } from "@/tests/support/heard.ts";
import {
  InMemory,
  turns,
  user,
  users,
} from "@/tests/support/simulated_pbx/in_memory.ts";

const BUSY = {
  api: "PbxApi",
  mt: "PresenceUpdate",
  presence: [{ contact: "im:", status: "open", activity: "busy" }],
};

Deno.test("[P21] 100 subscriptions are pending at most, and the others follow", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: users(250) });
  pbx.silent.add("SubscribePresence");
  for (const { sip } of pbx.options.users) setup.bank.watch(sip, () => {});
  const counts: number[] = [];

  for (let n = 0; n < 3; n++) {
    await turns();
    counts.push(pbx.count("SubscribePresence"));
    setup.clock.advance(10_000); // No answer comes in time.
  }

  deepEqual(counts, [100, 200, 250]);
});

Deno.test("[P21] an unanswered subscription is tried again a minute later", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("silent")] });
  pbx.silent.add("SubscribePresence");
  setup.bank.watch("silent", () => {});
  const counts: number[] = [];

  for (const ms of [9_999, 1, 59_999, 1]) {
    await turns();
    setup.clock.advance(ms);
    await turns();
    counts.push(pbx.count("SubscribePresence"));
  }

  deepEqual(counts, [1, 1, 1, 2]);
  deepEqual(
    setup.bank.status().links[0]?.errors.map(({ text }) => text),
    ["SubscribePresence was not answered"],
  );
});

Deno.test("[P21] an address that is dropped while it is queued is never subscribed", async () => {
  using setup = new InMemory();
  const all = users(100);
  for (const { sip } of all) setup.bank.watch(sip, () => {});
  setup.bank.watch("late", () => {})[Symbol.dispose]();
  setup.clock.advance(29_000);
  const pbx = setup.pbx({ users: [...all, user("late")] });
  pbx.silent.add("SubscribePresence");
  await pbx.connect();
  await turns();

  setup.clock.advance(20_000); // It is dropped, and then the others are late.
  await turns();

  equal(pbx.count("SubscribePresence"), 100);
  equal(pbx.count("UnsubscribePresence"), 0);
});

Deno.test("[P21] an address that is watched again after it was dropped gets a new subscription", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  setup.bank.watch("atlantis", () => {})[Symbol.dispose]();
  await turns();
  const before = pbx.received.find(({ mt }) => mt === "SubscribePresence");
  setup.clock.advance(30_000);
  await turns();
  const heard = new Heard<Presence>();

  setup.bank.watch("atlantis", heard.tell);
  await heard.until((presence) => presence === "online");
  pbx.raw({ ...BUSY, src: before?.src });
  await turns();

  deepEqual(heard.all, ["offline", "online"]);
  equal(pbx.count("SubscribePresence"), 2);
  equal(setup.bank.status().links[0]?.subscriptions, 1);
});

Deno.test("[P21] messages for an unanswered subscription change nothing", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("silent")] });
  pbx.silent.add("SubscribePresence");
  const heard = new Heard<Presence>();
  setup.bank.watch("silent", heard.tell);
  await turns();
  setup.clock.advance(10_000);
  await turns();

  const { src } = pbx.received.at(-1) ?? {};
  pbx.raw({ api: "PbxApi", mt: "PresenceState", src, up: true });
  pbx.raw({ ...BUSY, src });
  await turns();

  deepEqual(heard.all, ["offline"]);
});

Deno.test("[P20] a monitor that comes back is offline until its presence comes, which also says that it is up", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const heard = new Heard<Presence>();
  setup.bank.watch("atlantis", heard.tell);
  await heard.until((presence) => presence === "online");
  const { src } = pbx.received.find(({ mt }) => mt === "SubscribePresence") ??
    {};
  const state = { api: "PbxApi", mt: "PresenceState", src };

  for (
    const message of [
      { ...state, up: false },
      { ...state, up: true },
      { ...BUSY, src },
      { ...state, up: false },
      { ...BUSY, src },
    ]
  ) {
    pbx.raw(message);
    await turns();
  }

  deepEqual(heard.all, [
    "offline",
    "online",
    "offline",
    "busy",
    "offline",
    "busy",
  ]);
});

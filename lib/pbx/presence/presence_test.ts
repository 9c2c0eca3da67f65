import { deepEqual, equal, ok } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { Heard } from "@/tests/support/heard.ts";
import {
  InMemory,
  turns,
  user,
  users,
} from "@/tests/support/simulated_pbx/in_memory.ts";
import { CAPTURED } from "@/tests/support/simulated_pbx/presence.ts";
import type { PresenceCache } from "./pbx_presence.ts";

Deno.test("[P20] presence follows the PBX, and an agent whose monitor is down is offline", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const heard = watch(setup, "atlantis");
  await heard.until((presence) => presence === "online");

  pbx.setPresence("atlantis", { status: "open", activity: "on-the-phone" });
  await heard.until((presence) => presence === "busy");
  pbx.setPresence("atlantis", "down");
  await turns();
  pbx.setPresence("atlantis", { status: "open", activity: "" });
  await turns();
  pbx.setPresence("atlantis", { status: "closed", activity: "" });
  await turns();

  deepEqual(heard.all, [
    "offline",
    "online",
    "busy",
    "offline",
    "online",
    "offline",
  ]);
});

Deno.test("[P20] a null activity clears the old state", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const heard = watch(setup, "atlantis");
  await heard.until((presence) => presence === "online");

  pbx.setPresence("atlantis", CAPTURED.busy);
  await heard.until((presence) => presence === "busy");
  pbx.setPresence("atlantis", [
    { contact: "tel:", status: "open", activity: null },
  ]);
  await turns();

  equal(heard.all.at(-1), "online");
});

Deno.test("[P20] an address unknown to every PBX is offline", async () => {
  using setup = new InMemory();
  await setup.linked({ users: [] });

  const heard = watch(setup, "nobody");
  await turns();

  deepEqual(heard.all, ["offline"]);
});

Deno.test("[P21] 1000 agents in 50 widgets share 1000 subscriptions, dropped when unused", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: users(1_000) });
  const watches: Disposable[] = [];
  let online = 0;
  for (let widget = 0; widget < 50; widget++) {
    for (const { sip } of pbx.options.users) {
      watches.push(setup.bank.watch(sip, (presence) => {
        if (presence === "online") online++;
      }));
    }
  }
  await turns(60);

  equal(online, 50_000);
  equal(pbx.count("SubscribePresence"), 1_000);
  equal(setup.bank.status().links[0]?.subscriptions, 1_000);
  for (const one of watches) one[Symbol.dispose]();
  setup.clock.advance(30_000);
  await turns(60);
  equal(pbx.subscriptions, 0);
  equal(pbx.count("UnsubscribePresence"), 1_000);
});

Deno.test("[P21] reloading a page keeps the subscription", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const first = new Heard<Presence>();
  const gone = setup.bank.watch("atlantis", first.tell);
  await first.until((presence) => presence === "online");

  gone[Symbol.dispose]();
  gone[Symbol.dispose]();
  setup.clock.advance(29_999);
  const heard = watch(setup, "atlantis");
  setup.clock.advance(30_000);
  await turns();

  deepEqual(heard.all, ["online"]);
  equal(pbx.count("SubscribePresence"), 1);
  equal(pbx.count("UnsubscribePresence"), 0);
});

Deno.test("[P21] a rejected or unanswered subscription is retried", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("silent")] });
  pbx.silent.add("SubscribePresence");
  const silent = watch(setup, "silent");
  await turns();
  setup.clock.advance(10_000);
  pbx.silent.clear();
  const heard = watch(setup, "newcomer");
  await turns();
  pbx.options.users.push(user("newcomer"));

  setup.clock.advance(60_000);

  await heard.until((presence) => presence === "online");
  await silent.until((presence) => presence === "online");
  equal(pbx.count("SubscribePresence"), 4);
});

Deno.test("[P21] a dropped address is unsubscribed while the PBX could still accept it, not once rejected", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("silent")] });
  const rejected = setup.bank.watch("nobody", () => {});
  await turns();
  rejected[Symbol.dispose]();
  setup.clock.advance(30_000);
  await turns();
  equal(pbx.count("UnsubscribePresence"), 0);

  pbx.silent.add("SubscribePresence");
  const unanswered = setup.bank.watch("silent", () => {});
  await turns();
  setup.clock.advance(10_000);
  await turns();
  setup.clock.advance(45_000);
  unanswered[Symbol.dispose]();
  setup.clock.advance(30_000); // It is tried again in between.
  await turns();

  equal(pbx.count("SubscribePresence"), 3);
  equal(pbx.count("UnsubscribePresence"), 1);
});

Deno.test("[P22] agents of a lost link are offline within a second, and correct after the reconnect", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const heard = watch(setup, "atlantis");
  await heard.until((presence) => presence === "online");

  pbx.cut();
  await turns();
  setup.clock.advance(1_000);
  deepEqual(heard.all, ["offline", "online", "offline"]);
  pbx.setPresence("atlantis", { status: "open", activity: "dnd" });
  await pbx.connect();
  await heard.until((presence) => presence === "dnd");

  deepEqual(heard.all, ["offline", "online", "offline", "dnd"]);
});

Deno.test("[P22] visitors don't notice a link that returns quickly or is replaced", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const heard = watch(setup, "atlantis");
  await heard.until((presence) => presence === "online");

  pbx.cut();
  await turns();
  await pbx.connect();
  await turns();
  const newer = await setup.linked({ users: [user("atlantis")] });
  setup.clock.advance(60_000);
  await turns();

  deepEqual(heard.all, ["offline", "online"]);
  equal(pbx.subscriptions, 0, "the old link is closed");
  equal(setup.bank.status().links.length, 1);
  newer.setPresence("atlantis", { status: "open", activity: "away" });
  await heard.until((presence) => presence === "away");
});

Deno.test("[P22] presences that a new link doesn't confirm are offline after five seconds", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const heard = watch(setup, "atlantis");
  await heard.until((presence) => presence === "online");

  pbx.cut();
  pbx.silent.add("SubscribePresence");
  await pbx.connect();
  setup.clock.advance(4_999);
  deepEqual(heard.all, ["offline", "online"]);
  setup.clock.advance(1);

  deepEqual(heard.all, ["offline", "online", "offline"]);
});

Deno.test("[P22] a change during a disconnect is shown immediately, without a wrong state in between", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const heard = watch(setup, "atlantis");
  await heard.until((presence) => presence === "online");

  pbx.cut();
  pbx.setPresence("atlantis", { status: "open", activity: "busy" });
  await pbx.connect();
  await heard.until((presence) => presence === "busy");

  deepEqual(heard.all, ["offline", "online", "busy"]);
});

Deno.test("[P23] after a restart the last state is shown for a limited time, and never as online", async () => {
  using setup = new InMemory({
    cache: cacheOf({ online: "online", dnd: "dnd", gone: "busy" }),
  });
  await setup.bank.load();
  const online = watch(setup, "online");
  const dnd = watch(setup, "dnd");
  const gone = watch(setup, "gone");
  deepEqual([online.all, dnd.all, gone.all], [["away"], ["dnd"], ["busy"]]);

  await setup.linked({ users: [user("online")] });
  await online.until((presence) => presence === "online");
  setup.clock.advance(30_000);

  deepEqual(online.all, ["away", "online"]);
  deepEqual(dnd.all, ["dnd", "offline"]);
  deepEqual(gone.all, ["busy", "offline"]);
});

Deno.test("[P23] states from a PBX are stored for the next start, those of a lost link aren't", async () => {
  const kept: Record<string, Presence> = {};
  const cache = cacheOf({});
  cache.set = ({ address, presence }) => {
    kept[address] = presence;
    return Promise.resolve();
  };
  using setup = new InMemory({ cache });
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const heard = watch(setup, "atlantis");
  await heard.until((presence) => presence === "online");
  pbx.setPresence("atlantis", { status: "open", activity: "away" });
  await heard.until((presence) => presence === "away");
  setup.clock.advance(5_000);

  pbx.cut();
  await turns();
  setup.clock.advance(60_000);

  equal(heard.all.at(-1), "offline");
  deepEqual(kept, { atlantis: "away" });
});

Deno.test("[P23] a failing cache has no effect", async () => {
  const cache = cacheOf({});
  cache.set = () => Promise.reject(new Error("disk full"));
  using setup = new InMemory({ cache });
  await setup.linked({ users: [user("atlantis")] });
  const heard = watch(setup, "atlantis");
  await heard.until((presence) => presence === "online");

  setup.clock.advance(5_000);
  await turns();

  ok(heard.all.includes("online"));
});

function watch(setup: InMemory, address: string): Heard<Presence> {
  const heard = new Heard<Presence>();
  setup.bank.watch(address, heard.tell);
  return heard;
}

function cacheOf(states: Record<string, Presence>): PresenceCache {
  const entries = Object.entries(states);
  return {
    list: () =>
      Promise.resolve(
        entries.map(([address, presence]) => ({ address, presence, since: 0 })),
      ),
    set: () => Promise.resolve(),
  };
}

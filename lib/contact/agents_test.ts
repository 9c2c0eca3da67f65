import { deepEqual, equal } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { Metrics } from "@/lib/metrics/metrics.ts";
import { ADA } from "@/tests/support/bridge.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { runningContacts } from "@/tests/support/running_contacts.ts";
import { sampleOffer } from "@/tests/support/sdp.ts";
import { settle } from "@/tests/support/visitor_room.ts";
import { Bridge } from "./bridge.ts";
import { Directory } from "./directory.ts";
import type { OutgoingCall, OutgoingChat } from "./ports.ts";

const agent = (address: string, name = address) => ({
  address,
  name,
  email: "",
});

function call(address: string): OutgoingCall {
  return { id: "1", address, visitor: ADA, media: "voice", sdp: sampleOffer() };
}

function chat(address: string): OutgoingChat {
  return { id: "2", address, visitor: ADA, log: { since: () => [] } };
}

function directoryOf(pbx: FakeAgents, clock = new FakeClock()): Directory {
  const hub = new Hub<Topics>();
  return new Directory({ desk: new FakeAgents(), pbx, hub, clock });
}

/** Number of watched addresses. */
function watched(directory: Directory): number {
  return Object.values(directory.presences())
    .reduce((sum, count) => sum + count, 0);
}

Deno.test("[AGENT1] all watchers of an address share one subscription", () => {
  const agents = new FakeAgents(agent("atlantis"));
  using directory = directoryOf(agents);
  const told: string[] = [];
  const watch = (who: string) =>
    directory.watch("atlantis", (presence) => told.push(`${who} ${presence}`));

  const first = watch("first");
  const second = watch("second");
  const watches = agents.watching("atlantis");
  agents.setPresence("atlantis", "busy");
  agents.setPresence("atlantis", "busy");
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  agents.setPresence("atlantis", "away");
  const stillWatched = agents.watching("atlantis");
  second[Symbol.dispose]();

  deepEqual([watches, stillWatched, agents.watching("atlantis")], [1, 1, 0]);
  equal(watched(directory), 0);
  deepEqual(told, [
    "first online",
    "second online",
    "first busy",
    "second busy",
    "second away",
  ]);
});

Deno.test("[AGENT9] rapid changes are merged, and the last one is delivered", () => {
  const clock = new FakeClock();
  const agents = new FakeAgents(agent("atlantis"));
  using directory = directoryOf(agents, clock);
  const told: [number, Presence][] = [];
  const start = clock.now();
  using _watch = directory.watch(
    "atlantis",
    (presence) => told.push([clock.now() - start, presence]),
  );

  agents.setPresence("atlantis", "busy");
  agents.setPresence("atlantis", "away");
  agents.setPresence("atlantis", "dnd");
  agents.setPresence("atlantis", "offline");
  agents.setPresence("atlantis", "busy");
  agents.setPresence("atlantis", "online");
  clock.advance(499);
  const early = told.length;
  clock.advance(1);
  agents.setPresence("atlantis", "away");
  agents.setPresence("atlantis", "online");
  clock.advance(10_000);
  agents.setPresence("atlantis", "offline");

  equal(early, 5);
  deepEqual(told, [
    [0, "online"],
    [0, "busy"],
    [0, "away"],
    [0, "dnd"],
    [0, "offline"],
    [500, "online"],
    [10_500, "offline"],
  ]);
});

Deno.test("[AGENT9] ending a watch drops its pending change", () => {
  const clock = new FakeClock();
  const agents = new FakeAgents(agent("atlantis"));
  using directory = directoryOf(agents, clock);
  const watch = directory.watch("atlantis", () => {});
  for (const presence of ["busy", "away", "dnd", "busy", "away"] as const) {
    agents.setPresence("atlantis", presence);
  }

  const before = clock.pending;
  watch[Symbol.dispose]();

  deepEqual([before, clock.pending], [1, 0]);
});

Deno.test("[AGENT7] presences() counts each watched agent once, until its last watch ends", () => {
  const agents = new FakeAgents(agent("atlantis"));
  using directory = directoryOf(agents);

  const watches = [1, 2].map(() => directory.watch("atlantis", () => {}));
  const shown = directory.presences();
  for (const watch of watches) watch[Symbol.dispose]();

  deepEqual(shown, { online: 1, away: 0, busy: 0, dnd: 0, offline: 0 });
  equal(directory.presences().online, 0);
});

Deno.test("[AGENT2] an account's address belongs to the desk, any other to the PBX", () => {
  const desk = new FakeAgents(agent("anna"));
  const pbx = new FakeAgents(agent("anna"), agent("ben"));
  const hub = new Hub<Topics>();
  using directory = new Directory({ desk, pbx, hub, clock: new FakeClock() });

  for (const address of ["anna", "ben"]) {
    directory.dial(call(address), () => {});
    directory.openChat(chat(address), () => {});
  }

  const addresses = ({ calls, chats }: FakeAgents) => [
    ...calls.all.map((fake) => fake.call.address),
    ...chats.all.map((fake) => fake.chat.address),
  ];
  deepEqual(addresses(desk), ["anna", "anna"]);
  deepEqual(addresses(pbx), ["ben", "ben"]);
});

Deno.test("[AGENT3] without a PBX, calls to an unknown address fail", async () => {
  const hub = new Hub<Topics>();
  const clock = new FakeClock();
  using directory = new Directory({ desk: new FakeAgents(), hub, clock });
  const told: unknown[] = [];

  using _watch = directory.watch("ben", (presence) => told.push(presence));
  directory.dial(call("ben"), (event) => told.push(event));
  directory.openChat(chat("ben"), (event) => told.push(event));
  const early = told.length;
  await Promise.resolve();

  equal(early, 1);
  const over = { type: "terminated", cause: 1 };
  deepEqual(told, ["offline", over, over]);
});

Deno.test("[AGENT4] watches follow added and removed accounts", async () => {
  const desk = new FakeAgents();
  const pbx = new FakeAgents(agent("anna"), agent("ben"));
  pbx.setPresence("anna", "busy");
  const hub = new Hub<Topics>();
  using directory = new Directory({ desk, pbx, hub, clock: new FakeClock() });
  const told: Presence[] = [];
  const watch = directory.watch("anna", (presence) => told.push(presence));

  desk.add(agent("anna"), "online");
  hub.tell("account-changed", { id: "1" });
  await Promise.resolve();
  pbx.setPresence("anna", "dnd");
  desk.setPresence("anna", "dnd");
  desk.remove("anna");
  hub.tell("account-changed", { id: "1" });
  await Promise.resolve();
  const watches = [desk.watching("anna"), pbx.watching("anna")];
  watch[Symbol.dispose]();

  deepEqual(told, ["busy", "online", "dnd", "offline", "dnd"]);
  deepEqual(watches, [0, 1]);
  equal(pbx.watching("anna"), 0);
});

Deno.test("[AGENT6] a record that can't be stored doesn't end any other contact", async () => {
  const agents = new FakeAgents(agent("atlantis"));
  const bridge = new Bridge({
    agents,
    records: { add: () => Promise.reject(new Error("disk full")) },
    clock: new FakeClock(),
  });
  const told: string[] = [];
  const contacts = bridge.contacts({
    tell: (message) => told.push(message.mt),
  });

  contacts.createChat({ address: "atlantis", visitor: ADA });
  contacts.chat.dispatch({ type: "clear" });
  await bridge.settled();
  contacts.createChat({ address: "atlantis", visitor: ADA });
  contacts.chat.dispatch({ type: "message", id: "1", text: "Hello" });

  deepEqual(told, ["ChatInfo", "ChatAck"]);
});

Deno.test("[AGENT6] a stopping service waits for records that are being stored", async () => {
  const stored = Promise.withResolvers<void>();
  const bridge = new Bridge({
    agents: new FakeAgents(agent("atlantis")),
    records: { add: () => stored.promise },
    clock: new FakeClock(),
  });
  const contacts = bridge.contacts({ tell: () => {} });
  contacts.createChat({ address: "atlantis", visitor: ADA });
  contacts.chat.dispatch({ type: "clear" });
  let isSettled = false;

  const settled = bridge.settled().then(() => isSettled = true);
  await settle();
  equal(isSettled, false);
  stored.resolve();
  await settled;
});

/** Metrics that remember the order in which events were counted. */
class OrderedMetrics extends Metrics {
  readonly counted: string[] = [];

  override count(name: string, labels: Record<string, string> = {}): void {
    super.count(name, labels);
    this.counted.push([name, ...Object.values(labels)].join(" "));
  }
}

Deno.test("[AGENT7] calls and chats are counted, and running ones are listed", async () => {
  const agents = new FakeAgents(agent("atlantis"));
  const clock = new FakeClock();
  const metrics = new OrderedMetrics(clock);
  const bridge = new Bridge({
    agents: metrics.metered(agents),
    records: { add: () => Promise.resolve() },
    clock,
    counters: metrics,
  });
  const contacts = bridge.contacts({ tell: () => {} });

  contacts.createChat({ address: "atlantis", visitor: ADA });
  contacts.createCall({ address: "atlantis", visitor: ADA, video: false });
  contacts.call.dispatch({
    type: "channels",
    channels: { cmd: "PROPOSAL", sdp: sampleOffer() },
  });
  const during = await runningContacts(metrics);
  agents.chats.all[0]?.emit({ type: "joined" });
  contacts.close();

  deepEqual(during, { voice: 1, video: 0, chat: 1 });
  deepEqual(await runningContacts(metrics), { voice: 0, video: 0, chat: 0 });
  deepEqual(metrics.counted, [
    "contact_started chat",
    "contact_started voice",
    "contact_ended voice 16 false",
    "contact_ended chat 16 true",
  ]);
});

Deno.test("[AGENT8] records of one seat share an id that doesn't grant access to the seat", async () => {
  const records: ContactRecord[] = [];
  const agents = new FakeAgents({ address: "ada", name: "Ada", email: "" });
  const bridge = new Bridge({
    agents,
    records: { add: (record) => Promise.resolve(records.push(record)) },
    clock: new FakeClock(),
  });
  const request = { address: "ada", visitor: ADA };
  const seats = ["1", "2"].map((seat) => seat.repeat(64));
  const all = seats.map((seat) => bridge.contacts({ tell: () => {} }, seat));

  for (const contacts of [all[0], all[1], all[0]]) {
    contacts?.createChat(request);
    contacts?.chat.dispatch({ type: "clear" });
  }
  await bridge.settled();

  const visits = records.map(({ visit }) => visit);
  deepEqual(visits, ["1", "2", "1"].map((seat) => seat.repeat(32)));
});

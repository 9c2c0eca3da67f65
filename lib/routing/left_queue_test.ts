import { deepEqual } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import type { Route } from "@/lib/model/route.ts";
import { ADA } from "@/tests/support/bridge.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { settle } from "@/tests/support/visitor_room.ts";
import type { LeftQueue } from "./routed_place.ts";
import { TeamAgents } from "./team_agents.ts";

const ROUTE: Route = {
  steps: [{ agents: ["bob"], strategy: "all", ringMs: 20_000 }],
  queueMs: 60_000,
};
const team = `${ADA.widget.uuid}/team`;

/** A chat in the queue of a team whose member is busy. */
async function queued() {
  const clock = new FakeClock();
  const bank = new FakeAgents();
  bank.add({ address: "bob", name: "Bob", email: "" }, "busy");
  const left: LeftQueue[] = [];
  const teams = new TeamAgents({
    ...{ agents: bank, clock },
    watch: (...watched) => bank.watch(...watched),
    left: (queued) => left.push(queued),
  });
  const bridge = new Bridge({
    ...{ agents: teams, clock },
    records: { add: () => Promise.resolve() },
  });
  const contacts = bridge.contacts({ tell: () => {} }, "5".repeat(64));
  contacts.createChat({ address: "team", visitor: ADA, route: ROUTE });
  const wait = async (ms: number) => {
    clock.advance(ms);
    await settle();
  };
  await settle();
  await wait(1_000);
  return {
    ...{ bank, bridge, contacts, left, wait },
    [Symbol.dispose]: () => teams[Symbol.dispose](),
  };
}

Deno.test("[R10] a contact has left the queue with its time there when an agent answers, and only once", async () => {
  using room = await queued();
  await room.wait(11_000);

  room.bank.setPresence("bob", "online");
  await settle();
  const ringing = [...room.left];
  const chat = room.bank.chats.all.at(-1);
  chat?.emit({ type: "alerting" });
  chat?.emit({ type: "joined" });
  await settle();
  chat?.emit({ type: "terminated", cause: CAUSE.normal });
  await room.wait(60_000);

  deepEqual(ringing, []);
  deepEqual(room.left, [{ team, waitMs: 12_000, isAnswered: true }]);
});

Deno.test("[R10] a contact whose time in the queue is over has left it without an agent", async () => {
  using room = await queued();

  await room.wait(120_000);

  deepEqual(room.left.map(({ isAnswered }) => isAnswered), [false]);
});

Deno.test("[R10] a visitor who gives up has left the queue without an agent", async () => {
  using room = await queued();

  room.contacts.chat.dispatch({ type: "clear" });
  await settle();
  await room.bridge.settled();

  deepEqual(room.left, [{ team, waitMs: 1_000, isAnswered: false }]);
});

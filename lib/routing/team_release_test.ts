import { deepEqual } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import type { Route } from "@/lib/model/route.ts";
import { ADA } from "@/tests/support/bridge.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { fakeChatStore } from "@/tests/support/fake_chat_store.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { settle } from "@/tests/support/visitor_room.ts";
import type { LeftQueue } from "./routed_place.ts";
import { TeamAgents } from "./team_agents.ts";

const AGENTS = ["bob", "cleo"];
const ROUTE: Route = {
  steps: [{ agents: AGENTS, strategy: "all", ringMs: 20_000 }],
  queueMs: 60_000,
};

/** A chat with a team at an instance that loses it to another one. */
function releaseRoom(presence: "online" | "busy" = "online") {
  const clock = new FakeClock();
  const bank = new FakeAgents();
  for (const address of AGENTS) {
    bank.add({ address, name: address, email: "" }, presence);
  }
  const waiting: string[][] = [];
  const left: LeftQueue[] = [];
  const teams = new TeamAgents({
    ...{ agents: bank, clock },
    watch: (...watched) => bank.watch(...watched),
    left: (queued) => left.push(queued),
    report: (report) => waiting.push(report.waiting.map(({ id }) => id)),
  });
  const store = { isClaimed: false };
  const bridge = new Bridge({
    agents: teams,
    records: { add: () => Promise.resolve() },
    chatStore: fakeChatStore((changes) =>
      Promise.resolve(store.isClaimed ? changes.map(({ id }) => id) : [])
    ),
    clock,
    newId: () => "c",
  });
  const seat = "5".repeat(64);
  const contacts = bridge.contacts({ tell: () => {} }, seat);
  contacts.createChat({ address: "team", visitor: ADA, route: ROUTE });
  return {
    ...{ bank, bridge, clock, waiting, left },
    open: () =>
      bank.chats.all.filter(({ over }) => !over)
        .map(({ chat }) => chat.address),
    lose: {
      stop: () => contacts.suspend(),
      claim: async () => {
        store.isClaimed = true;
        contacts.chat.dispatch({ type: "message", id: "v1", text: "Hello" });
        await bridge.settled();
        await settle();
      },
    },
    [Symbol.dispose]: () => teams[Symbol.dispose](),
  };
}

for (const way of ["stop", "claim"] as const) {
  Deno.test(`[R7] a chat that leaves the instance by ${way} no longer rings the members there`, async () => {
    using room = releaseRoom();
    await room.bridge.settled();
    const before = room.open();

    await room.lose[way]();
    const after = room.open();
    room.clock.advance(30_000);

    deepEqual([before, after, room.open()], [AGENTS, [], []]);
    deepEqual(
      room.bank.chats.all.map(({ commands }) => commands.all.at(-1)),
      AGENTS.map(() => ({ type: "close", cause: CAUSE.temporaryFailure })),
    );
  });

  Deno.test(`[R10] a chat that leaves the instance by ${way} leaves the queue there`, async () => {
    using room = releaseRoom("busy");
    await room.bridge.settled();
    const before = room.waiting.at(-1);

    await room.lose[way]();

    deepEqual([before, room.waiting.at(-1)], [["c"], []]);
    deepEqual(room.left, []); // It waits at the other instance.
  });

  Deno.test(`[R7] an answered chat that leaves the instance by ${way} stays with its agent`, async () => {
    using room = releaseRoom();
    await room.bridge.settled();
    room.bank.chats.all[0]?.emit({ type: "joined", name: "Bob" });
    await room.bridge.settled();

    await room.lose[way]();

    deepEqual(room.open(), ["bob"]);
  });
}

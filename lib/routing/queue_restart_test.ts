import { deepEqual, equal, ok } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import type { VisitorPort } from "@/lib/contact/ports.ts";
import type { Route } from "@/lib/model/route.ts";
import { RunningChatStore } from "@/lib/store/running_chat_store.ts";
import { ADA } from "@/tests/support/bridge.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { settle } from "@/tests/support/visitor_room.ts";
import { TeamAgents } from "./team_agents.ts";

const AGENTS = ["ada", "bob", "cleo"];
const TEAM = "team-0123456789ab";
const ROUTE: Route = {
  steps: [{ agents: AGENTS, strategy: "all", ringMs: 20_000 }],
  queueMs: 3_600_000,
};
const WAITING = 50;

/** A team with a queue, over restarts of the service. */
class QueueRoom implements Disposable {
  readonly clock = new FakeClock();
  /** The positions that each seat was told, in order. */
  readonly positions = new Map<string, number[]>();
  /** The seats in the order in which an agent has joined. */
  readonly served: string[] = [];
  readonly #kv: Deno.Kv;
  #agents = new FakeAgents();
  #teams!: TeamAgents;
  bridge!: Bridge;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
    this.#start("online");
  }

  #start(presence: "online" | "busy" | "offline"): void {
    this.#agents = new FakeAgents();
    for (const address of AGENTS) {
      this.#agents.add({ address, name: address, email: "" }, presence);
    }
    const { clock } = this;
    const bank = this.#agents;
    this.#teams = new TeamAgents({
      ...{ agents: bank, clock },
      watch: (...watched) => bank.watch(...watched),
      readWaits: () => Promise.resolve(Array(9).fill(240_000)),
    });
    this.bridge = new Bridge({
      agents: this.#teams,
      records: { add: () => Promise.resolve() },
      chatStore: new RunningChatStore(this.#kv),
      clock,
    });
  }

  visitor(seat: string): VisitorPort {
    return {
      tell: (message) => {
        if (message.mt === "QueueInfo") {
          const before = this.positions.get(seat) ?? [];
          this.positions.set(seat, [...before, message.position]);
        }
        const isJoined = message.mt === "ChatInfo" &&
          message.state === "connected";
        if (isJoined && !this.served.includes(seat)) this.served.push(seat);
      },
    };
  }

  async come(seat: string): Promise<void> {
    this.clock.advance(10);
    const contacts = this.bridge.contacts(this.visitor(seat), seat);
    contacts.createChat({ address: TEAM, visitor: ADA, route: ROUTE });
    await settle();
    this.#join();
    await this.bridge.settled();
  }

  /** An agent ends the chat, and joins the next one. */
  async next(address: string): Promise<void> {
    this.#find(address)?.end(CAUSE.normal);
    this.#agents.setPresence(address, "online");
    await settle();
    this.#join();
    await this.bridge.settled();
    await settle();
    this.clock.advance(1_000);
    await settle();
  }

  /** An agent ends the chat, and the next one rings. */
  async ring(address: string): Promise<void> {
    this.#find(address)?.end(CAUSE.normal);
    this.#agents.setPresence(address, "online");
    await settle();
    this.#find(address)?.emit({ type: "alerting" });
    await settle();
  }

  /** @param presence That of the agents afterwards. */
  async restart(presence: "busy" | "offline" = "busy"): Promise<void> {
    await this.bridge.settled();
    this.#teams[Symbol.dispose]();
    this.#start(presence);
    for (const lost of await this.bridge.lost()) {
      lost.resume(this.visitor(lost.seat));
    }
    await settle();
    this.clock.advance(1_000);
    await settle();
  }

  /** The chat that rings or runs at the agent. */
  #find(address: string) {
    return this.#agents.chats.all.findLast(({ chat, over }) =>
      chat.address === address && !over
    );
  }

  /** Each free agent joins the chat that rings there. */
  #join(): void {
    for (const fake of [...this.#agents.chats.all]) {
      const { chat: { address } } = fake;
      if (fake.over || !this.#isFree(address)) continue;
      this.#agents.setPresence(address, "busy");
      fake.emit({ type: "alerting" });
      fake.emit({ type: "joined" });
    }
  }

  #isFree(address: string): boolean {
    let isFree = false;
    using _watch = this.#agents.watch(address, (presence) => {
      isFree = presence === "online";
    });
    return isFree;
  }

  [Symbol.dispose](): void {
    this.#teams[Symbol.dispose]();
    this.#kv.close();
  }
}

Deno.test("[R10] a queue of 50 for 3 agents keeps its order over a restart, and no position increases", async () => {
  using room = new QueueRoom(await Deno.openKv(":memory:"));
  const seats = Array.from(
    { length: AGENTS.length + WAITING },
    (_, n) => String(n).padStart(64, "0"),
  );
  for (const seat of seats) await room.come(seat);
  room.clock.advance(1_000);
  const waiting = seats.slice(AGENTS.length);
  const first = waiting.map((seat) => room.positions.get(seat)?.at(-1));

  for (let n = 0; n < 10; n++) await room.next(AGENTS[n % 3] ?? "");
  await room.restart();
  const after = waiting.slice(10)
    .map((seat) => room.positions.get(seat)?.at(-1));
  for (let n = 0; n < WAITING - 10; n++) await room.next(AGENTS[n % 3] ?? "");

  deepEqual(first, waiting.map((_, n) => n + 1));
  deepEqual(after, waiting.slice(10).map((_, n) => n + 1));
  deepEqual(room.served, seats);
  for (const [seat, told] of room.positions) {
    const sorted = told.toSorted((a, b) => b - a);
    deepEqual(told, sorted, `positions of ${seat}`);
    equal(told.at(-1), 1);
  }
  ok(room.positions.size === WAITING);
});

/** Three agents who have a chat, and two more chats in the queue. */
async function busyRoom() {
  const room = new QueueRoom(await Deno.openKv(":memory:"));
  const seats = [..."01234"].map((digit) => digit.repeat(64));
  for (const seat of seats) await room.come(seat);
  room.clock.advance(1_000);
  return { room, seats, [Symbol.dispose]: () => room[Symbol.dispose]() };
}

Deno.test("[R10] the first contact of the queue keeps its place over a restart while an agent is notified of it", async () => {
  using busy = await busyRoom();
  const { room, seats } = busy;
  await room.ring("ada");

  await room.restart();
  room.clock.advance(25_000);
  await settle();
  for (const address of ["ada", "bob"]) await room.next(address);

  deepEqual(room.served, seats);
});

Deno.test("[R7] after a restart, the first contact of the queue waits 20 s for agents to be available", async () => {
  for (const isRinging of [false, true]) {
    using busy = await busyRoom();
    const { room, seats } = busy;
    if (isRinging) await room.ring("ada");

    await room.restart("offline");
    room.clock.advance(18_000);
    await settle();
    for (const address of ["ada", "bob"]) await room.next(address);

    deepEqual(room.served, seats, `ringing: ${isRinging}`);
  }
});

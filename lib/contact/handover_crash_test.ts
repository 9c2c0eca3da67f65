import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import type {
  ChatChange,
  ChatEntry,
  RunningChat,
} from "@/lib/model/running_chat.ts";
import { TeamAgents } from "@/lib/routing/team_agents.ts";
import { ADA } from "@/tests/support/bridge.ts";
import { asyncProperty, type Chance } from "@/tests/support/chance.ts";
import { fakeChatStore } from "@/tests/support/fake_chat_store.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Bridge } from "./bridge.ts";
import type {
  ChatBefore,
  ChatEvent,
  ChatLeg,
  ContactAgents,
  OutgoingChat,
} from "./ports.ts";
import type { SeatContacts } from "./seat_contacts.ts";
import { unreachable } from "./unreachable.ts";

const SEAT = "5".repeat(64);

/** A leg at an agent's desk, which outlives the visitor's side. */
interface DeskLeg {
  id: string;
  address: string;
  state: "ringing" | "joined" | "over";
  tell: (event: ChatEvent) => void;
}

/** Desks of other instances: they keep their legs if the bridge is killed. */
class Desks implements ContactAgents {
  readonly legs = new Map<string, DeskLeg>();

  dial(): never {
    throw new Error("Nobody calls");
  }

  openChat({ id, address }: OutgoingChat, tell: DeskLeg["tell"]): ChatLeg {
    return this.#add({ id, address, state: "ringing", tell });
  }

  resumeChat(
    { id, address }: OutgoingChat,
    tell: DeskLeg["tell"],
    { joinedAt }: ChatBefore,
  ): ChatLeg {
    const known = this.legs.get(id);
    if (known?.state === "over") return unreachable(CAUSE.normal, tell);
    const state = known?.state ??
      (joinedAt === undefined ? "ringing" : "joined");
    const leg = this.#add({ id, address, state, tell });
    const isMissed = state === "joined" && joinedAt === undefined;
    if (isMissed) queueMicrotask(() => emit(this.legs.get(id), "joined"));
    return leg;
  }

  #add(leg: DeskLeg): ChatLeg {
    this.legs.set(leg.id, leg);
    return {
      send: (command) => {
        if (this.legs.get(leg.id) !== leg || command.type !== "close") return;
        end(leg, command.cause);
      },
    };
  }
}

function emit(leg: DeskLeg | undefined, type: "joined"): void {
  if (leg === undefined || leg.state === "over") return;
  leg.state = "joined";
  leg.tell({ type, name: leg.address });
}

function end(leg: DeskLeg, cause: number): void {
  if (leg.state === "over") return;
  leg.state = "over";
  leg.tell({ type: "terminated", cause });
}

/** A service that is killed at any moment, and whose writes take time. */
class Service {
  readonly desks = new Desks();
  readonly #clock = new FakeClock();
  readonly #heads = new Map<string, RunningChat>();
  #writing: (() => void)[] = [];
  #life = 0;
  contacts: SeatContacts;
  ended = 0;

  constructor() {
    this.contacts = this.#start().contacts({ tell: () => {} }, SEAT);
    this.contacts.createChat({ address: "otto", visitor: ADA });
  }

  get isStored(): boolean {
    return this.#writing.length === 0;
  }

  /** The store answers. */
  async store(): Promise<void> {
    for (let n = 0; n < 5; n++) {
      for (const write of this.#writing.splice(0)) write();
      await turn();
    }
  }

  /** Kills the service. Changes that were not stored are lost. */
  async restart(): Promise<void> {
    this.#writing = [];
    for (const leg of this.desks.legs.values()) leg.tell = () => {};
    const [lost] = await this.#start().lost();
    if (lost === undefined) this.ended++;
    else this.contacts = lost.resume({ tell: () => {} });
    await this.store();
  }

  #start(): Bridge {
    const life = ++this.#life;
    const kept = [...this.#heads.values()].map((chat) => ({
      chat,
      entries: [] as ChatEntry[],
    }));
    return new Bridge({
      agents: new TeamAgents({
        ...{ agents: this.desks, clock: this.#clock },
        watch: () => ({ [Symbol.dispose]: () => {} }),
      }),
      records: {
        add: () => Promise.resolve(void (life === this.#life && this.ended++)),
      },
      chatStore: fakeChatStore((changes) => this.#write(changes, life), kept),
      clock: this.#clock,
    });
  }

  #write(
    changes: readonly ChatChange[],
    life: number,
  ): Promise<readonly string[]> {
    const { promise, resolve } = Promise.withResolvers<readonly string[]>();
    if (life !== this.#life) return promise;
    this.#writing.push(() => {
      for (const change of changes) this.#apply(change);
      resolve([]);
    });
    return promise;
  }

  #apply(change: ChatChange): void {
    if (change.type === "gone") this.#heads.delete(change.id);
    if (change.type === "kept" && change.chat) {
      this.#heads.set(change.id, change.chat);
    }
  }
}

Deno.test("[CHAT31] over any order of offers, answers and kills, exactly one agent has a running chat", async () => {
  await asyncProperty(1_000, live);
});

async function live(luck: Chance): Promise<void> {
  const service = new Service();
  await service.store();
  for (const leg of service.desks.legs.values()) emit(leg, "joined");
  await service.store();
  for (let n = 0; n < 25; n++) {
    await act(service, luck);
    await turn();
    if (luck.below(3) > 0) await service.store();
    if (!service.isStored) continue;
    const open = [...service.desks.legs.values()]
      .filter(({ state }) => state !== "over");
    const holders = open.filter(({ state }) => state === "joined");
    equal(service.ended, 0);
    equal(holders.length, 1);
    equal(open.length - holders.length <= 1, true);
  }
  await service.store();
  service.contacts.close();
  await service.store();
  deepEqual(
    [...service.desks.legs.values()].filter(({ state }) => state !== "over"),
    [],
  );
}

async function act(service: Service, luck: Chance): Promise<void> {
  const legs = [...service.desks.legs.values()];
  const holder = legs.find(({ state }) => state === "joined");
  const asked = legs.find(({ state }) => state === "ringing");
  switch (luck.below(8)) {
    case 0:
    case 1:
    case 2: {
      const to = luck.pick(["bob", "carol", "otto"]);
      return holder?.tell({ type: "hand-over", to, name: "", note: "" });
    }
    case 3:
    case 4:
      return emit(asked, "joined");
    case 5:
      if (asked) end(asked, CAUSE.rejected);
      return;
    case 6:
      return holder?.tell({ type: "withdraw" });
    default:
      return await service.restart();
  }
}

/** Lets the microtasks of a write and its answer run. */
async function turn(): Promise<void> {
  for (let n = 0; n < 30; n++) await Promise.resolve();
}

import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { Route } from "@/lib/model/route.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import type { HandoverWay } from "@/lib/contact/hand_over.ts";
import type { VisitorMessage } from "@/lib/contact/ports.ts";
import type { SeatContacts } from "@/lib/contact/seat_contacts.ts";
import { TeamAgents } from "@/lib/routing/team_agents.ts";
import type { RunningChatStore } from "@/lib/store/running_chat_store.ts";
import { ADA } from "./bridge.ts";
import { FakeAgents, type FakeChat } from "./fake_agents.ts";
import { FakeClock } from "./fake_clock.ts";

export const TO_TEAM = {
  ...{ type: "hand-over", to: "team-1", name: "Otto", note: "VIP" } as const,
  isTeam: true,
} as const;
/** Otto is a member himself. */
const ROUTE: Route = {
  steps: [{ agents: ["OTTO", "bob", "cleo"], strategy: "all", ringMs: 60_000 }],
  queueMs: 600_000,
};

/** Only the card of an agent at a PBX names the agent. */
const DORA: HandoverWay = {
  route: { steps: [{ agents: ["dora"], strategy: "all", ringMs: 60_000 }] },
  name: "Dora (Sales)",
};
const WAYS: Record<string, HandoverWay> = {
  "team-1": { route: ROUTE, name: "Sales" },
  dora: DORA,
};

/** A chat that Otto has joined, and a team of the widget. */
export class TeamRoom {
  readonly clock = new FakeClock();
  readonly told: VisitorMessage[] = [];
  readonly records: ContactRecord[] = [];
  readonly #store: RunningChatStore | undefined;
  agents = new FakeAgents();
  bridge: Bridge;
  contacts: SeatContacts;

  constructor(store?: RunningChatStore) {
    this.#store = store;
    this.bridge = this.#open();
    this.contacts = this.bridge.contacts({ tell: (m) => this.told.push(m) });
    this.contacts.createChat({ address: "otto", visitor: ADA });
  }

  static async joined(store?: RunningChatStore) {
    const room = new TeamRoom(store);
    await turn();
    const [otto] = room.chats;
    if (otto === undefined) throw new Error("Cannot find the chat");
    otto.emit({ type: "joined", name: "Otto" });
    return { room, otto };
  }

  get chats(): FakeChat[] {
    return this.agents.chats.all;
  }

  /** Returns the legs that ring at members of the team. */
  get asked(): FakeChat[] {
    return this.chats.filter(({ over, chat }) => !over && chat.offeredBy);
  }

  at(address: string): FakeChat {
    const found = this.asked.find(({ chat }) => chat.address === address);
    if (found === undefined) throw new Error(`Cannot find ${address}`);
    return found;
  }

  /** The process was killed. */
  async restart(): Promise<void> {
    this.agents.chats.all.length = 0;
    this.bridge = this.#open();
    const [lost] = await this.bridge.lost();
    if (lost === undefined) throw new Error("Cannot find a stored chat");
    this.contacts = lost.resume({ tell: (m) => this.told.push(m) });
  }

  #open(): Bridge {
    const { clock } = this;
    const agents = this.agents = new FakeAgents();
    for (const address of ["otto", "bob", "cleo", "dora"]) {
      agents.add({ address, name: address, email: "" });
    }
    return new Bridge({
      agents: new TeamAgents({
        ...{ agents, clock },
        watch: (...watched) => agents.watch(...watched),
      }),
      routeTo: (_, team) =>
        team === "broken"
          ? Promise.reject(new Error("The store is away"))
          : Promise.resolve(WAYS[team]),
      records: { add: (one) => Promise.resolve(this.records.push(one)) },
      ...this.#store && { chatStore: this.#store },
      clock,
    });
  }
}

/** Lets all pending microtasks run. */
export const turn = () => new Promise<void>((resolve) => setTimeout(resolve));

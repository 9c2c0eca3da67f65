import type {
  AgentFinder,
  AgentPort,
  ChatBefore,
  ChatEntry,
} from "@/lib/contact/ports.ts";
import { OpenedChat } from "../contact/agent_port_steps.ts";
import { OTTO } from "../contact/desk_harness.ts";
import { ClusterInstance } from "./cluster_instance.ts";
import { contactOfLeg } from "@/lib/base/ids.ts";
import { account, ADA, DeskRoom } from "./desk_room.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeDeskPage } from "./fake_desk_page.ts";
import { LossyBus, MemoryBus } from "./memory_bus.ts";
import { type Chance, chance } from "./chance.ts";

/** An instance with a desk, whose bus can be cut. */
export interface RoomInstance extends ClusterInstance {
  desk: DeskRoom;
  bus: LossyBus;
  pipesBus: LossyBus;
}

interface ChatOptions {
  id?: string;
  bank?: "desk" | "pbx";
  address?: string;
}

/** The second agent of the service. */
export const BOB = account("bob", { displayName: "Bob" });

/** Instances of one service with the real desk, one clock, and two agents. */
export class ClusterRoom implements AsyncDisposable {
  readonly clock = new FakeClock();
  /** Part of the frames of pipes that is lost, for instances that start later. */
  lost = 0;
  luck: Chance = chance(1);
  isStoreAway = false;
  /** The homes of the agents' workspaces, as they are stored, by address. */
  readonly #homes = new Map<string, string>();
  /** The homes of chats, as they are stored. */
  readonly #chatHomes = new Map<string, string>();
  readonly #bus = new MemoryBus(this.clock);
  readonly #instances: RoomInstance[] = [];

  static async open(
    ...names: string[]
  ): Promise<{ room: ClusterRoom; all: RoomInstance[] }> {
    const room = new ClusterRoom();
    const all: RoomInstance[] = [];
    for (const name of names) all.push(await room.start(name));
    await room.pass(10);
    return { room, all };
  }

  async start(
    own: string,
    pbx?: AgentPort & AgentFinder,
    { isLinked = pbx !== undefined } = {},
  ): Promise<RoomInstance> {
    const desk = await DeskRoom.open([OTTO, BOB]);
    const { clock, luck, lost } = this;
    const bus = new LossyBus(this.#bus, { clock, luck });
    const pipesBus = new LossyBus(bus, { clock, luck, lost });
    const instance = Object.assign(
      new ClusterInstance({
        ...{ own, bus, pipesBus, clock, desk: desk.bank, isLinked },
        homeOf: (address) => Promise.resolve(this.#homes.get(address)),
        homeOfChat: (chat) =>
          this.isStoreAway
            ? Promise.reject(new Error("no answer"))
            : Promise.resolve(this.#chatHomes.get(contactOfLeg(chat))),
        ...(pbx && { pbx }),
      }),
      { desk, bus, pipesBus },
    );
    this.#instances.push(instance);
    return instance;
  }

  /** Stores the home of a call or chat. */
  store(contact: string, home: RoomInstance): void {
    this.#chatHomes.set(contact, home.id);
  }

  /** Kills an instance; the others notice it 2 s later. */
  kill(instance: RoomInstance): void {
    instance.bus.isCut = true;
  }

  /** An instance that was taken for dead wakes up. */
  wake(instance: RoomInstance): void {
    instance.bus.isCut = false;
  }

  /** Lets the time of all instances pass. */
  async pass(ms: number): Promise<void> {
    const step = ms <= 100 ? 10 : 50;
    for (let left = ms; left > 0; left -= step) {
      this.clock.advance(step);
      for (const { desk } of this.#instances) desk.clock.advance(step);
      for (let n = 0; n < 10; n++) await Promise.resolve();
    }
  }

  /** A page of Bob connects. */
  async connectBob(instance: RoomInstance): Promise<FakeDeskPage> {
    const page = new FakeDeskPage(instance.desk.bank, BOB);
    await this.#arrive(instance, "bob");
    page.connect();
    await this.pass(10);
    return page;
  }

  /** A page of the agent connects, after the agent's chats have arrived. */
  async connect(
    instance: RoomInstance,
    page: FakeDeskPage = instance.desk.page(),
    chats: { chat: string; seq: number }[] = [],
    calls: { call: string; heard: number }[] = [],
  ): Promise<FakeDeskPage> {
    await this.#arrive(instance, "otto");
    page.connect({ chats, calls });
    await this.pass(10);
    return page;
  }

  /** The agent's workspace gets a home, and the agent's chats arrive there. */
  async #arrive(instance: RoomInstance, address: string): Promise<void> {
    this.#homes.set(address, instance.id);
    let isThere = false;
    const gathered = instance.agents.gather(address)
      .then(() => isThere = true);
    for (let n = 0; n < 60 && !isThere; n++) await this.pass(10);
    await gathered;
  }

  /** A visitor of this instance writes to the agent. */
  async chat(
    home: RoomInstance,
    { id = "chat", bank = "desk", address = "Otto" }: ChatOptions = {},
  ): Promise<OpenedChat> {
    this.#chatHomes.set(id, home.id);
    const chat = new OpenedChat((log, tell) =>
      home.agents[bank].openChat({ id, address, visitor: ADA, log }, tell)
    );
    await this.pass(10);
    return chat;
  }

  /** Another instance becomes the chat's home, with what is stored of it. */
  async resume(
    home: RoomInstance,
    before: ChatBefore,
    stored: readonly ChatEntry[],
    { id = "chat", bank = "desk", address = "otto" }: ChatOptions = {},
  ): Promise<OpenedChat> {
    this.#chatHomes.set(id, home.id);
    const chat = new OpenedChat((log, tell) => {
      const request = { id, address, visitor: ADA, log };
      const leg = home.agents[bank].resumeChat?.(request, tell, before);
      if (leg === undefined) throw new Error("The chat could not be resumed");
      return leg;
    }, stored);
    await this.pass(100);
    return chat;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const instance of this.#instances) {
      instance[Symbol.dispose]();
      await instance.desk[Symbol.asyncDispose]();
    }
  }
}

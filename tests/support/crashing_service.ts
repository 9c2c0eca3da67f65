import { CAUSE } from "@/lib/base/causes.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import type {
  ChatBefore,
  ChatEvent,
  ChatLeg,
  ContactAgents,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import type { SeatContacts } from "@/lib/contact/seat_contacts.ts";
import { unreachable } from "@/lib/contact/unreachable.ts";
import type {
  ChatChange,
  ChatEntry,
  RunningChat,
} from "@/lib/model/running_chat.ts";
import { TeamAgents } from "@/lib/routing/team_agents.ts";
import { ADA } from "./bridge.ts";
import { fakeChatStore } from "./fake_chat_store.ts";
import { FakeClock } from "./fake_clock.ts";

const SEAT = "5".repeat(64);

/** A leg at an agent's desk, which outlives the visitor's side. */
export interface DeskLeg {
  id: string;
  address: string;
  state: "ringing" | "joined" | "over";
  /** Names of the other agents, as this process has told them. */
  others?: string[];
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
        if (this.legs.get(leg.id) !== leg) return;
        if (command.type === "agents") leg.others = command.others;
        if (command.type !== "close") return;
        end(leg, command.cause);
      },
    };
  }
}

/** The agent joins. */
export function emit(leg: DeskLeg | undefined, type: "joined"): void {
  if (leg === undefined || leg.state === "over") return;
  leg.state = "joined";
  leg.tell({ type, name: leg.address });
}

/** The agent leaves. */
export function end(leg: DeskLeg, cause: number): void {
  if (leg.state === "over") return;
  leg.state = "over";
  leg.tell({ type: "terminated", cause });
}

/** A service that is killed at any moment, and whose writes take time. */
export class CrashingService {
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

/** Lets the microtasks of a write and its answer run. */
export async function turn(): Promise<void> {
  for (let n = 0; n < 30; n++) await Promise.resolve();
}

import type { Clock } from "@/lib/base/clock.ts";
import { Hub } from "@/lib/base/hub.ts";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import { Directory } from "@/lib/contact/directory.ts";
import type {
  ChatLog,
  ContactAgents,
  OutgoingCall,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import { DeskBank } from "@/lib/desk/bank.ts";
import type { Account } from "@/lib/model/account.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { Widget } from "@/lib/model/widget.ts";
import { VisitorBank } from "@/lib/visitor/bank.ts";
import { anAgent, contentWith } from "../any_widget.ts";
import { FakeInbox } from "../fake_inbox.ts";
import { MortalClock } from "./mortal_clock.ts";
import type { UnsteadyStore } from "./unsteady_store.ts";

export const UUID = "fadc5da4cae94bfc9434d9957ea08ccb";
export const AGENT = { id: "otto", dn: "Otto" };
export const ACCOUNT: Account = {
  id: "id-otto",
  name: AGENT.id,
  displayName: AGENT.dn,
  roles: ["agent"],
  createdAt: 0,
};
const WIDGET: Widget = {
  uuid: UUID,
  type: "cardset",
  createdAt: 0,
  updatedAt: 0,
  content: contentWith([
    anAgent(AGENT.id, { name: AGENT.dn, media: ["voice", "video", "chat"] }),
  ]),
};
/** One visitor does more in a minute than a person could. */
const LIMITS = {
  contactsPerMinute: 10_000,
  contactsPerAddressPerMinute: 10_000,
  contactsAtOncePerAddress: 10_000,
  startsPerAddressPerMinute: 10_000,
};

/** A call or chat at the agent's side, as the bridge has it. */
export interface Leg {
  kind: "call" | "chat";
  id: string;
  isOver: boolean;
  log?: ChatLog;
}

/** The service without its port, from the start of a process to its end. */
export class ServiceProcess {
  readonly visitors: VisitorBank;
  readonly desk: DeskBank;
  readonly legs: Leg[];
  readonly records: ContactRecord[];
  readonly #clock: MortalClock;

  private constructor(
    desk: DeskBank,
    clock: MortalClock,
    { store, legs, records }: Outliving,
  ) {
    this.#clock = clock;
    this.desk = desk;
    this.legs = legs;
    this.records = records;
    const bridge = new Bridge({
      agents: watched(desk, legs),
      records: { add: (record) => Promise.resolve(records.push(record)) },
      clock,
      chatStore: {
        write: (changes) =>
          store.pass(() => clock.isOver || store.write(changes)).then(() => []),
        async *all() {
          yield* [...store.chats.values()];
        },
        claim: (id) => store.pass(() => store.chats.get(id)),
        ofSeat: (seat) => store.pass(() => store.ofSeat(seat)),
      },
    });
    this.visitors = new VisitorBank({
      widgets: () => store.pass(() => WIDGET),
      pictures: () => Promise.resolve(undefined),
      hub: new Hub<Topics>(),
      bridge,
      presence: new Directory({ desk, hub: new Hub<Topics>(), clock }),
      ice: () => ({ mt: "IceConfig", stun: "", turn: "" }),
      texts: {},
      clock,
      inquiries: new FakeInbox(),
      limits: LIMITS,
    });
  }

  static async start(
    clock: Clock,
    outliving: Outliving,
  ): Promise<ServiceProcess> {
    const mortal = new MortalClock(clock);
    const desk = await DeskBank.open({
      accounts: { list: () => Promise.resolve([ACCOUNT]) },
      choices: {
        get: () => Promise.resolve("online"),
        set: () => Promise.resolve(),
      },
      hub: new Hub<Topics>(),
      clock: mortal,
      ice: () => ({ stun: "", turn: "" }),
    });
    const process = new ServiceProcess(desk, mortal, outliving);
    await process.visitors.restore();
    return process;
  }

  acceptVisitor(socket: Socket, peer: Peer): SocketEvents {
    return this.visitors.accept(socket, peer);
  }

  acceptAgent(socket: Socket): SocketEvents {
    return this.desk.accept(socket, ACCOUNT);
  }

  /** Ends everything immediately, like `kill -9`. */
  kill(): void {
    this.#clock.end();
    for (const leg of this.legs) leg.isOver = true;
  }
}

/** State that outlives a process. */
export interface Outliving {
  store: UnsteadyStore;
  legs: Leg[];
  records: ContactRecord[];
}

/** Returns the bank, and records each of its legs. */
function watched(bank: DeskBank, legs: Leg[]) {
  type Tell<E> = (event: E) => void;
  const watch = <E extends { type: string }>(leg: Leg, tell: Tell<E>) => {
    legs.push(leg);
    return (event: E) => {
      if (event.type === "terminated") leg.isOver = true;
      tell(event);
    };
  };
  const ofChat = ({ id, log }: OutgoingChat): Leg => ({
    kind: "chat",
    id,
    log,
    isOver: false,
  });
  const agents: ContactAgents = {
    dial: (call: OutgoingCall, tell) =>
      bank.dial(
        call,
        watch({ kind: "call", id: call.id, isOver: false }, tell),
      ),
    openChat: (chat, tell) => bank.openChat(chat, watch(ofChat(chat), tell)),
    resumeChat: (chat, tell, before) => {
      const leg = ofChat(chat);
      const resumed = bank.resumeChat(chat, watch(leg, tell), before);
      leg.isOver ||= resumed === undefined;
      return resumed;
    },
  };
  return agents;
}

import { CAUSE } from "@/lib/base/causes.ts";
import type { Hub } from "@/lib/base/hub.ts";
import type { Presence, TellPresence } from "@/lib/model/presence.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type {
  AgentPort,
  CallEvent,
  CallLeg,
  ChatBefore,
  ChatEvent,
  ChatLeg,
  OutgoingCall,
  OutgoingChat,
} from "./ports.ts";

/** A bank that knows its own addresses: the desk. */
export interface OwningPort extends AgentPort {
  owns(address: string): boolean;
  /** Resolves when `owns` reflects all earlier events of the hub. */
  settled(): Promise<void>;
}

export interface DirectoryOptions {
  desk: OwningPort;
  /** The bank for all other addresses, if there is one. */
  pbx?: AgentPort;
  hub: Hub<Topics>;
}

interface Watch {
  readonly address: string;
  readonly tell: TellPresence;
  bank: AgentPort;
  presence: Presence | undefined;
  lacks: "chat" | undefined;
  running: Disposable;
}

const NOTHING: Disposable = { [Symbol.dispose]: () => {} };

/**
 * Combines all banks of agents: an address belongs to the desk if it is the
 * address of an account, otherwise to the PBX. Watches move when accounts
 * change.
 */
export class Directory implements AgentPort, Disposable {
  readonly #desk: OwningPort;
  readonly #pbx: AgentPort;
  readonly #watches = new Set<Watch>();
  readonly #listening: Disposable;

  constructor({ desk, pbx = NOBODY, hub }: DirectoryOptions) {
    this.#desk = desk;
    this.#pbx = pbx;
    this.#listening = hub.on("account-changed", () => void this.#follow());
  }

  watch(address: string, tell: TellPresence): Disposable {
    const bank = this.#bankOf(address);
    const watch: Watch = {
      address,
      tell,
      bank,
      presence: undefined,
      lacks: undefined,
      running: NOTHING,
    };
    this.#watches.add(watch);
    run(watch, bank);
    return {
      [Symbol.dispose]: () => {
        this.#watches.delete(watch);
        watch.running[Symbol.dispose]();
      },
    };
  }

  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg {
    return this.#bankOf(call.address).dial(call, tell);
  }

  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg {
    return this.#bankOf(chat.address).openChat(chat, tell);
  }

  resumeChat(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    before: ChatBefore,
  ): ChatLeg | undefined {
    return this.#bankOf(chat.address).resumeChat?.(chat, tell, before);
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
    for (const { running } of this.#watches) running[Symbol.dispose]();
    this.#watches.clear();
  }

  #bankOf(address: string): AgentPort {
    return this.#desk.owns(address) ? this.#desk : this.#pbx;
  }

  async #follow(): Promise<void> {
    await this.#desk.settled();
    for (const watch of [...this.#watches]) {
      const bank = this.#bankOf(watch.address);
      if (bank !== watch.bank) run(watch, bank);
    }
  }
}

/** Watches at `bank`, and no longer at the previous one. */
function run(watch: Watch, bank: AgentPort): void {
  watch.running[Symbol.dispose]();
  watch.bank = bank;
  watch.running = bank.watch(watch.address, (presence, lacks) => {
    if (presence === watch.presence && lacks === watch.lacks) return;
    Object.assign(watch, { presence, lacks });
    watch.tell(presence, lacks);
  });
}

/** The PBX of a service without a PBX. */
const NOBODY: AgentPort = {
  watch(_address, tell) {
    tell("offline");
    return NOTHING;
  },
  dial: (_call, tell) => refuse(tell),
  openChat: (_chat, tell) => refuse(tell),
};

function refuse(
  tell: (event: { type: "terminated"; cause: number }) => void,
): { send(): void } {
  queueMicrotask(() => tell({ type: "terminated", cause: CAUSE.unallocated }));
  return { send: () => {} };
}

import { CAUSE } from "@/lib/base/causes.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type {
  AgentFinder,
  AgentMatches,
  AgentPort,
  AgentQuery,
  CallBefore,
  CallEvent,
  CallLeg,
  ChatBefore,
  ChatEvent,
  ChatLeg,
  OutgoingCall,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import { unreachable } from "@/lib/contact/unreachable.ts";
import type { TellPresence } from "@/lib/model/presence.ts";
import type { BankName } from "./agent_messages.ts";
import { ClusterCall, type PlacedCall } from "./cluster_call.ts";
import { type ChatRequest, ClusterChat } from "./cluster_chat.ts";
import type { Pipes } from "./pipes.ts";
import { CALL_HANDOVER, type Presences } from "./presences.ts";
import { RemoteCall } from "./remote_call.ts";
import { RemoteChat } from "./remote_chat.ts";
import { searchRemote } from "./remote_search.ts";

/** The parts of a cluster that its banks share. */
export interface BankSurroundings {
  /** This instance's id. */
  own: string;
  pipes: Pick<Pipes, "open">;
  presences: Presences;
  clock: Clock;
  /** This instance is the home of the call or chat from now on. */
  replace(contact: string): void;
  /** A message of another instance was not readable. */
  onBadMessage(): void;
}

/** One kind of bank: the desk, or the PBXs. */
export interface BankKind {
  name: BankName;
  /** The bank of this instance. */
  bank: AgentPort & AgentFinder;
  keyOf(address: string): string;
  /** Returns the instances that can reach an agent who is nowhere online. */
  places(): string[];
  /** True if an agent's chats follow the agent to another instance. */
  canMove: boolean;
  /** Follows the agent's presence at this instance until disposed of. */
  hold?(address: string): Disposable;
}

/** The agents of one kind at all instances: each call and chat is opened at the
 * instance that has the agent. */
export class ClusterBank implements AgentPort, AgentFinder {
  readonly #kind: BankKind;
  readonly #around: BankSurroundings;
  /** The calls and chats whose home is this instance, by id. */
  readonly #contacts = new Map<
    string,
    { readonly leg: ClusterCall | ClusterChat; key: string }
  >();

  constructor(kind: BankKind, around: BankSurroundings) {
    this.#kind = kind;
    this.#around = around;
  }

  watch(address: string, tell: TellPresence): Disposable {
    const key = this.#kind.keyOf(address);
    const held = new DisposableStack();
    const hold = this.#kind.hold?.(key);
    if (hold !== undefined) held.use(hold);
    held.use(this.#around.presences.watch(key, tell));
    return held;
  }

  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg {
    const leg = this.#addCall(call, tell);
    leg.open();
    return leg;
  }

  resumeCall(
    call: OutgoingCall,
    tell: (event: CallEvent) => void,
    before: CallBefore,
  ): CallLeg | undefined {
    this.drop(call.id);
    this.#around.replace(call.id);
    const leg = this.#addCall(call, tell, before);
    if (leg.open()) return leg;
    leg.drop();
    return undefined;
  }

  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg {
    const leg = this.#add(chat, tell);
    leg.open();
    return leg;
  }

  resumeChat(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    before: ChatBefore,
  ): ChatLeg | undefined {
    this.drop(chat.id);
    this.#around.replace(chat.id);
    const leg = this.#add(chat, tell, before);
    if (leg.resume()) return leg;
    leg.drop();
    return undefined;
  }

  async search(query: AgentQuery, signal: AbortSignal): Promise<AgentMatches> {
    const { own, pipes, onBadMessage } = this.#around;
    const { bank, name } = this.#kind;
    const [to = own] = this.#kind.places();
    if (to === own) return await bank.search(query, signal);
    const options = { pipes, to, bank: name, onBadMessage };
    return await searchRemote(query, signal, options);
  }

  /** Moves the agent's calls and chats to an instance. Returns their ids. */
  gather(address: string, to: string): string[] {
    const own = [...this.#contacts.values()].filter(({ key, leg }) =>
      key === this.#kind.keyOf(address) && leg.canMove
    );
    for (const { leg } of own) leg.move(to);
    return own.map(({ leg }) => leg.id);
  }

  /** True if this instance is the home of the call or chat. */
  has(contact: string): boolean {
    return this.#contacts.has(contact);
  }

  /** Lets go of a call or chat whose home is another instance from now on. */
  drop(contact: string): void {
    this.#contacts.get(contact)?.leg.drop();
  }

  #addCall(
    call: OutgoingCall,
    tell: (event: CallEvent) => void,
    before?: CallBefore,
  ): ClusterCall {
    const leg: ClusterCall = new ClusterCall(call, tell, {
      places: {
        clock: this.#around.clock,
        of: (address) => this.#placesOf(address),
        open: (place, request) => this.#callAt(place, request),
      },
      onOver: this.#keepTrack(call, () => leg),
      ...(before && { before }),
    });
    return leg;
  }

  #add(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    before?: ChatBefore,
  ): ClusterChat {
    const leg: ClusterChat = new ClusterChat(chat, tell, {
      places: {
        clock: this.#around.clock,
        of: (address) => this.#placesOf(address),
        open: (place, request) => this.#openAt(place, request),
      },
      onOver: this.#keepTrack(chat, () => leg),
      ...(before && { before }),
    });
    return leg;
  }

  /** Remembers a call or chat, which follows its agent. Returns how it is
   * forgotten. */
  #keepTrack(
    { id, address }: { id: string; address: string },
    legOf: () => ClusterCall | ClusterChat,
  ): () => void {
    const key = this.#kind.keyOf(address);
    const follow = this.#kind.canMove
      ? this.#around.presences.follow(key, (place) => legOf().follow(place))
      : undefined;
    const contact = {
      key,
      get leg() {
        return legOf();
      },
    };
    this.#contacts.set(id, contact);
    return () => {
      follow?.[Symbol.dispose]();
      if (this.#contacts.get(id) === contact) this.#contacts.delete(id);
    };
  }

  #callAt(place: string, request: PlacedCall): CallLeg | undefined {
    const { call, tell, before } = request;
    const { name, bank } = this.#kind;
    if (place !== this.#around.own) {
      const { presences } = this.#around;
      const isUnknown = call.offeredBy && !presences.can(place, CALL_HANDOVER);
      // CLUSTER17: an earlier version would ring without the note.
      if (isUnknown) return unreachable(CAUSE.outOfOrder, tell);
      return new RemoteCall(request, {
        ...this.#around,
        to: place,
        bank: name,
      });
    }
    return before === undefined
      ? bank.dial(call, tell)
      : bank.resumeCall?.(call, tell, before);
  }

  #openAt(place: string, request: ChatRequest): ChatLeg | undefined {
    const { chat, tell, before } = request;
    const { name, bank } = this.#kind;
    if (place !== this.#around.own) {
      return new RemoteChat(request, {
        ...this.#around,
        to: place,
        bank: name,
      });
    }
    return before === undefined
      ? bank.openChat(chat, tell)
      : bank.resumeChat?.(chat, tell, before);
  }

  /** Returns the instances with the agent, the best first. */
  #placesOf(address: string): string[] {
    const home = this.#around.presences.homeOf(this.#kind.keyOf(address));
    const all = [...(home === undefined ? [] : [home]), ...this.#kind.places()];
    return [...new Set(all)];
  }
}

import type { Clock } from "@/lib/base/clock.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import type {
  AgentFinder,
  AgentMatches,
  AgentPort,
  AgentQuery,
  CallCommand,
  CallEvent,
  CallLeg,
  ChatBefore,
  ChatEvent,
  ChatLeg,
  OutgoingCall,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import type { TellPresence } from "@/lib/model/presence.ts";
import {
  type BankName,
  CallEventMessage,
  type DialOpening,
} from "./agent_messages.ts";
import { type ChatRequest, ClusterChat } from "./cluster_chat.ts";
import type { Pipes } from "./pipes.ts";
import type { Presences } from "./presences.ts";
import { RemoteChat } from "./remote_chat.ts";
import { RemoteLeg } from "./remote_leg.ts";
import { searchRemote } from "./remote_search.ts";

/** The parts of a cluster that its banks share. */
export interface BankSurroundings {
  /** This instance's id. */
  own: string;
  pipes: Pick<Pipes, "open">;
  presences: Presences;
  clock: Clock;
  /** This instance is the chat's home from now on. */
  replace(chat: string): void;
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
  /** The chats whose home is this instance, by id. */
  readonly #chats = new Map<string, { chat: ClusterChat; key: string }>();

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
    const { own } = this.#around;
    const [to = own] = this.#placesOf(call.address);
    if (to === own) return this.#kind.bank.dial(call, tell);
    const opening: DialOpening = { open: "dial", bank: this.#kind.name, call };
    return new RemoteLeg<CallCommand, CallEvent>(
      opening,
      (cause) => ({ type: "hang-up", cause }),
      {
        ...this.#around,
        to,
        tell,
        schema: CallEventMessage,
        onLost: () =>
          tell({ type: "terminated", cause: CAUSE.temporaryFailure }),
      },
    );
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

  /** Moves the agent's chats to an instance. Returns their ids. */
  gather(address: string, to: string): string[] {
    const own = [...this.#chats.values()]
      .filter(({ key }) => key === this.#kind.keyOf(address));
    for (const { chat } of own) chat.move(to);
    return own.map(({ chat }) => chat.id);
  }

  /** True if this instance is the home of the chat. */
  has(chat: string): boolean {
    return this.#chats.has(chat);
  }

  /** Lets go of a chat whose home is another instance from now on. */
  drop(chat: string): void {
    this.#chats.get(chat)?.chat.drop();
  }

  #add(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    before?: ChatBefore,
  ): ClusterChat {
    const { clock, presences } = this.#around;
    const { id } = chat;
    const key = this.#kind.keyOf(chat.address);
    const follow = this.#kind.canMove
      ? presences.follow(key, (place) => leg.follow(place))
      : undefined;
    const leg: ClusterChat = new ClusterChat(chat, tell, {
      places: {
        clock,
        of: (address) => this.#placesOf(address),
        open: (place, request) => this.#openAt(place, request),
      },
      onOver: () => {
        follow?.[Symbol.dispose]();
        if (this.#chats.get(id)?.chat === leg) this.#chats.delete(id);
      },
      ...(before && { before }),
    });
    this.#chats.set(id, { chat: leg, key });
    return leg;
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

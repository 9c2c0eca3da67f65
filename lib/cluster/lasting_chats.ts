import { RecentMap } from "@/lib/base/recent_map.ts";
import type {
  AgentFinder,
  AgentMatches,
  AgentPort,
  AgentQuery,
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
import { LastingChat } from "./lasting_chat.ts";

/** Ended chats whose causes are remembered. */
const ENDED_MAX = 1_000;

/**
 * A bank whose chats can be continued by another home while the bank itself
 * lives, although it has no `resumeChat`: the PBXs.
 */
export class LastingChats implements AgentPort, AgentFinder {
  readonly #bank: AgentPort & AgentFinder;
  /** By id. */
  readonly #chats = new Map<string, LastingChat>();
  /** Causes by id. */
  readonly #ended = new RecentMap<number>(ENDED_MAX);

  constructor(bank: AgentPort & AgentFinder) {
    this.#bank = bank;
  }

  watch(address: string, tell: TellPresence): Disposable {
    return this.#bank.watch(address, tell);
  }

  search(query: AgentQuery, signal: AbortSignal): Promise<AgentMatches> {
    return this.#bank.search(query, signal);
  }

  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg {
    return this.#bank.dial(call, tell);
  }

  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg {
    const { id } = chat;
    const lasting = new LastingChat(chat, tell, (cause) => {
      this.#chats.delete(id);
      this.#ended.set(id, cause);
    });
    this.#chats.set(id, lasting);
    return lasting.open(this.#bank);
  }

  resumeChat(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    before: ChatBefore,
  ): ChatLeg | undefined {
    const known = this.#chats.get(chat.id);
    if (known !== undefined) return known.reattach(chat, tell, before);
    const cause = this.#ended.get(chat.id);
    if (cause !== undefined) return unreachable(cause, tell);
    return this.#bank.resumeChat?.(chat, tell, before);
  }
}

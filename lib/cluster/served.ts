import * as v from "valibot";
import { CAUSE } from "@/lib/base/causes.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { AgentFinder, AgentPort } from "@/lib/contact/ports.ts";
import {
  type BankName,
  ChatOpening,
  DialOpening,
  GatherOpening,
} from "./agent_messages.ts";
import type { Pipe, PipeEvents } from "./pipes.ts";
import { SearchOpening } from "./search_messages.ts";
import { ServedCall } from "./served_call.ts";
import { ServedChat } from "./served_chat.ts";

/** Opens one kind of pipe; `opening` is its first message, of any content. */
export type Opener = (pipe: Pipe, opening: unknown) => PipeEvents;

export type ServedBank = AgentPort & AgentFinder;

export interface ServedOptions {
  banks: Readonly<Record<BankName, ServedBank>>;
  clock: Pick<Clock, "after">;
  /** Time for which a chat waits for its next home, in ms. */
  keepMs?: number;
  /** Moves the agent's chats to an instance; returns their ids. */
  gather(address: string, to: string): string[];
  /** Another instance is this chat's home from now on. */
  replaced(chat: string): void;
  /** True if this instance is the chat's home. */
  isHome?(chat: string): boolean;
  /** Returns the chat's home as it is stored, if it is stored. */
  homeOf?(chat: string): Promise<string | undefined>;
  /** A chat of another instance has been opened here. */
  opened?(chat: string): void;
  /** A message was not readable, so its leg has ended. */
  onBadMessage(): void;
}

const KEEP_MS = 60_000;
const NOTHING: PipeEvents = { message: () => {}, broken: () => {} };

/**
 * The calls, chats and searches of other instances with the agents of this one:
 * the other end of RemoteLeg and RemoteChat.
 */
export class Served implements Disposable {
  /** By the `open` of a pipe's first message. */
  readonly openers: Readonly<Record<string, Opener>>;
  readonly #options: ServedOptions;
  /** By id. */
  readonly #contacts = new Map<string, ServedCall | ServedChat>();
  #isOver = false;

  constructor(options: ServedOptions) {
    this.#options = options;
    this.openers = {
      dial: (pipe, opening) => this.#dial(pipe, opening),
      chat: (pipe, opening) => this.#chat(pipe, opening),
      search: (pipe, opening) => this.#search(pipe, opening),
      gather: (pipe, opening) => this.#gather(pipe, opening),
    };
  }

  /** True if another instance's chat is open here. */
  has(chat: string): boolean {
    return this.#contacts.get(chat)?.isOpen ?? false;
  }

  /** Lets go of a chat whose home is another instance, or this one, from now
   * on. */
  replace(chat: string): void {
    this.#contacts.get(chat)?.replace();
    this.#contacts.delete(chat);
  }

  /** The service stops. Calls and chats end for their agents when the banks
   * stop, and the other instances learn nothing of that end. */
  [Symbol.dispose](): void {
    this.#isOver = true;
    for (const chat of this.#contacts.values()) chat[Symbol.dispose]();
  }

  #dial(pipe: Pipe, opening: unknown): PipeEvents {
    const read = v.safeParse(DialOpening, opening);
    if (!read.success) return this.#refuse(pipe);
    const { bank, call: { id } } = read.output;
    const { banks, onBadMessage, opened } = this.#options;
    return this.#undisputed(pipe, id, () => {
      const call: ServedCall = new ServedCall(pipe, {
        bank: banks[bank],
        onOver: () => this.#forget(id, call),
        onBadMessage,
      });
      this.#contacts.set(id, call);
      call.start(read.output);
      opened?.(id);
      return call;
    });
  }

  #chat(pipe: Pipe, opening: unknown): PipeEvents {
    const read = v.safeParse(ChatOpening, opening);
    if (!read.success) return this.#refuse(pipe);
    const { bank, chat: { id } } = read.output;
    const { banks, clock, keepMs = KEEP_MS, opened, homeOf } = this.#options;
    return this.#undisputed(pipe, id, () => {
      const chat: ServedChat = new ServedChat(pipe, read.output, {
        bank: banks[bank],
        clock,
        keepMs,
        ...(homeOf && { homeOf: () => homeOf(id) }),
        onOpen: () => opened?.(id),
        onOver: () => this.#forget(id, chat),
        onBadMessage: () => this.#options.onBadMessage(),
      });
      this.#contacts.set(id, chat);
      chat.start();
      return chat;
    });
  }

  /** Serves a call or chat, unless its stored home is another instance than the
   * one that opens it. */
  #undisputed(pipe: Pipe, id: string, serve: () => PipeEvents): PipeEvents {
    const { isHome, homeOf, replaced } = this.#options;
    const begin = () => {
      this.replace(id);
      replaced(id);
      return serve();
    };
    const { home = pipe.to } = this.#contacts.get(id) ?? {};
    const isDisputed = home !== pipe.to || isHome?.(id) === true;
    if (!isDisputed || homeOf === undefined) return begin();
    const waiting = new WaitingPipe();
    // If this instance has lost the store, another one may have claimed the chat.
    const found = homeOf(id).catch((error) => {
      if (isHome?.(id) !== true) throw error;
    });
    found.then((stored) => {
      if (waiting.isBroken || this.#isOver) return;
      if (stored === undefined || stored === pipe.to) {
        return waiting.giveTo(begin());
      }
      pipe.send({ type: "replaced" });
      pipe.close();
    }).catch(() => pipe.close()); // It tries again.
    return waiting;
  }

  #forget(id: string, contact: ServedCall | ServedChat): void {
    if (this.#contacts.get(id) === contact) this.#contacts.delete(id);
  }

  #search(pipe: Pipe, opening: unknown): PipeEvents {
    const read = v.safeParse(SearchOpening, opening);
    if (!read.success) return this.#refuse(pipe);
    const { bank, query } = read.output;
    const stop = new AbortController();
    this.#options.banks[bank].search(query, stop.signal).then(
      (matches) => pipe.send(matches),
      () => {}, // The other side takes a closed pipe for "offline".
    ).finally(() => pipe.close());
    return { message: () => {}, broken: () => stop.abort() };
  }

  #gather(pipe: Pipe, opening: unknown): PipeEvents {
    const read = v.safeParse(GatherOpening, opening);
    if (!read.success) return this.#refuse(pipe);
    const chats = this.#options.gather(read.output.address, pipe.to);
    pipe.send({ chats });
    pipe.close();
    return NOTHING;
  }

  #refuse(pipe: Pipe): PipeEvents {
    this.#options.onBadMessage();
    pipe.send({ type: "terminated", cause: CAUSE.temporaryFailure });
    pipe.close();
    return NOTHING;
  }
}

/** A pipe of an instance that may no longer be the home of its chat. */
class WaitingPipe implements PipeEvents {
  isBroken = false;
  #events: PipeEvents | undefined;
  #early: unknown[] = [];

  message(message: unknown): void {
    if (this.#events === undefined) this.#early.push(message);
    else this.#events.message(message);
  }

  broken(): void {
    this.isBroken = true;
    this.#events?.broken();
  }

  giveTo(events: PipeEvents): void {
    this.#events = events;
    for (const message of this.#early.splice(0)) events.message(message);
  }
}

/** Returns how this instance accepts pipes: by the `open` of the first message. */
export function acceptBy(
  openers: Readonly<Record<string, Opener>>,
  onBadMessage: () => void,
): (pipe: Pipe) => PipeEvents {
  const known = new Map(Object.entries(openers));
  return (pipe) => {
    let events: PipeEvents | undefined;
    return {
      message(message) {
        if (events !== undefined) return events.message(message);
        const read = v.safeParse(AnyOpening, message);
        const opener = read.success ? known.get(read.output.open) : undefined;
        events = opener?.(pipe, message) ?? NOTHING;
        if (opener !== undefined) return;
        onBadMessage();
        pipe.close();
      },
      broken: () => events?.broken(),
    };
  };
}

const AnyOpening = v.object({ open: v.string() });

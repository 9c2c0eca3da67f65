import { CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import {
  type AgentLeg,
  type Guest,
  wasHandedOver,
} from "@/lib/model/handover.ts";
import type { Route } from "@/lib/model/route.ts";
import type { RunningChat } from "@/lib/model/running_chat.ts";
import { type BridgeChatEffect, offerOf } from "./chat_state.ts";
import { toBefore } from "./kept.ts";
import type { ContactPlan } from "./plan.ts";
import type {
  ChatCommand,
  ChatEvent,
  ChatLeg,
  ChatLog,
  ContactAgents,
  OfferedBy,
} from "./ports.ts";

/** Commands that a leg gets too which is asked to take the chat, so that its
 * agent sees the conversation as it is. */
const FOR_ALL: ReadonlySet<ChatCommand["type"]> = new Set(
  ["entry", "typing", "read", "visitor"] as const,
);

/** An effect after which another leg has the chat, too or alone. */
export type LegMove = Extract<
  BridgeChatEffect,
  { type: "hand-over" | "invited" | "promote" }
>;

/** The agents' legs of one chat: the one that has the chat, and those that are
 * asked to take it, or are about to end. */
export class ChatLegs {
  readonly #agents: ContactAgents;
  readonly #tell: (leg: string, event: ChatEvent) => void;
  #current: ChatLeg | undefined;
  /** By id. */
  readonly #others = new Map<string, ChatLeg>();
  /** The leg of the second agent, which is one of the others. */
  #guest: string | undefined;
  #isVisitorHere = true;

  constructor(
    agents: ContactAgents,
    tell: (leg: string, event: ChatEvent) => void,
  ) {
    this.#agents = agents;
    this.#tell = tell;
  }

  /** Opens the first leg of a new chat. */
  open({ id, address, visitor, route }: ContactPlan, log: ChatLog): void {
    this.#isVisitorHere = true;
    this.#current = this.#agents.openChat(
      { id, address, visitor, log, ...(route && { route }) },
      (event) => this.#tell(id, event),
    );
  }

  /** Asks another agent, or a team, to take the chat. */
  offer(
    { leg: id, address }: AgentLeg,
    { plan: { visitor }, by: offeredBy, log, route }: {
      plan: ContactPlan;
      by: OfferedBy;
      log: ChatLog;
      route?: Route;
    },
  ): void {
    const way = route && { route };
    const leg = this.#agents.openChat(
      { id, address, visitor, log, offeredBy, ...way },
      (event) => this.#hearOther(id, event),
    );
    this.#others.set(id, leg);
    if (!this.#isVisitorHere) leg.send({ type: "visitor", here: false });
  }

  /** Another leg has the chat, too or from now on. */
  move(effect: LegMove): void {
    const { leg } = effect.to;
    switch (effect.type) {
      case "hand-over":
        return this.#handOver(leg, effect.from);
      case "invited":
        this.#guest = leg;
        return;
      case "promote":
        this.#guest = undefined;
        this.#current = this.#others.get(leg);
        this.#others.delete(leg);
    }
  }

  /** The second agent has left. */
  guestLeft(): void {
    this.#guest = undefined;
  }

  /** Gives the chat to the leg `to`, and ends `from`, which has it. */
  #handOver(leg: string, from: string): void {
    const to = offerOf(leg);
    const before = this.#current;
    this.#current = this.#others.get(to);
    this.#others.delete(to);
    if (before === undefined) return;
    this.#others.set(from, before);
    before.send({ type: "close", cause: HANDED_OVER });
  }

  /** @param leg Absent for the leg that has the chat. */
  send(command: ChatCommand, leg?: string): void {
    if (command.type === "visitor") this.#isVisitorHere = command.here;
    if (leg !== undefined) return this.#others.get(leg)?.send(command);
    this.#current?.send(command);
    if (command.type === "idle" && this.#guest !== undefined) {
      this.#others.get(this.#guest)?.send(command);
    }
    if (!FOR_ALL.has(command.type)) return;
    for (const other of this.#others.values()) other.send(command);
  }

  /** Continues the leg that had the chat before the process was killed, and ends
   * the others. Returns false if its bank no longer has it. */
  resume(kept: RunningChat, log: ChatLog): boolean {
    this.#isVisitorHere = false;
    const { id, address, visitor, by, route } = kept;
    const leg = wasHandedOver(kept.handovers) && by ? offerOf(by.leg) : id;
    this.#current = this.#agents.resumeChat?.(
      {
        ...{ id: by?.leg ?? id, address: by?.address ?? address, visitor, log },
        ...(route && { route }),
      },
      (event) => this.#tell(leg, event),
      toBefore(kept),
    );
    for (const other of kept.otherLegs ?? []) this.#end(other, kept, log);
    if (kept.guest !== undefined) this.#resumeGuest(kept.guest, kept, log);
    return this.#current !== undefined;
  }

  /** Another process continues the chat, and looks for an agent itself. */
  release(): void {
    this.#current?.release?.();
  }

  /** Lets go of all legs, because the chat has ended. */
  clear(): void {
    this.#current = this.#guest = undefined;
    this.#others.clear();
  }

  #end(
    { leg: id, address }: AgentLeg,
    kept: RunningChat,
    log: ChatLog,
  ): void {
    const { visitor, handovers = [] } = kept;
    const name = offerOf(id);
    // `by` is the agent who has the chat, not the one of this leg.
    const { joinedAt, by: _, ...notJoined } = toBefore(kept);
    const hadIt = handovers.some(({ from }) => from === address);
    const before = hadIt && joinedAt !== undefined
      ? { ...notJoined, joinedAt }
      : notJoined;
    const other = this.#agents.resumeChat?.(
      { id, address, visitor, log },
      (event) => this.#hearOther(name, event),
      before,
    );
    if (other === undefined) {
      const cause = CAUSE.temporaryFailure;
      return this.#tell(name, { type: "terminated", cause });
    }
    this.#others.set(name, other);
    const cause = hadIt ? HANDED_OVER : CAUSE.temporaryFailure;
    other.send({ type: "close", cause });
    if (!hadIt) this.#current?.send({ type: "not-taken", cause });
  }

  #resumeGuest(
    { leg: id, address }: Guest,
    kept: RunningChat,
    log: ChatLog,
  ): void {
    const { by: _, ...before } = toBefore(kept);
    const leg = this.#agents.resumeChat?.(
      { id, address, visitor: kept.visitor, log },
      (event) => this.#hearOther(id, event),
      before,
    );
    if (leg === undefined) {
      const cause = CAUSE.temporaryFailure;
      return this.#tell(id, { type: "terminated", cause });
    }
    this.#others.set(id, leg);
    this.#guest = id;
  }

  #hearOther(id: string, event: ChatEvent): void {
    if (event.type === "terminated") this.#others.delete(id);
    this.#tell(id, event);
  }
}

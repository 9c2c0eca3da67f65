import type { Clock } from "@/lib/base/clock.ts";
import type {
  AgentPort,
  CallBefore,
  CallCommand,
  CallEvent,
  CallLeg,
  ChatBefore,
  ChatCommand,
  ChatEvent,
  ChatLeg,
  ContactAgents,
  OutgoingCall,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import type { Route } from "@/lib/model/route.ts";
import type { QueueReport } from "@/lib/model/topics.ts";
import type { LeftQueue } from "./routed_place.ts";
import { type Resumed, RoutedLeg, type RoutingParts } from "./routed_leg.ts";
import { TeamQueues } from "./team_queues.ts";
import { type ReadWaits, TeamWaits } from "./team_waits.ts";
import { Turns } from "./turns.ts";

/** After a restart, agents have this time to connect again. */
const RESUMED_WAIT_MS = 20_000;

export interface TeamAgentsOptions {
  agents: ContactAgents;
  watch: AgentPort["watch"];
  clock: Clock;
  /** Absent if no visitor is told how long it may take. */
  readWaits?: ReadWaits;
  /** Tells the other instances which contacts wait here. */
  report?: (report: QueueReport) => void;
  /** This instance. */
  own?: string;
  /** Counts the contacts of queues, for the statistics. */
  left?(queued: LeftQueue): void;
}

/** Agents, among them teams: a contact with a route reaches one of the agents on
 * it. It is between the bridge and the banks, so it works for all of them. */
export class TeamAgents implements ContactAgents, Disposable {
  readonly #agents: ContactAgents;
  readonly #parts: RoutingParts;

  constructor(options: TeamAgentsOptions) {
    const { agents, watch, clock, own, report, left } = options;
    const read = options.readWaits ?? (() => Promise.resolve([]));
    this.#agents = agents;
    this.#parts = {
      ...{ watch, clock, turns: new Turns() },
      ...left && { left },
      waits: new TeamWaits({ clock, read }),
      queues: new TeamQueues({
        clock,
        ...(own !== undefined && { own }),
        ...(report && { report }),
      }),
    };
  }

  /** Another instance has reported the contacts that wait there. */
  hear(report: QueueReport): void {
    this.#parts.queues.hear(report);
  }

  [Symbol.dispose](): void {
    this.#parts.queues[Symbol.dispose]();
  }

  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg {
    const { route, ...direct } = call;
    if (route === undefined) {
      return this.#agents.dial(call, this.#noting(call.address, tell));
    }
    const { id } = call;
    const team = teamOf(call);
    return new RoutedLeg<CallCommand, CallEvent>({ id, route, team }, tell, {
      ...this.#parts,
      kind: {
        ...CALLS,
        open: ({ address, leg }, tell) =>
          this.#agents.dial(
            { ...direct, id: leg, address, ofTeam: true },
            tell,
          ),
      },
    });
  }

  resumeCall(
    call: OutgoingCall,
    tell: (event: CallEvent) => void,
    before: CallBefore,
  ): CallLeg | undefined {
    const { id, address } = agentOf(call, before);
    return this.#agents.resumeCall?.(
      { ...call, id, address },
      this.#noting(address, tell, true),
      before,
    );
  }

  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg {
    const { route } = chat;
    if (route !== undefined) return this.#routeChat({ ...chat, route }, tell);
    return this.#agents.openChat(chat, this.#noting(chat.address, tell));
  }

  resumeChat(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    before: ChatBefore,
  ): ChatLeg | undefined {
    const { route, ...direct } = chat;
    if (route !== undefined && before.joinedAt === undefined) {
      const leg = this.#routeChat({ ...chat, route }, tell, before);
      leg.send({ type: "visitor", here: false });
      return leg;
    }
    const { id, address } = agentOf(chat, before);
    return this.#agents.resumeChat?.(
      { ...direct, id, address },
      this.#noting(address, tell, true),
      before,
    );
  }

  /** @param before The state of a chat that rang before a restart. */
  #routeChat(
    { route, ...direct }: OutgoingChat & Required<Pick<OutgoingChat, "route">>,
    tell: (event: ChatEvent) => void,
    before?: ChatBefore,
  ): ChatLeg {
    const { id } = direct;
    const { chatsMax } = route;
    const limit = chatsMax === undefined ? {} : { chatsMax };
    return new RoutedLeg<ChatCommand, ChatEvent>(
      {
        ...{ id, route, team: teamOf(direct) },
        ...before && { resumed: this.#resumed(before, route) },
      },
      tell,
      {
        ...this.#parts,
        kind: {
          ...CHATS,
          open: ({ address, leg }, tell) =>
            this.#agents.openChat(
              { ...direct, ...limit, id: leg, address, ofTeam: true },
              tell,
            ),
        },
      },
    );
  }

  /** The legs from before a restart had smaller numbers. */
  #resumed(
    { startedAt, queuedSince: since }: ChatBefore,
    { queueMs = 0 }: Route,
  ): Resumed {
    const now = this.#parts.clock.wall();
    const next = Math.floor(Math.max(0, now - startedAt));
    const begin = { next, waitMs: RESUMED_WAIT_MS };
    if (since === undefined || now >= since + queueMs) return begin;
    const leftMs = Math.min(queueMs, since + queueMs - now);
    return { ...begin, queued: { since, leftMs } };
  }

  /** Remembers when an agent's contact has ended, if it was answered. */
  #noting<E extends { type: string }>(
    address: string,
    tell: (event: E) => void,
    isAnswered = false,
  ): (event: E) => void {
    const { turns, clock } = this.#parts;
    let wasAnswered = isAnswered;
    return (event) => {
      wasAnswered ||= event.type === "connected" || event.type === "joined";
      if (event.type === "terminated" && wasAnswered) {
        turns.ended(address, clock.wall());
      }
      tell(event);
    };
  }
}

/** Returns the name of a team's queue. */
function teamOf(
  { address, visitor }: Pick<OutgoingChat, "address" | "visitor">,
): string {
  return `${visitor.widget.uuid}/${address}`;
}

/** Returns the agent who has a contact, and its id there. */
function agentOf(
  { id, address }: { id: string; address: string },
  { by }: Pick<ChatBefore, "by">,
): { id: string; address: string } {
  return by === undefined
    ? { id, address }
    : { id: by.leg, address: by.address };
}

const CALLS = {
  needsChat: false,
  alerting: { type: "alerting" },
  meaningOf(event: CallEvent) {
    switch (event.type) {
      case "alerting":
        return "alerting";
      case "connected":
        return "answered";
      case "terminated":
        return { cause: event.cause };
      default:
        return "other";
    }
  },
  withAgent: (event: CallEvent, by: { address: string; leg: string }) =>
    event.type === "connected" ? { ...event, by } : event,
  queued: (place: CallEvent & { type: "queued" }): CallEvent => place,
  terminated: (cause: number): CallEvent => ({ type: "terminated", cause }),
  hangUp: (cause: number): CallCommand => ({ type: "hang-up", cause }),
  causeOf: (command: CallCommand) =>
    command.type === "hang-up" ? command.cause : undefined,
  isForRinging: () => false,
  isForLater: () => undefined,
} as const;

const CHATS = {
  needsChat: true,
  alerting: { type: "alerting" },
  meaningOf(event: ChatEvent) {
    switch (event.type) {
      case "alerting":
        return "alerting";
      case "joined":
        return "answered";
      case "terminated":
        return { cause: event.cause };
      default:
        return "other";
    }
  },
  withAgent: (event: ChatEvent, by: { address: string; leg: string }) =>
    event.type === "joined" ? { ...event, by } : event,
  queued: (place: ChatEvent & { type: "queued" }): ChatEvent => place,
  terminated: (cause: number): ChatEvent => ({ type: "terminated", cause }),
  hangUp: (cause: number): ChatCommand => ({ type: "close", cause }),
  causeOf: (command: ChatCommand) =>
    command.type === "close" ? command.cause : undefined,
  isForRinging: () => true,
  isForLater: (command: ChatCommand) =>
    command.type === "visitor" ? !command.here : undefined,
} as const;

import type { Gauge, Histogram } from "prom-client";
import type { Clock } from "@/lib/base/clock.ts";
import type {
  AgentPort,
  CallEvent,
  CallLeg,
  ChatBefore,
  ChatEvent,
  ChatLeg,
  OutgoingCall,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import type { Presence, TellPresence } from "@/lib/model/presence.ts";

/**
 * State of a running call or chat; `ringing` is everything before an answer.
 */
export const STATES = ["ringing", "connected"] as const;

interface Meters {
  contacts: Gauge<"media" | "state">;
  /** Watched agents, by presence. */
  shown: Gauge<"presence">;
  answer: Histogram<"media">;
  fanOut: Histogram;
}

/** An event that moves a call or chat from one state to the next. */
type Move = (CallEvent | ChatEvent)["type"];

/** Wraps agents and measures their events. `ringing` is everything before an
 * answer. */
export class MeteredAgents implements AgentPort {
  readonly #agents: AgentPort;
  readonly #meters: Meters;
  readonly #clock: Clock;

  constructor(agents: AgentPort, meters: Meters, clock: Clock) {
    this.#agents = agents;
    this.#meters = meters;
    this.#clock = clock;
  }

  watch(address: string, tell: TellPresence): Disposable {
    let isFirst = true; // The known state is not a change.
    const { shown } = this.#meters;
    let before: Presence | undefined;
    const show = (presence: Presence | undefined) => {
      if (before !== undefined) shown.dec({ presence: before });
      if (presence !== undefined) shown.inc({ presence });
      before = presence;
    };
    const watch = this.#agents.watch(address, (...said) => {
      show(said[0]);
      if (isFirst) return tell(...said);
      const end = this.#meters.fanOut.startTimer();
      tell(...said);
      end();
    });
    isFirst = false;
    return {
      [Symbol.dispose]() {
        watch[Symbol.dispose]();
        show(undefined);
      },
    };
  }

  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg {
    const follow = this.#follow(call.media);
    return this.#agents.dial(call, (event) => {
      follow(event.type);
      tell(event);
    });
  }

  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg {
    const follow = this.#follow("chat");
    return this.#agents.openChat(chat, (event) => {
      follow(event.type);
      tell(event);
    });
  }

  resumeChat(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    before: ChatBefore,
  ): ChatLeg | undefined {
    const state = before.joinedAt === undefined ? "ringing" : "connected";
    let follow: (type: Move) => void = () => {};
    const leg = this.#agents.resumeChat?.(chat, (event) => {
      follow(event.type);
      tell(event);
    }, before);
    if (leg !== undefined) follow = this.#follow("chat", state);
    return leg;
  }

  #follow(
    media: "voice" | "video" | "chat",
    before: "ringing" | "connected" = "ringing",
  ): (type: Move) => void {
    const { contacts, answer } = this.#meters;
    const since = this.#clock.now();
    let state: "ringing" | "connected" | "over" = before;
    contacts.inc({ media, state });
    return (type) => {
      if (state === "over") return;
      const next = stateAfter(type);
      if (next === undefined || next === state) return;
      contacts.dec({ media, state });
      if (next === "connected") {
        answer.observe({ media }, (this.#clock.now() - since) / 1_000);
      }
      if (next !== "over") contacts.inc({ media, state: next });
      state = next;
    };
  }
}

function stateAfter(type: Move): "connected" | "over" | undefined {
  if (type === "connected" || type === "joined") return "connected";
  return type === "terminated" ? "over" : undefined;
}

import type { Gauge, Histogram } from "prom-client";
import type { Clock } from "@/lib/base/clock.ts";
import type { Counters } from "@/lib/base/counters.ts";
import type {
  CallBefore,
  CallEvent,
  CallLeg,
  ChatBefore,
  ChatEvent,
  ChatLeg,
  ContactAgents,
  OutgoingCall,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import type { ContactMedia } from "@/lib/model/media.ts";

/**
 * State of a running call or chat; `ringing` is everything before an answer.
 */
export const STATES = ["ringing", "connected"] as const;

interface Meters {
  /** Counts `contact_started` (media). */
  counters: Counters;
  contacts: Gauge<"media" | "state">;
  answer: Histogram<"media">;
}

/** An event that moves a call or chat from one state to the next. */
type Move = (CallEvent | ChatEvent)["type"];

/** Wraps agents and measures their calls and chats. */
export class MeteredAgents implements ContactAgents {
  readonly #agents: ContactAgents;
  readonly #meters: Meters;
  readonly #clock: Clock;

  constructor(agents: ContactAgents, meters: Meters, clock: Clock) {
    this.#agents = agents;
    this.#meters = meters;
    this.#clock = clock;
  }

  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg {
    // A call that is handed over has started before.
    if (call.offeredBy === undefined) this.#start(call.media);
    const follow = this.#follow(call.media);
    return this.#agents.dial(call, (event) => {
      follow(event.type);
      tell(event);
    });
  }

  resumeCall(
    call: OutgoingCall,
    tell: (event: CallEvent) => void,
    before: CallBefore,
  ): CallLeg | undefined {
    this.#start(call.media);
    let follow: (type: Move) => void = () => {};
    const leg = this.#agents.resumeCall?.(call, (event) => {
      follow(event.type);
      tell(event);
    }, before);
    if (leg !== undefined) follow = this.#follow(call.media, "connected");
    return leg;
  }

  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg {
    // A chat that is handed over has started before.
    if (chat.offeredBy === undefined) this.#start("chat");
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
    this.#start("chat");
    const state = before.joinedAt === undefined ? "ringing" : "connected";
    let follow: (type: Move) => void = () => {};
    const leg = this.#agents.resumeChat?.(chat, (event) => {
      follow(event.type);
      tell(event);
    }, before);
    if (leg !== undefined) follow = this.#follow("chat", state);
    return leg;
  }

  #start(media: ContactMedia): void {
    this.#meters.counters.count("contact_started", { media });
  }

  #follow(
    media: ContactMedia,
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

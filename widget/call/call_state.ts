import { CAUSE } from "@/lib/base/causes.ts";
import type { Transition } from "@/lib/base/machine.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { QueuePlace } from "../contact/queue.ts";
import type { EndReason } from "./end_reason.ts";

/**
 * One call of the visitor, as its page knows it.
 *
 *             offered           alerting            connected
 *   preparing -------> calling ----------> alerting ----------> connected
 *       |                 |                   |                    |
 *       +--- failed, hang-up, terminated, refused, seat lost ------+--> ended
 *                         +------ time -------+
 *
 * While it is `calling`, the service has not reacted yet, so the page sends the
 * call and its offer again after a reconnect, or if the service requests the
 * offer. If the service never reacts, the call ends. A call in a queue is
 * `calling`, too, also if an agent was rung before; the service ends it.
 *
 * Once connected, either side may send another offer. If both do at the same
 * time, the agent's offer wins.
 */
export interface PageCall {
  state: "preparing" | "calling" | "alerting" | "connected" | "ended";
  /** Number of the peer connection after a handover. */
  peer?: number;
  /** The agent who was called, later the agent who has the call. */
  agent: { id: string; name: string };
  visitor: string;
  /** The call's own id, by which the service tells it from other calls. */
  contact: string;
  /** The first offer, kept until the service reacts to the call. */
  offer: string;
  /** Time of the answer, by a monotonic clock, in ms. */
  since: number;
  held: boolean;
  /** True while media does not flow and ICE looks for a new path. */
  broken: boolean;
  /** True while an offer of this page waits for its answer. */
  offering: boolean;
  /** The offer to send as soon as the service is connected and no other offer
   * waits. */
  due: "none" | "offer" | "restart";
  /** True while the service is connected. */
  isOnline: boolean;
  /** The visitor's place while the call waits for an agent of a team. */
  queue: QueuePlace | undefined;
  /** Time at which the page gives up waiting for the service. */
  until: number | undefined;
  /** The reason why the call ended. */
  reason: EndReason;
  cause: number;
}

export type PageCallEvent =
  /** The first offer is complete. */
  | { type: "offered"; sdp: string }
  | { type: "failed"; reason: EndReason }
  | { type: "told"; message: ContactMessage }
  | { type: "hang-up" }
  | { type: "refused" }
  /** A later offer, or the answer to the agent's, is complete. */
  | { type: "reoffered"; sdp: string }
  | { type: "answered"; sdp: string }
  /** Another agent has the call, over another connection. */
  | { type: "moved"; peer: number; name: string }
  /** Tracks were added, so the agent needs a new offer. */
  | { type: "changed" }
  | { type: "flowing" }
  /** Media has stopped. */
  | { type: "broken" }
  /** The network has changed; media may not have noticed yet. */
  | { type: "network" }
  | { type: "reconnected"; resumed: boolean }
  | { type: "disconnected" }
  /** `until` has passed. */
  | { type: "time" };

export type PageCallEffect =
  | { type: "say"; message: ClientMessage }
  /** Applies the agent's answer, or its offer, to the peer connection. */
  | { type: "take-answer"; sdp: string }
  | { type: "take-offer"; sdp: string }
  | { type: "offer"; restart: boolean }
  /** The agent hands the call over: see mover.ts. */
  | { type: "move"; message: CallMove }
  | { type: "close" };

export type CallMove = Extract<ContactMessage, { mt: "CallMove" }>;

/** The service answers within this time, whatever the agent does. Its own
 * limits are 60 s for a proof of work, 60 s to ring and 60 s for the agent's
 * answer. */
export const ANSWER_MS = 200_000;
/** The service ends a call 60 s after it lost the connection. */
export const LINK_MS = 75_000;

export type PageCallStep = Transition<PageCall, PageCallEffect>;

export function newCall(
  { agent, visitor, contact }: Pick<
    PageCall,
    "agent" | "visitor" | "contact"
  >,
  isOnline = true,
): PageCall {
  return {
    state: "preparing",
    agent,
    visitor,
    contact,
    offer: "",
    since: 0,
    held: false,
    broken: false,
    offering: false,
    due: "none",
    isOnline,
    queue: undefined,
    until: undefined,
    reason: "ended",
    cause: CAUSE.normal,
  };
}

/** True from the first message to the service until the end. */
export function isBegun(call: PageCall | undefined): boolean {
  const state = call?.state ?? "ended";
  return state !== "preparing" && state !== "ended";
}

/** True if the service knows the call, or has to confirm that it doesn't. */
export function isKnown({ state }: PageCall): boolean {
  return state === "alerting" || state === "connected";
}

export function channels(
  { contact, peer }: PageCall,
  cmd: "PROPOSAL" | "SELECT",
  sdp: string,
): PageCallEffect {
  return say({ mt: "Channels", cmd, sdp, contact, ...peer && { peer } });
}

export function say(message: ClientMessage): PageCallEffect {
  return { type: "say", message };
}

export function go(
  state: PageCall,
  ...effects: PageCallEffect[]
): PageCallStep {
  return { state, effects };
}

export function stay(state: PageCall): PageCallStep {
  return { state, effects: [] };
}

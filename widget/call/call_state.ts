import { CAUSE } from "@/lib/base/causes.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { EndReason } from "./end_reason.ts";

/**
 * One call of the visitor, as its page knows it.
 *
 *             offered           alerting            connected
 *   preparing -------> calling ----------> alerting ----------> connected
 *       |                 |                   |                    |
 *       +--- failed, hang-up, terminated, refused, seat lost ------+--> ended
 *                         +------ late -------+
 *
 * While it is `calling`, nothing was heard of it: the call and its offer are said
 * again when the service listens again, or asks for the offer. If nobody answers
 * at all, it is `late` and over.
 *
 * Once connected, either side may offer anew. The agent's offer wins over one
 * that the visitor's page has made at the same moment.
 */
export interface Call {
  state: "preparing" | "calling" | "alerting" | "connected" | "ended";
  /** The agent who is called; replaced by the agent who answers. */
  agent: { id: string; name: string };
  visitor: string;
  /** Its own id, by which the service tells it from other calls. */
  contact: string;
  /** The first offer, until something was heard of the call. */
  offer: string;
  /** When it was answered, by a clock that does not jump, in ms. */
  since: number;
  held: boolean;
  /** Media does not flow, and a new way is being looked for. */
  broken: boolean;
  /** An offer of this page waits for its answer. */
  offering: boolean;
  /** A new offer is due as soon as the service listens and none waits. */
  due: "none" | "offer" | "restart";
  /** The service listens. */
  linked: boolean;
  /** Why it ended. */
  reason: EndReason;
  cause: number;
}

export type CallEvent =
  /** The first offer is complete. */
  | { type: "offered"; sdp: string }
  | { type: "failed"; reason: EndReason }
  | { type: "told"; message: ContactMessage }
  | { type: "hang-up" }
  | { type: "refused" }
  /** A later offer, or the answer to the agent's, is complete. */
  | { type: "reoffered"; sdp: string }
  | { type: "answered"; sdp: string }
  /** Tracks were added: the agent has to hear of it. */
  | { type: "changed" }
  | { type: "flowing" }
  /** Media has stopped. */
  | { type: "broken" }
  /** The network is another one; media may not have noticed yet. */
  | { type: "network" }
  | { type: "linked"; resumed: boolean }
  | { type: "unlinked" }
  /** The time of the last `wait` is over. */
  | { type: "late" };

export type CallEffect =
  | { type: "say"; message: ClientMessage }
  /** The agent's answer, or its offer, is for the phone. */
  | { type: "take-answer"; sdp: string }
  | { type: "take-offer"; sdp: string }
  | { type: "offer"; restart: boolean }
  /** Replaces the wait before it; without `ms` none is left. */
  | { type: "wait"; ms?: number }
  | { type: "close" };

/** The service answers within this time, whatever the agent does: its own limits
 * are 60 s for a proof of work, 60 s to ring and 60 s for the agent's answer. */
export const ANSWER_MS = 200_000;
/** Without a connection, the service gives a call up after 60 s. */
export const LINK_MS = 75_000;

export interface CallStep {
  call: Call;
  effects: readonly CallEffect[];
}

export function newCall(
  { agent, visitor, contact }: Pick<Call, "agent" | "visitor" | "contact">,
  linked = true,
): Call {
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
    linked,
    reason: "ended",
    cause: CAUSE.normal,
  };
}

/** True from the first word to the service to the end. */
export function isBegun(call: Call | undefined): boolean {
  const state = call?.state ?? "ended";
  return state !== "preparing" && state !== "ended";
}

/** True if the service knows the call, or has to say that it does not. */
export function isKnown({ state }: Call): boolean {
  return state === "alerting" || state === "connected";
}

export function channels(
  { contact }: Call,
  cmd: "PROPOSAL" | "SELECT",
  sdp: string,
): CallEffect {
  return say({ mt: "Channels", cmd, sdp, contact });
}

export function say(message: ClientMessage): CallEffect {
  return { type: "say", message };
}

export function go(call: Call, ...effects: CallEffect[]): CallStep {
  return { call, effects };
}

export function stay(call: Call): CallStep {
  return { call, effects: [] };
}

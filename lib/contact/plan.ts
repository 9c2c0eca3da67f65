import type { Route } from "@/lib/model/route.ts";
import type { Queued, Visitor, VisitorMessage } from "./ports.ts";

/** A call or chat that a visitor requests and its widget allows. */
export interface ContactPlan {
  /** Unique in the process, and stored in the record. */
  id: string;
  address: string;
  visitor: Visitor;
  startedAt: number;
  /** The page's own id of it, which the service's messages repeat; older pages
   * have none. */
  contact?: string;
  /** Of a chat: absent if it never ends because nobody writes. */
  idle?: IdleTimes;
  /** The way to an agent, if the address is a team. */
  route?: Route;
}

/** How long nobody writes before both sides are warned, and before the chat
 * ends. */
export interface IdleTimes {
  warnMs: number;
  endMs: number;
}

/** Returns the visitor's consent for a record. */
export function agreed(
  { visitor: { consent } }: ContactPlan,
): { consent?: string } {
  return consent === undefined ? {} : { consent };
}

/** A route has more time than its steps, because the bank of an agent needs some
 * for each of them. */
const ROUTE_MARGIN_MS = 30_000;

/** Returns the time for which an agent can be rung: that of all steps of a team,
 * otherwise `directMs`. */
export function ringingMs(
  { route }: Pick<ContactPlan, "route">,
  directMs: number,
): number {
  if (route === undefined) return directMs;
  const { steps, queueMs = 0 } = route;
  return steps.reduce(
    (sum, { agents, strategy, ringMs }) =>
      sum + ringMs * (strategy === "all" ? 1 : agents.length),
    // A contact may ring before it is in the queue, and again afterwards.
    ROUTE_MARGIN_MS + queueMs * 2,
  );
}

/** Returns the message about a place in the queue of a team. */
export function queueInfo(
  of: "call" | "chat",
  { position, minutes }: Queued,
): VisitorMessage {
  const estimate = minutes === undefined ? {} : { minutes };
  return { mt: "QueueInfo", of, position, ...estimate };
}

/** Adds the page's id of the contact to a message about it. A message that
 * names another contact stays unchanged. */
export function named(
  message: VisitorMessage,
  contact: string | undefined,
): VisitorMessage {
  if (contact === undefined || "contact" in message) return message;
  switch (message.mt) {
    case "Error":
    case "IceConfig":
    case "Challenge":
    case "CallbackTimes":
      return message; // Not about a call or chat.
    default:
      return { ...message, contact };
  }
}

/** True if a page means this contact; also if one of the two has no id. */
export function isMeant(
  contact: string | undefined,
  by: string | undefined,
): boolean {
  return contact === undefined || by === undefined || contact === by;
}

export interface CallPlan extends ContactPlan {
  /** True if video is allowed; otherwise voice only. */
  video: boolean;
}

/** The limits of lib/protocol/visitor/limits.ts that the bridge enforces. */
export interface ContactLimits {
  offerWithinMs: number;
  answerWithinMs: number;
  ringMsMax: number;
  mediaWithinMs: number;
  joinWithinMs: number;
  acceptWithinMs: number;
  sdpLength: number;
  entriesPerChat: number;
  charactersPerChat: number;
}

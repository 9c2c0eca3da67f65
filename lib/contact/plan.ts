import type { Visitor, VisitorMessage } from "./ports.ts";

/** A call or chat that a visitor asks for and its widget allows. */
export interface ContactPlan {
  /** Unique in the process; the record keeps it. */
  id: string;
  address: string;
  visitor: Visitor;
  startedAt: number;
  /** The page's own id of it, which it hears again; older pages give none. */
  contact?: string;
}

/** What a record says of the visitor's consent. */
export function agreed(
  { visitor: { consent } }: ContactPlan,
): { consent?: string } {
  return consent === undefined ? {} : { consent };
}

/** The message, with the name that the page gave the contact it is about. One
 * that names another contact keeps that. */
export function named(
  message: VisitorMessage,
  contact: string | undefined,
): VisitorMessage {
  if (contact === undefined || "contact" in message) return message;
  switch (message.mt) {
    case "Error":
    case "IceConfig":
    case "Challenge":
      return message; // About no call or chat.
    default:
      return { ...message, contact };
  }
}

/** True if a page means this contact: each, if one of the two has no name. */
export function isMeant(
  contact: string | undefined,
  by: string | undefined,
): boolean {
  return contact === undefined || by === undefined || contact === by;
}

export interface CallPlan extends ContactPlan {
  /** Whether the agent may be seen, and see: else voice only. */
  video: boolean;
}

/** The limits of lib/protocol/visitor/limits.ts that the bridge keeps. */
export interface ContactLimits {
  offerWithinMs: number;
  answerWithinMs: number;
  mediaWithinMs: number;
  joinWithinMs: number;
  sdpLength: number;
  entriesPerChat: number;
  charactersPerChat: number;
}

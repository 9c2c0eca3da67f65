import type { Visitor } from "./ports.ts";

/** A call or chat that a visitor asks for and its widget allows. */
export interface ContactPlan {
  /** Unique in the process; the record keeps it. */
  id: string;
  address: string;
  visitor: Visitor;
  startedAt: number;
}

/** What a record says of the visitor's consent. */
export function agreed(
  { visitor: { consent } }: ContactPlan,
): { consent?: string } {
  return consent === undefined ? {} : { consent };
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

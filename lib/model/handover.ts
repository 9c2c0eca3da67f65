import * as v from "valibot";
import { AnsweredBy } from "./route.ts";

// A chat can be handed over from agent to agent. The schemas are lenient, as
// those of running_chat.ts are.

/** Offers of one chat to other agents. */
export const OFFERS_MAX = 50;

/** An agent, and the id under which the agent's bank knows a contact. */
export const AgentLeg = AnsweredBy;
export type AgentLeg = AnsweredBy;

/** One agent has handed a chat over to another one, or invited another one. */
export const Handover = v.object({
  at: v.number(),
  /** Addresses of the two agents. */
  from: v.string(),
  to: v.string(),
  /** Set if `from` kept the chat, and both had it from then on. */
  invited: v.exactOptional(v.literal(true)),
});
export type Handover = v.InferOutput<typeof Handover>;

/** True if the first agent of a chat no longer has it. */
export function wasHandedOver(handovers: readonly Handover[] = []): boolean {
  return handovers.some(({ invited }) => !invited);
}

/** The second agent of a chat. */
export const Guest = v.object({
  ...AgentLeg.entries,
  /** The name for the visitor. */
  name: v.string(),
  /** Name of the agent who has invited this one. */
  inviter: v.string(),
});
export type Guest = v.InferOutput<typeof Guest>;

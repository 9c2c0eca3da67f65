import * as v from "valibot";
import { AnsweredBy } from "./route.ts";

// A chat can be handed over from agent to agent. The schemas are lenient, as
// those of running_chat.ts are.

/** Offers of one chat to other agents. */
export const OFFERS_MAX = 50;

/** An agent, and the id under which the agent's bank knows a contact. */
export const AgentLeg = AnsweredBy;
export type AgentLeg = AnsweredBy;

/** One agent has handed a chat over to another one. */
export const Handover = v.object({
  at: v.number(),
  /** Addresses of the two agents. */
  from: v.string(),
  to: v.string(),
});
export type Handover = v.InferOutput<typeof Handover>;

import * as v from "valibot";
import { Strategy } from "./team.ts";

// A route is stored with a running chat, so the schemas are lenient, as those of
// running_chat.ts are.

/** Agents who are rung together, or one after the other. */
export const RouteStep = v.object({
  agents: v.array(v.string()),
  strategy: v.fallback(Strategy, "all"),
  /** Time for which they are rung together, or each of them. */
  ringMs: v.number(),
  /** Set if they are rung whatever their presence is: a queue of a PBX has
   * none. */
  always: v.exactOptional(v.literal(true)),
});
export type RouteStep = v.InferOutput<typeof RouteStep>;

/** The way of one contact with a team: the team as it was at the beginning. */
export const Route = v.object({
  steps: v.array(RouteStep),
  /** Maximum number of chats of one member. */
  chatsMax: v.exactOptional(v.number()),
  /** How long a contact waits in the queue if all members are busy; absent for
   * not at all. */
  queueMs: v.exactOptional(v.number()),
  /** End of the opening time, in ms since 1970: nobody is rung from then on. */
  closesAt: v.exactOptional(v.number()),
});
export type Route = v.InferOutput<typeof Route>;

/** The agent who has answered a contact with a team. */
export const AnsweredBy = v.object({
  address: v.string(),
  /** The contact's id at the agent's bank: see `legId()`. */
  leg: v.string(),
});
export type AnsweredBy = v.InferOutput<typeof AnsweredBy>;

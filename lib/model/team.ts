import * as v from "valibot";
import { TypedAddress } from "./address.ts";
import { wholeNumber } from "./whole_number.ts";

/** Maximum number of members of one team, and of all teams of a widget. */
export const MEMBERS_MAX = 20;
export const ALL_MEMBERS_MAX = 400;
/** Maximum number of further steps of one team. */
export const STEPS_MAX = 5;
/** Seconds for which an agent is rung. */
export const RING_SECONDS_MIN = 5;
export const RING_SECONDS_MAX = 120;
/** Maximum number of chats in one agent's limit. */
export const CHATS_LIMIT_MAX = 50;

/** Maximum number of minutes in the queue of a team. */
export const QUEUE_MINUTES_MAX = 60;

/** How the members are rung: all at the same time; one after the other,
 * beginning with the one who was rung longest ago; or beginning with the one
 * whose last contact ended longest ago. */
export const STRATEGIES = ["all", "turn", "idle"] as const;
export const Strategy = v.picklist(STRATEGIES);
export type Strategy = v.InferOutput<typeof Strategy>;

const RingSeconds = wholeNumber(RING_SECONDS_MIN, RING_SECONDS_MAX);

/** An agent, a queue of the PBX or another team of the widget, rung if nobody
 * before has answered. */
export const TeamStep = v.strictObject({
  to: TypedAddress,
  seconds: RingSeconds,
});
export type TeamStep = v.InferOutput<typeof TeamStep>;

/** Several people behind one card. */
export const Team = v.strictObject({
  /** Addresses of agents at the desk or the PBX. */
  members: v.pipe(
    v.array(TypedAddress),
    v.minLength(1, "must have a member"),
    v.maxLength(MEMBERS_MAX, `must be at most ${MEMBERS_MAX} members`),
    v.check(
      (all) => new Set(all.map((one) => one.toLowerCase())).size === all.length,
      "must name each member once",
    ),
  ),
  strategy: Strategy,
  /** Time for which the members are rung together, or each of them. */
  ringSeconds: RingSeconds,
  /** A member at the desk with this number of chats gets no further one from
   * the team; 0 for no limit. */
  chatsMax: wholeNumber(0, CHATS_LIMIT_MAX),
  /** Minutes for which a contact waits in the queue if all members are busy;
   * absent for not at all. */
  queueMinutes: v.exactOptional(wholeNumber(1, QUEUE_MINUTES_MAX)),
  /** In order, if no member answers. After the last one, the visitor can leave a
   * message. */
  steps: v.pipe(
    v.array(TeamStep),
    v.maxLength(STEPS_MAX, `must be at most ${STEPS_MAX} steps`),
  ),
});
export type Team = v.InferOutput<typeof Team>;

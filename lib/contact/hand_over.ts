import type { Route } from "@/lib/model/route.ts";

/** The agent who has joined hands the chat over to the agent `to`. The answer is
 * `not-taken`, or `close` with the cause HANDED_OVER. */
export interface HandOver {
  type: "hand-over";
  to: string;
  /** Name of the agent who hands it over. */
  name: string;
  note: string;
  /** Set if `to` is a team of the chat's widget. */
  isTeam?: true;
  /** The way to the team's members, which the bridge adds. */
  route?: Route;
}

/** Why a chat rings at another agent than the one whom the visitor chose. */
export interface OfferedBy {
  /** Name of the agent who hands the chat over. */
  name: string;
  /** A message for the other agent; "" if there is none. */
  note: string;
}

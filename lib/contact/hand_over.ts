import type { Route } from "@/lib/model/route.ts";

/** The agent who has joined hands the chat over to the agent `to`. The answer is
 * `not-taken`, or `close` with the cause HANDED_OVER. */
export interface HandOver {
  type: "hand-over";
  to: string;
  /** Name of the agent who hands it over. */
  name: string;
  note: string;
  /** Set if `to` is a team, or an agent at a PBX, of the chat's widget. */
  isTeam?: true;
  /** The way to `to` if `isTeam` is set, which the bridge adds. */
  way?: HandoverWay;
}

/** The agent who has joined invites the agent `to`, and keeps the chat. The
 * answer is `agents` or `not-taken`. */
export interface Invite {
  type: "invite";
  to: string;
  /** Name of the agent who invites. */
  name: string;
  note: string;
}

/** The way to a team or a single agent of a widget. */
export interface HandoverWay {
  route: Route;
  /** The name on the card. The visitor sees it if the bank of the agent who
   * joins does not send another one. */
  name: string;
}

/** The agent who has a connected call hands it over to the agent `to`, or keeps
 * it after all. The answer is `not-taken`, or `hang-up` with the cause
 * HANDED_OVER. Not named as for a chat, because instances of an earlier version
 * know that name. */
export type HandOverCall =
  | {
    type: "offer-call";
    to: string;
    /** Name of the agent who hands it over. */
    name: string;
    note: string;
  }
  | { type: "keep-call" };

/** Why a call or chat rings at another agent than the one whom the visitor chose. */
export interface OfferedBy {
  /** Name of the agent who hands it over. */
  name: string;
  /** A message for the other agent; "" if there is none. */
  note: string;
  /** Set if both agents will have the chat. */
  isInvite?: true;
}

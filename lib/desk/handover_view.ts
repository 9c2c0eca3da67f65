import type { HandoverView } from "@/lib/protocol/desk/service_messages.ts";
import type { DeskHandover } from "./chat_leg_state.ts";

/** Returns a handover as the agent's pages see it. */
export function shown(
  { id, to, isInvite, ...handover }: DeskHandover,
): HandoverView {
  const both = { id, to, ...isInvite && { isInvite } };
  const { state } = handover;
  return state === "offered"
    ? { state, ...both }
    : { state, ...both, cause: handover.cause };
}

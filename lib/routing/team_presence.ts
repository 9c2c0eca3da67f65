import { type Presence, PRESENCES } from "@/lib/model/presence.ts";
import type { Route } from "@/lib/model/route.ts";

/** The presence of one agent, as its bank reports it. */
export interface AgentPresence {
  presence: Presence;
  lacks?: "chat" | undefined;
}

/** From the best one for a visitor to the worst. */
const ORDER: readonly Presence[] = ["online", "busy", "away", "dnd", "offline"];

/**
 * Returns the presence of a team: the best one of all agents on its route (R8).
 * It lacks chats if none of the agents with this presence takes any. A busy team
 * with a queue is available (R11).
 */
export function teamPresence(
  { steps, queueMs }: Pick<Route, "steps" | "queueMs">,
  of: (address: string) => AgentPresence | undefined,
): AgentPresence {
  const all = steps.flatMap(({ agents }) => agents)
    .map((address): AgentPresence => of(address) ?? { presence: "offline" });
  const places = all.map(({ presence }) => ORDER.indexOf(presence));
  const presence = ORDER[Math.min(...places, PRESENCES.length - 1)] ??
    "offline";
  const best = all.filter((one) => one.presence === presence);
  const isChatless = best.length > 0 && best.every(({ lacks }) => lacks);
  const isQueue = queueMs !== undefined &&
    steps[0]?.agents.some((address) => of(address)?.presence === "busy");
  return {
    presence: isQueue ? "online" : presence,
    lacks: isChatless ? "chat" : undefined,
  };
}

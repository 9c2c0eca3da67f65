import type { Strategy } from "@/lib/model/team.ts";

/** When agents were busy, in ms; 0 for never. */
export interface AgentTimes {
  /** When the agent was rung last. */
  rungAt(address: string): number;
  /** When the agent's last contact ended. */
  idleSince(address: string): number;
}

/** Returns the agents in the order in which they are rung (R1). Those with the
 * same time keep the order of the team. */
export function inTurn(
  addresses: readonly string[],
  strategy: Strategy,
  agents: AgentTimes,
): string[] {
  switch (strategy) {
    case "all":
      return [...addresses];
    case "turn":
      return addresses.toSorted((a, b) => agents.rungAt(a) - agents.rungAt(b));
    case "idle":
      return addresses.toSorted((a, b) =>
        agents.idleSince(a) - agents.idleSince(b)
      );
  }
}

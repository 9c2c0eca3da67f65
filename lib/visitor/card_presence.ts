import type { Agent } from "@/lib/model/agent.ts";
import type { Route } from "@/lib/model/route.ts";
import {
  type AgentPresence,
  teamPresence,
} from "@/lib/routing/team_presence.ts";

const OFFLINE: AgentPresence = { presence: "offline", lacks: undefined };

/**
 * Returns the presence of an agent's card inside opening hours: `offline` while
 * the Boolean object is off, or if no offered medium works. The card keeps the
 * chat, shown as unavailable, if it offers calls, too.
 */
export function cardPresence(
  { address, boolean, inactive, media }: Agent,
  { route, of }: {
    /** Of a team. */
    route: Route | undefined;
    /** Returns what the bank of an address says. */
    of(address: string): AgentPresence | undefined;
  },
): AgentPresence {
  const isOff = boolean !== "" && of(boolean)?.presence !== "online";
  if (inactive || isOff) return OFFLINE;
  const { presence, lacks } = route
    ? teamPresence(route, of)
    : of(address) ?? OFFLINE;
  const isCalled = media.includes("voice") || media.includes("video");
  if (isCalled) return { presence, lacks };
  return lacks && media.length > 0 ? OFFLINE : { ...OFFLINE, presence };
}

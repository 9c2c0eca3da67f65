import type { Presence } from "@/lib/model/presence.ts";

/** An agent's state as visitors see it (TellPresence). */
export interface AgentShown {
  presence: Presence;
  lacks: "chat" | undefined;
}

export const OFFLINE: AgentShown = { presence: "offline", lacks: undefined };

export function isSame(a: AgentShown, b: AgentShown): boolean {
  return a.presence === b.presence && a.lacks === b.lacks;
}

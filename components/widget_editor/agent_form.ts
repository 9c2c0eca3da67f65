import { oneLine } from "@/lib/base/plain_text.ts";
import { Agent } from "@/lib/model/agent.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import type { ContactMedia } from "@/lib/model/media.ts";
import { CONTACT_MEDIA } from "@/lib/model/media.ts";
import type { FoundAgent } from "@/lib/protocol/admin/messages.ts";
import { type Problems, problemsIn } from "./problems.ts";

/** The agent in the dialog, and what changes it. */
export interface AgentForm {
  agent: Agent;
  problems: Problems;
  change: (change: Partial<Agent>) => void;
  setHours: (hours: OpeningHours | undefined) => void;
}

/** The defaults of a new agent: all media are enabled. */
export const NEW_AGENT: Agent = {
  address: "",
  name: "",
  department: "",
  phone: "",
  email: "",
  picture: "",
  media: [...CONTACT_MEDIA],
  inactive: false,
  boolean: "",
  link: { label: "", url: "" },
};

/** Returns the errors of an agent. `taken` are the addresses of the others; the
 * error "taken" marks an address that the widget already has. */
export function agentProblems(
  agent: Agent,
  taken: readonly string[],
): Problems {
  const problems = problemsIn(Agent, agent);
  const isTaken = taken.includes(oneLine(agent.address));
  return isTaken ? { ...problems, address: "taken" } : problems;
}

/** Fills in a found agent, but keeps an existing name, email or picture. */
export function fillFrom(agent: Agent, found: FoundAgent): Agent {
  return {
    ...agent,
    address: found.address,
    name: agent.name || (found.name === found.address ? "" : found.name),
    email: agent.email || found.email,
    picture: agent.picture || (found.picture ?? ""),
  };
}

/** Enables or disables a medium; the media keep their order. */
export function withMedium(
  agent: Agent,
  medium: ContactMedia,
  offered: boolean,
): Agent {
  const media = CONTACT_MEDIA.filter((other) =>
    other === medium ? offered : agent.media.includes(other)
  );
  return { ...agent, media };
}

/** Replaces the agent at `address`, or appends it. */
export function putAgent(
  agents: readonly Agent[],
  agent: Agent,
  address?: string,
): Agent[] {
  const place = agents.findIndex((other) => other.address === address);
  return place < 0 ? [...agents, agent] : agents.with(place, agent);
}

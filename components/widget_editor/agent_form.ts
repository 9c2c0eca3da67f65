import { Agent } from "@/lib/model/agent.ts";
import type { ContactMedia } from "@/lib/model/media.ts";
import { CONTACT_MEDIA } from "@/lib/model/media.ts";
import type { FoundAgent } from "@/lib/protocol/admin/messages.ts";
import { type Problems, problemsIn } from "./problems.ts";

/** What a new agent starts as: every way is open until one is closed. */
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

/** What is wrong with an agent; `taken` are the addresses of the others. The
 * word "taken" stands for an address that the widget has already. */
export function agentProblems(
  agent: Agent,
  taken: readonly string[],
): Problems {
  const problems = problemsIn(Agent, agent);
  const isTaken = taken.includes(agent.address.trim());
  return isTaken ? { ...problems, address: "taken" } : problems;
}

/** Takes one who was found; a name, email or picture that is there stays. */
export function fillFrom(agent: Agent, found: FoundAgent): Agent {
  return {
    ...agent,
    address: found.address,
    name: agent.name || (found.name === found.address ? "" : found.name),
    email: agent.email || found.email,
    picture: agent.picture || (found.picture ?? ""),
  };
}

/** Opens or closes a way; the ways keep their order. */
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

/** The list with an agent in the place of `address`, or at the end. */
export function putAgent(
  agents: readonly Agent[],
  agent: Agent,
  address?: string,
): Agent[] {
  const place = agents.findIndex((other) => other.address === address);
  return place < 0 ? [...agents, agent] : agents.with(place, agent);
}

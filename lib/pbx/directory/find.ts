import { oneLine } from "@/lib/base/plain_text.ts";
import type { AgentMatches, AgentQuery } from "@/lib/contact/ports.ts";
import type { Found } from "./users.ts";

/** Returns one page of the agents whose name or address contains the text, by
 * name. */
export function findAgents(
  all: readonly Found[],
  { text, after, limit }: AgentQuery,
): Pick<AgentMatches, "agents" | "next"> {
  const part = fold(text.trim());
  const found = all
    .filter(({ name, address }) => fold(`${name}\n${address}`).includes(part))
    .sort((a, b) =>
      a.name.localeCompare(b.name) || a.address.localeCompare(b.address)
    );
  const from = after === undefined
    ? 0
    : found.findIndex(({ address }) => address === after) + 1;
  const agents = found.slice(from, from + limit).map((agent) => ({
    ...agent,
    name: oneLine(agent.name), // P51
    email: oneLine(agent.email),
  }));
  const last = agents.at(-1);
  return last !== undefined && from + limit < found.length
    ? { agents, next: last.address }
    : { agents };
}

/** Ignores case and accents: "muller" finds "Müller". */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

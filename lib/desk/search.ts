import type { AgentMatches, AgentQuery } from "@/lib/contact/ports.ts";
import type { Account } from "@/lib/model/account.ts";

/** Returns the accounts whose name or address contains the text, sorted by
 * name. */
export function searchAgents(
  accounts: readonly Account[],
  { text, after, limit }: AgentQuery,
): AgentMatches {
  const wanted = text.trim().toLowerCase();
  const found = accounts
    .filter(({ name, displayName }) =>
      displayName.toLowerCase().includes(wanted) || name.includes(wanted)
    )
    .map((account) => ({ account, key: sortKey(account) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = found.slice(0, limit);
  const next = found.length > limit ? page.at(-1)?.key : undefined;
  return {
    agents: page.map(({ account }) => ({
      address: account.name,
      name: account.displayName,
      email: "",
    })),
    ...(next === undefined ? {} : { next }),
  };
}

/** Sorts by name and, for equal names, by address; also used as `next`. */
function sortKey({ name, displayName }: Account): string {
  return `${displayName.toLowerCase()}\n${name}`;
}

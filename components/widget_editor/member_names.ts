import { useEffect, useRef, useState } from "preact/hooks";
import type { FindAgents } from "./agent_search.ts";

/** Names by address. A member without an entry is unknown, or not asked for
 * yet. */
export type MemberNames = ReadonlyMap<string, string>;

/** Returns the names of a team's members, as the desk and the PBX know them. */
export function useMemberNames(
  members: readonly string[],
  api: { findAgents: FindAgents },
): MemberNames {
  const [names, setNames] = useState<MemberNames>(new Map());
  const asked = useRef(new Set<string>());
  const left = useRef(new AbortController());
  useEffect(() => () => left.current.abort(), []);
  useEffect(() => {
    const all = asked.current;
    const fresh = members.filter((member) => !all.has(member));
    for (const member of fresh) all.add(member);
    const { signal } = left.current;
    void namesOf(fresh, (...query) => api.findAgents(...query), {
      signal,
      found: (address, name) =>
        setNames((before) => new Map([...before, [address, name]])),
    });
  }, [members]);
  return names;
}

/** Looks up one member after the other, as a team can have 20 of them. */
export async function namesOf(
  members: readonly string[],
  find: FindAgents,
  { signal, found }: {
    signal: AbortSignal;
    found: (address: string, name: string) => void;
  },
): Promise<void> {
  for (const member of members) {
    if (signal.aborted) return;
    const page = await find(member, { signal });
    if (!page.ok || signal.aborted) continue;
    const one = page.value.agents.find(({ address }) =>
      address.toLowerCase() === member.toLowerCase()
    );
    if (one?.name) found(member, one.name);
  }
}

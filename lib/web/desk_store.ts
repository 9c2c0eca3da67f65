import type { Clock } from "@/lib/base/clock.ts";
import type { DeskOptions } from "@/lib/desk/ports.ts";
import type { Store } from "@/lib/store/open.ts";

/** What the desk needs of the store: the accounts, and what agents chose. No
 * address holds a colon, so their rows are never those of an agent on a PBX. */
export function deskStore(
  { accounts, presences }: Store,
  clock: Clock,
): Pick<DeskOptions, "accounts" | "choices"> {
  const row = (account: string) => `desk:${account}`;
  return {
    accounts: {
      list: async () => (await accounts.list()).map(({ value }) => value),
    },
    choices: {
      get: async (account) => (await presences.get(row(account)))?.presence,
      set: (account, presence) =>
        presences.set({ address: row(account), presence, since: clock.wall() }),
    },
  };
}

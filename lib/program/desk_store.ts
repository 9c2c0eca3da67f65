import type { Clock } from "@/lib/base/clock.ts";
import type { DeskOptions } from "@/lib/desk/ports.ts";
import type { Store } from "@/lib/store/open.ts";

/**
 * Returns the desk's part of the store: the accounts, and the agents' choices.
 * No address contains a colon, so its rows never collide with those of PBX
 * agents.
 */
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

import type { Clock } from "@/lib/base/clock.ts";
import type { PresenceChoices } from "@/lib/desk/ports.ts";
import type { PresenceStore } from "@/lib/store/presence_store.ts";

/** Keeps what agents chose at their desks. No address holds a colon, so these
 * rows are never those of an agent on a PBX. */
export function deskChoices(
  presences: PresenceStore,
  clock: Clock,
): PresenceChoices {
  const row = (account: string) => `desk:${account}`;
  return {
    get: async (account) => (await presences.get(row(account)))?.presence,
    set: (account, presence) =>
      presences.set({ address: row(account), presence, since: clock.now() }),
  };
}

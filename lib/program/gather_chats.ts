import type { Clock } from "@/lib/base/clock.ts";
import { pause } from "@/lib/base/pause.ts";
import type { ClusterAgents } from "@/lib/cluster/cluster_agents.ts";
import type { DeskBank } from "@/lib/desk/bank.ts";
import type { Store } from "@/lib/store/open.ts";
import type { VisitorBank } from "@/lib/visitor/bank.ts";

/** A page of an agent waits no longer than this for the agent's chats. It would
 * end those that it is not welcomed with, and gives up after 10 s itself. */
const GATHER_MS = 8_000;
/** Time between two looks at the store. It doubles, because most chats are here
 * soon. */
const GATHER_AGAIN_MS = { first: 10, max: 100 };

export interface GatherChatsOptions {
  store: Pick<Store, "instance"> & {
    runningChats: Pick<Store["runningChats"], "seatsOfAgent">;
  };
  clock: Clock;
  desk: Pick<DeskBank, "hasContact">;
  agents: Pick<ClusterAgents, "gather">;
  visitors: Pick<VisitorBank, "adoptSeat">;
  /** True for instances that have ended. */
  isDead(home: string): Promise<boolean>;
}

/**
 * Brings an agent's chats here: those of living instances, and those that nobody
 * continues yet. A chat that the desk has already may be an old copy, from before
 * this instance was taken for dead, so the others are asked in any case. Rejects
 * if the store has failed for 8 s.
 */
export async function gatherChats(
  address: string,
  options: GatherChatsOptions,
): Promise<void> {
  const { clock, agents } = options;
  const until = clock.now() + GATHER_MS;
  for (let tries = 0;; tries++) {
    try {
      const { count, missing } = await adoptLeft(address, options);
      if (missing === 0 && (count === 0 || tries > 0)) return;
      await agents.gather(address);
      if (missing === 0 || clock.now() >= until) return;
    } catch (error) {
      if (clock.now() >= until) throw error;
    }
    const { first, max } = GATHER_AGAIN_MS;
    await pause(clock, Math.min(first * 2 ** tries, max));
  }
}

/** Continues those of an agent's chats here that have no home. Returns how many
 * chats there are, and how many of them are not at the desk. */
async function adoptLeft(
  address: string,
  { store, desk, visitors, isDead }: GatherChatsOptions,
): Promise<{ count: number; missing: number }> {
  const all = await store.runningChats.seatsOfAgent(address);
  const missing = all.filter(({ id }) => !desk.hasContact(address, id));
  for (const { seat, home } of missing) {
    const isLeft = home === undefined ||
      home !== store.instance && await isDead(home);
    if (isLeft) await visitors.adoptSeat(seat);
  }
  return { count: all.length, missing: missing.length };
}

import type { Clock } from "@/lib/base/clock.ts";
import type { AgentPort } from "@/lib/contact/ports.ts";
import type { Presence } from "@/lib/model/presence.ts";

/** A PBX that has not sent a presence by then counts as offline. */
const PBX_ANSWER_MS = 500;

interface AgentState {
  presence: Presence;
  lacks?: "chat" | undefined;
}

const OFFLINE: AgentState = { presence: "offline" };

/** The states of agents at one time. */
export interface StatesNow {
  of(address: string): AgentState;
}

/** Reads the states of agents. The desk knows them immediately; a PBX sends
 * those that nobody has watched a moment later. */
export async function readStates(
  addresses: readonly string[],
  { agents, clock, isAtPbx }: {
    agents: Pick<AgentPort, "watch">;
    clock: Pick<Clock, "after">;
    isAtPbx: (address: string) => boolean;
  },
): Promise<StatesNow> {
  const states = new Map<string, AgentState>();
  const stateOf = (address: string) => states.get(address) ?? OFFLINE;
  const all = new Set(addresses);
  const late = [...all].filter(isAtPbx);
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    const isComplete = late.every((one) => stateOf(one).presence !== "offline");
    if (isComplete) resolve();
  };
  using watches = new DisposableStack();
  for (const address of all) {
    watches.use(agents.watch(address, (presence, lacks) => {
      states.set(address, { presence, lacks });
      look();
    }));
  }
  look();
  watches.use(clock.after(PBX_ANSWER_MS, resolve));
  await promise;
  return { of: stateOf };
}

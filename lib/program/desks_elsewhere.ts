import * as v from "valibot";
import type { DesksElsewhere } from "@/lib/admin/own_desk.ts";
import type { ClusterAgents } from "@/lib/cluster/cluster_agents.ts";
import type { Questions } from "@/lib/cluster/questions.ts";
import type { DeskBank } from "@/lib/desk/bank.ts";
import { DeskSummary } from "@/lib/protocol/admin/desk_state.ts";
import type { Presence } from "@/lib/model/presence.ts";

export interface DesksElsewhereOptions {
  desk: Pick<DeskBank, "isUnused" | "overview">;
  agents: Pick<ClusterAgents, "desk">;
  questions: Pick<Questions, "answer" | "askOne">;
  /** Returns the home of an account's workspace, if it is another instance that
   * is alive. */
  homeOf(account: string): Promise<string | undefined>;
}

const NAME = "desk";

/** Returns the state of agents' desks at other instances, for pages of this
 * one, and answers the same question of others. */
export function desksElsewhere(
  { desk, agents, questions, homeOf }: DesksElsewhereOptions,
): DesksElsewhere {
  questions.answer(NAME, (account) => {
    const state = typeof account === "string" && desk.overview(account);
    return state ? [state] : [];
  });
  return {
    known({ id, name }) {
      if (!desk.isUnused(id)) return undefined;
      let shown: Presence = "offline";
      const tell = (presence: Presence) => void (shown = presence);
      agents.desk.watch(name, tell)[Symbol.dispose]();
      return { presence: shown, waiting: 0 };
    },
    async ask({ id }) {
      if (!desk.isUnused(id)) return undefined;
      const home = await homeOf(id);
      if (home === undefined) return undefined;
      const [part] = await questions.askOne(home, NAME, id) ?? [];
      const read = v.safeParse(DeskSummary, part);
      return read.success ? read.output : undefined;
    },
  };
}

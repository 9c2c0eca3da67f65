import type { Agent } from "@/lib/model/agent.ts";
import type { Route, RouteStep } from "@/lib/model/route.ts";
import type { Team, TeamStep } from "@/lib/model/team.ts";

/**
 * Returns the way of a contact with this team, as the widget is now. A step to
 * another team rings its members, and not the steps of that team, so no route
 * leads in a circle.
 *
 * @param closesAt End of the opening time, in ms since 1970.
 */
export function routeOf(
  team: Team,
  agents: readonly Agent[],
  closesAt?: number,
): Route {
  const { chatsMax, queueMinutes } = team;
  return {
    steps: [
      membersOf(team, team.ringSeconds),
      ...team.steps.map((step) => stepOf(step, agents)),
    ],
    ...(chatsMax === 0 ? {} : { chatsMax }),
    ...(queueMinutes === undefined ? {} : { queueMs: queueMinutes * 60_000 }),
    ...(closesAt === undefined ? {} : { closesAt }),
  };
}

function stepOf(
  { to, seconds }: TeamStep,
  agents: readonly Agent[],
): RouteStep {
  const { team, inactive = false } =
    agents.find(({ address }) => address === to) ?? {};
  const ringMs = seconds * 1_000;
  if (inactive) return { agents: [], strategy: "all", ringMs };
  if (team !== undefined) return membersOf(team, seconds);
  return { agents: [to], strategy: "all", ringMs, always: true };
}

function membersOf(
  { members, strategy }: Team,
  seconds: number,
): RouteStep {
  return { agents: [...members], strategy, ringMs: seconds * 1_000 };
}

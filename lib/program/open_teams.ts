import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { DAY_MS, HOUR_MS } from "@/lib/base/times.ts";
import type { Directory } from "@/lib/contact/directory.ts";
import type { HandoverWay } from "@/lib/contact/hand_over.ts";
import type { RouteStep } from "@/lib/model/route.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { routeOf } from "@/lib/routing/route_of.ts";
import { TeamAgents } from "@/lib/routing/team_agents.ts";
import type { Statistics } from "@/lib/statistics/statistics.ts";
import type { Store } from "@/lib/store/open.ts";

const log = getLogger(["widgets", "routing"]);

/** The time from which waits are read, and the maximum number of records. */
const WAITS_MS = 28 * DAY_MS;
const RECORDS_MAX = 5_000;

export interface TeamsOptions {
  store: Pick<Store, "instance" | "contactRecords">;
  clock: Clock;
  hub: Hub<Topics>;
  directory: Directory;
  statistics: Pick<Statistics, "count">;
  closing: { use<T extends Disposable>(resource: T): T };
}

/** Opens the teams, between the bridge and all agents. */
export function openTeams(
  { store, clock, hub, directory, statistics, closing }: TeamsOptions,
): TeamAgents {
  const teams = closing.use(
    new TeamAgents({
      ...{ agents: directory, clock, own: store.instance },
      watch: (...watched) => directory.watch(...watched),
      left: ({ team, ...queued }) => {
        const [widget = "", agent = ""] = team.split("/");
        statistics.count({ type: "queued", widget, agent, ...queued });
      },
      report: (report) => hub.tell("team-queue", report),
      readWaits: async (team) => {
        try {
          return await waitsOf(team, { store, now: clock.wall() });
        } catch (error) {
          log.warn("Cannot read how long visitors waited: {error}", { error });
          throw error;
        }
      },
    }),
  );
  closing.use(hub.on("team-queue", (report) => teams.hear(report)));
  return teams;
}

/** Longer than a colleague has for accepting a chat, so that the bridge ends the
 * offer. */
const HANDOVER_RING_MS = 60_000;

/** Returns the way to a team or a single agent of this widget, as it is now. */
export async function routeTo(
  store: Pick<Store, "widgets">,
  widget: string,
  address: string,
): Promise<HandoverWay | undefined> {
  const stored = await store.widgets.get(widget);
  const agents = stored?.value.content.agents ?? [];
  const agent = agents.find((one) => one.address === address);
  if (agent === undefined || agent.inactive) return undefined;
  const { team, media } = agent;
  const name = agent.name || address;
  if (team !== undefined) return { route: routeOf(team, agents), name };
  if (!media.includes("chat")) return undefined;
  const step: RouteStep = {
    ...{ agents: [address], strategy: "all", ringMs: HANDOVER_RING_MS },
  };
  return { route: { steps: [step] }, name };
}

/** Returns how long the answered contacts of a team have waited at this hour of
 * the last weeks, in ms. */
export async function waitsOf(
  team: string,
  { store, now }: {
    store: Pick<Store, "contactRecords">;
    now: number;
  },
): Promise<number[]> {
  const [widget = "", address] = team.split("/");
  const hour = hourOf(now);
  const waits: number[] = [];
  let count = 0;
  const span = { from: now - WAITS_MS, to: now, widget };
  for await (const record of store.contactRecords.newest(span)) {
    if (++count > RECORDS_MAX) break;
    const { answeredAt, startedAt } = record;
    const isMeant = record.address === address && hourOf(startedAt) === hour;
    if (isMeant && answeredAt) waits.push(answeredAt - startedAt);
  }
  return waits;
}

function hourOf(time: number): number {
  return Math.floor(time / HOUR_MS) % 24;
}

import { deepEqual } from "node:assert/strict";
import type { Team } from "@/lib/model/team.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import { routeOf } from "./route_of.ts";

const SALES: Team = {
  members: ["ada", "bob"],
  strategy: "turn",
  ringSeconds: 15,
  chatsMax: 2,
  steps: [
    { to: "team-2", seconds: 30 },
    { to: "queue", seconds: 60 },
    { to: "cleo", seconds: 5 },
    { to: "team-1", seconds: 5 },
  ],
};
const SERVICE: Team = {
  members: ["dan"],
  strategy: "idle",
  ringSeconds: 10,
  chatsMax: 0,
  steps: [{ to: "team-1", seconds: 5 }],
};

Deno.test("[R4] a route has the members of the team, then its steps; a step to a team rings the members of that team only", () => {
  const agents = [
    anAgent("team-1", { name: "Sales", team: SALES }),
    anAgent("team-2", { name: "Service", team: SERVICE }),
    anAgent("cleo", { inactive: true }),
  ];

  const route = routeOf(SALES, agents, 1_000);

  deepEqual(route, {
    chatsMax: 2,
    closesAt: 1_000,
    steps: [
      { agents: ["ada", "bob"], strategy: "turn", ringMs: 15_000 },
      { agents: ["dan"], strategy: "idle", ringMs: 30_000 },
      { agents: ["queue"], strategy: "all", ringMs: 60_000, always: true },
      { agents: [], strategy: "all", ringMs: 5_000 },
      { agents: ["ada", "bob"], strategy: "turn", ringMs: 5_000 },
    ],
  });
  deepEqual(routeOf(SERVICE, []), {
    steps: [
      { agents: ["dan"], strategy: "idle", ringMs: 10_000 },
      { agents: ["team-1"], strategy: "all", ringMs: 5_000, always: true },
    ],
  });
});

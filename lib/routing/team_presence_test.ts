import { deepEqual } from "node:assert/strict";
import type { RouteStep } from "@/lib/model/route.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { teamPresence } from "./team_presence.ts";

function presenceOf(...all: [Presence, "chat"?][]) {
  return stateOf(all);
}

function stateOf(all: [Presence, "chat"?][], queueMs?: number) {
  const agents = all.map((_, n) => String(n));
  const steps = agents.map((agent): RouteStep => ({
    ...{ agents: [agent], strategy: "all", ringMs: 1 },
  }));
  const queue = queueMs === undefined ? {} : { queueMs };
  return teamPresence({ steps, ...queue }, (address) => {
    const [presence, lacks] = all[Number(address)] ?? ["offline"];
    return { presence, lacks };
  });
}

Deno.test("[R8] a team has the best presence of its agents", () => {
  const found = [
    presenceOf(),
    presenceOf(["offline"], ["dnd"]),
    presenceOf(["dnd"], ["away"]),
    presenceOf(["away"], ["busy"]),
    presenceOf(["busy"], ["online"], ["offline"]),
  ].map(({ presence }) => presence);

  deepEqual(found, ["offline", "dnd", "away", "busy", "online"]);
});

Deno.test("[R8] a team lacks chats if none of its best agents takes any", () => {
  const lacks = [
    presenceOf(["online", "chat"], ["busy"]),
    presenceOf(["online", "chat"], ["online"]),
    presenceOf(["online"], ["busy", "chat"]),
  ].map((one) => one.lacks);

  deepEqual(lacks, ["chat", undefined, undefined]);
});

Deno.test("[R11] a team with a queue is available while a member of its first step is busy", () => {
  const found = [
    stateOf([["busy"], ["offline"]], 60_000),
    stateOf([["away"], ["busy"]], 60_000), // The second one is another step.
    stateOf([["offline"]], 60_000),
    stateOf([["busy"]]),
  ].map(({ presence }) => presence);

  deepEqual(found, ["online", "busy", "offline", "busy"]);
});

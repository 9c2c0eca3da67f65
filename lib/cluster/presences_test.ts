import { deepEqual, equal, ok } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import type { BeaconReport } from "./member_report.ts";
import { Presences } from "./presences.ts";

function open(homeOf?: (address: string) => Promise<string | undefined>) {
  const clock = new FakeClock();
  const presences = new Presences({
    own: "here",
    clock,
    ...(homeOf && { homeOf }),
  });
  const told: Presence[] = [];
  presences.watch("otto", (presence) => void told.push(presence));
  return { clock, presences, told };
}

function report(
  presences: Record<string, Presence>,
  rest: Partial<BeaconReport> = {},
): BeaconReport {
  return { presences, pbx: [], wants: [], ...rest };
}

const HERE = { presence: "away", lacks: undefined } as const;

Deno.test("[CLUSTER2] watch() answers immediately, and reports each change once", () => {
  const { presences, told } = open();

  presences.hear("a", report({ otto: "online" }));
  presences.hear("a", report({ otto: "online", ada: "away" }));
  presences.hear("a", report({ otto: "dnd" }));
  const later: Presence[] = [];
  presences.watch("otto", (presence) => void later.push(presence));
  presences.hear("a", report({}));

  deepEqual(told, ["offline", "online", "dnd", "offline"]);
  deepEqual(later, ["dnd", "offline"]);
});

Deno.test("[CLUSTER2] an agent of a PBX who can only be called is reported as such", () => {
  const { presences } = open();
  const told: unknown[] = [];
  presences.watch("max", (...state) => void told.push(state));

  presences.hear("a", report({ max: "online" }, { phones: ["max"] }));
  presences.hear("a", report({ max: "online" }));

  deepEqual(told, [
    ["offline", undefined],
    ["online", "chat"],
    ["online", undefined],
  ]);
});

Deno.test("[CLUSTER2] this instance's own agent counts first, unless the agent is offline here", () => {
  const { presences, told } = open();
  presences.hear("a", report({ otto: "dnd" }));

  presences.setOwn("otto", HERE);
  equal(presences.homeOf("otto"), "here");
  presences.setOwn("otto", { presence: "offline", lacks: undefined });

  deepEqual(told, ["offline", "dnd", "away", "dnd"]);
  equal(presences.homeOf("otto"), "a");
});

Deno.test("[CLUSTER2] addresses such as __proto__ and constructor are like all others", () => {
  const { presences } = open();
  const report = JSON.parse(
    '{"presences":{"__proto__":"dnd","constructor":"away"}}',
  );

  presences.hear("a", report);

  equal(presences.homeOf("__proto__"), "a");
  equal(presences.homeOf("constructor"), "a");
  equal(presences.homeOf("toString"), undefined);
});

Deno.test("[CLUSTER3] after a farewell, agents are shown for 3 s, and offline if they have not moved by then", () => {
  const { clock, presences, told } = open();
  presences.hear("a", report({ otto: "online" }));

  presences.bye("a");
  equal(presences.homeOf("otto"), undefined);
  clock.advance(2_999);
  deepEqual(told, ["offline", "online"]);
  clock.advance(1);

  deepEqual(told, ["offline", "online", "offline"]);
});

Deno.test("[CLUSTER3] an agent who moves is never shown as offline, and the new instance counts immediately", () => {
  const { clock, presences, told } = open();
  presences.hear("a", report({ otto: "online" }));

  presences.bye("a");
  presences.hear("b", report({ otto: "dnd" }));
  presences.dead("a");
  clock.advance(10_000);

  deepEqual(told, ["offline", "online", "dnd"]);
  equal(presences.homeOf("otto"), "b");
});

Deno.test("[CLUSTER3] an agent whose new instance stops before the old one has forgotten them is never shown as offline", () => {
  const { clock, presences, told } = open();
  presences.hear("a", report({ otto: "online" }));
  presences.hear("b", report({ otto: "online" }));

  presences.bye("b");
  presences.hear("a", report({}));
  clock.advance(2_999);
  presences.hear("c", report({ otto: "online" }));
  clock.advance(10_000);

  deepEqual(told, ["offline", "online"]);
  equal(presences.homeOf("otto"), "c");
});

Deno.test("[CLUSTER3] an agent who moves and then leaves is offline, and not shown as before", () => {
  const { presences, told } = open();
  presences.hear("a", report({ otto: "online" }));

  presences.bye("a");
  presences.hear("b", report({ otto: "dnd" }));
  presences.hear("b", report({}));

  deepEqual(told, ["offline", "online", "dnd", "offline"]);
});

Deno.test("[CLUSTER4] the agents of a dead instance are offline immediately", () => {
  const { presences, told } = open();
  presences.hear(
    "a",
    report({ otto: "online", ada: "online" }, { pbx: ["p"] }),
  );

  presences.dead("a");

  deepEqual(told, ["offline", "online", "offline"]);
  equal(presences.homeOf("ada"), undefined);
  deepEqual(presences.linked, []);
});

Deno.test("[CLUSTER4] an instance that was taken for dead is heard again", () => {
  const { presences, told } = open();
  presences.hear("a", report({ otto: "online" }));
  presences.dead("a");

  presences.hear("a", report({ otto: "online" }));

  deepEqual(told, ["offline", "online", "offline", "online"]);
});

Deno.test("[CLUSTER5] if two instances claim an agent, the one with the workspace counts, even before this one", async () => {
  const asked: string[] = [];
  const { presences, told } = open((address) => {
    asked.push(address);
    return Promise.resolve("b");
  });
  presences.setOwn("otto", HERE);
  presences.hear("b", report({ otto: "busy" }));
  await Promise.resolve();
  presences.hear("b", report({ otto: "online" }));
  presences.setOwn("otto", { presence: "offline", lacks: undefined });

  deepEqual(asked, ["otto"]);
  deepEqual(told, ["offline", "away", "busy", "online"]);
});

Deno.test("[CLUSTER5] while two instances claim an agent, the workspace's home is read again each second", async () => {
  const workspace: { home?: string } = {};
  let reads = 0;
  const { clock, presences, told } = open(() => {
    reads++;
    return workspace.home === undefined
      ? Promise.reject(new Error("no answer"))
      : Promise.resolve(workspace.home);
  });
  presences.hear("a", report({ otto: "online" }));
  presences.hear("b", report({ otto: "dnd" }));
  await Promise.resolve();
  deepEqual(told, ["offline", "online"]); // The one that had the agent counts.

  workspace.home = "b";
  presences.hear("b", report({ otto: "dnd" }));
  equal(reads, 1);
  clock.advance(1_000);
  presences.hear("b", report({ otto: "dnd" }));
  await Promise.resolve();

  equal(reads, 2);
  equal(told.at(-1), "dnd");
  presences.hear("b", report({}));
  clock.advance(1_000);
  presences.hear("a", report({ otto: "online" }));
  equal(told.at(-1), "online");
  equal(reads, 2);
});

Deno.test("[CLUSTER4] nothing remains of agents, watchers and instances that have gone", () => {
  const { clock, presences } = open();
  const watch = presences.watch("ada", () => {});
  presences.hear("a", report({ ada: "online" }));
  presences.hear(
    "b",
    report({ max: "online" }, { pbx: ["p"], wants: ["otto"] }),
  );
  deepEqual(presences.linked, ["b"]);
  deepEqual([...presences.wanted()], ["otto"]);

  watch[Symbol.dispose]();
  presences.dead("a");
  presences.bye("b");
  clock.advance(3_000);

  deepEqual([...presences.wanted()], []);
  deepEqual(presences.linked, []);
  ok(clock.pending === 0);
  presences[Symbol.dispose]();
});

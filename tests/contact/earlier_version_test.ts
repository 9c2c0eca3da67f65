import { deepEqual } from "node:assert/strict";
import * as v from "valibot";
import { systemClock } from "@/lib/base/clock.ts";
import { MemoryBus } from "../support/memory_bus.ts";
import {
  currentWire,
  EarlierBus,
  GROWING,
  recordedWire,
} from "../support/wire_record.ts";
import { breaks, shapeOf } from "../support/wire_shape.ts";
import { agentPortSuite } from "./agent_port_suite.ts";
import { deskElsewhere, pbxElsewhere } from "./elsewhere_harness.ts";

// Two versions of the program form one service during an upgrade. The earlier one
// is known by its recorded messages, because a clone may lack the history.

Deno.test("[CLUSTER15] instances of the recorded version and of this one accept each other's messages, and what they store", async () => {
  const [before, now] = [await recordedWire(), currentWire()];

  const found = Object.entries(before).flatMap(([name, shape]) => {
    const next = now[name];
    const mayGrow = GROWING.includes(name);
    return next === undefined
      ? [`${name} is gone`]
      : breaks(shape, next, name, { mayGrow });
  });

  deepEqual(found, []);
});

Deno.test("[CLUSTER15] a message that one of two versions would reject is found", () => {
  const before = v.variant("type", [
    v.object({ type: v.literal("a"), text: v.string() }),
    v.object({ type: v.literal("b"), list: v.array(v.number()) }),
  ]);
  const rows = [
    v.variant("type", [
      v.object({
        type: v.literal("a"),
        text: v.string(),
        more: v.exactOptional(v.string()),
      }),
      v.object({ type: v.literal("b"), list: v.array(v.number()) }),
    ]),
    v.variant("type", [
      v.object({ type: v.literal("a"), text: v.string(), more: v.string() }),
      v.object({ type: v.literal("c") }),
    ]),
    v.variant("type", [
      v.object({ type: v.literal("a"), text: v.exactOptional(v.string()) }),
      v.object({ type: v.literal("b"), list: v.array(v.string()) }),
    ]),
  ];

  const found = rows.map((now) => breaks(shapeOf(before), shapeOf(now), "M"));

  deepEqual(found, [
    [],
    [
      "M(type a).more is new, so it has to be optional",
      "M(type b) is gone",
      "M(type c) was unknown before",
    ],
    [
      "M(type a).text can be absent now",
      "M(type b).list[] is a string now",
    ],
  ]);
});

const BANKS = { desk: deskElsewhere, PBX: pbxElsewhere };
for (const [bank, open] of Object.entries(BANKS)) {
  for (const place of ["there", "here"] as const) {
    const version = place === "there" ? "agents" : "visitors";
    agentPortSuite(
      `[CLUSTER15] ${bank}, with the ${version} at an earlier version`,
      async () => {
        const bus = new MemoryBus(systemClock);
        const earlier = new EarlierBus(bus, await recordedWire());
        const buses = { there: bus, here: bus, [place]: earlier };
        const harness = await open({ buses });
        return {
          ...harness,
          async [Symbol.asyncDispose]() {
            await harness[Symbol.asyncDispose]();
            bus[Symbol.dispose]();
          },
        };
      },
    );
  }
}

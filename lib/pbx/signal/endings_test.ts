import { deepEqual } from "node:assert/strict";
import { end, endedBy, release } from "./endings.ts";
import type { Signal } from "./signal.ts";

const terminated = (cause: number) => ({
  type: "tell",
  event: { type: "terminated", cause },
});
const rel = (num: number) => ({
  type: "signal",
  signal: { type: "rel", cau: { num } },
});
const disc: Signal = { type: "disc", channels_cmd: "NONE", fty: [] };

Deno.test("[P28] only a leg that the PBX has not released sends rel, before it ends", () => {
  const steps = [
    end(41),
    release(19),
    endedBy({ ...disc, cau: { num: 21 } }),
    endedBy({ ...disc, type: "rel" }),
  ];

  deepEqual(steps.map(({ state }) => state.state), Array(4).fill("ended"));
  deepEqual(steps.map(({ effects }) => effects), [
    [terminated(41)],
    [rel(19), terminated(19)],
    [rel(21), terminated(21)],
    [terminated(16)],
  ]);
});

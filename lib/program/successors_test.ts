import { deepEqual } from "node:assert/strict";
import type { Member } from "@/lib/cluster/members.ts";
import { Successors } from "./successors.ts";

const OTHER: Member = {
  ...{ id: "b", version: "1.0.0", wire: 1, report: {} },
  ...{ draining: false, store: "ok" },
};

function room() {
  const state = { isAway: false, isSilent: false, all: [OTHER] };
  const successors = new Successors({
    bus: state,
    members: {
      all: () => state.all,
      get isBusAway() {
        return state.isSilent;
      },
    },
  });
  return { state, successors };
}

Deno.test("an instance that stops or has no store continues nothing", () => {
  const { state, successors } = room();
  const found = [successors.hasAny()];

  for (const one of [{ store: "away" }, { draining: true }] as const) {
    state.all = [{ ...OTHER, ...one }];
    found.push(successors.hasAny());
  }

  deepEqual([found, successors.ids()], [[true, false, false], []]);
});

for (
  const [why, gone] of Object.entries({
    "the connection to the bus is lost": { isAway: true },
    "the bus carries nothing": { isSilent: true },
  })
) {
  Deno.test(`[MEMBER9] others that were never asked for before still count after they are forgotten because ${why}`, () => {
    const { state, successors } = room();

    Object.assign(state, gone);
    const soon = successors.hasAny();
    state.all = [];
    const forgotten = [successors.ids(), successors.hasAny()];
    Object.assign(state, { isAway: false, isSilent: false });

    deepEqual([soon, forgotten, successors.hasAny()], [
      true,
      [[], true],
      false,
    ]);
  });
}

Deno.test("[MEMBER9] an instance that was alone before the bus was lost stays alone", () => {
  const { state, successors } = room();
  state.all = [];
  successors.hasAny();

  state.isAway = true;

  deepEqual(successors.hasAny(), false);
});

import { deepEqual } from "node:assert/strict";
import { stepSocket } from "./step_socket.ts";
import type { SocketInput } from "./socket_state.ts";

const AWAY = { state: "away", seat: "seat", until: 60_000 } as const;

/** The effects of an input on a seat whose page is away. */
function away(input: SocketInput<string>, now: number): string[] {
  const limits = {
    ...{ badMessages: 5, earlyMessages: 10 },
    ...{ resumeWithinMs: 60_000, startWithinMs: 10_000 },
  };
  const { state, effects } = stepSocket(AWAY, input, { now, limits });
  return [state.state, ...effects.map(({ type }) => type)];
}

Deno.test("a seat whose page is away is released at its time, or when the service stops", () => {
  deepEqual(away({ type: "time" }, 59_999), ["away"]);
  deepEqual(away({ type: "time" }, 60_000), ["gone", "release"]);
  deepEqual(away({ type: "shut" }, 0), ["gone", "release"]);
});

Deno.test("a seat that another page has taken is not released", () => {
  deepEqual(away({ type: "taken" }, 0), ["gone", "yield"]);
});

Deno.test("the late events of a socket change nothing for the seat that it has left", () => {
  const late: SocketInput<string>[] = [
    { type: "lost", keep: false },
    { type: "slow", keep: false },
    { type: "flooded", retryAfter: 1, keep: false },
    { type: "wrong-proof" },
    { type: "refused", refusal: "unknown-widget" },
  ];
  for (const input of late) {
    deepEqual(away(input, 0), ["away"], input.type);
    deepEqual(away(input, 60_000), ["away"], input.type);
  }
});

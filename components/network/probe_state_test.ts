import { deepEqual } from "node:assert/strict";
import {
  newProbe,
  type Probe,
  type ProbeEvent,
  stepProbe,
} from "./probe_state.ts";

const STUN = "stun:s.example";
const TURN = "turn:t.example?transport=udp";

const host = (address: string): ProbeEvent => candidate("host", address);
const relay = candidate("relay", "192.0.2.1");
const gathered: ProbeEvent = { type: "gathered" };
const late: ProbeEvent = { type: "late" };

Deno.test("STUN passes with the address that the Internet sees", () => {
  const seen = run(STUN, host("x.local"), candidate("srflx", "203.0.113.9"));

  deepEqual(seen, {
    state: "passed",
    proof: { kind: "seen-as", address: "203.0.113.9" },
  });
});

Deno.test("STUN that returns only a public address of the browser passes, unless the server was silent", () => {
  const direct = run(STUN, host("203.0.113.9"), gathered);
  const silent = run(STUN, host("203.0.113.9"), error(701, "timed out"), late);
  const inside = run(STUN, host("192.168.1.2"), host("x.local"), gathered);

  deepEqual(direct, { state: "passed", proof: { kind: "direct" } });
  deepEqual(whyOf(silent), "no-answer");
  deepEqual(whyOf(inside), "no-answer");
});

Deno.test("TURN passes only if data came back through the relay", () => {
  const echo: ProbeEvent = { type: "echo", roundTripMs: 7 };

  deepEqual(run(TURN, candidate("srflx", "203.0.113.9")).state, "reaching");
  deepEqual(run(TURN, echo).state, "reaching");
  deepEqual(run(TURN, relay, gathered).state, "relaying");
  deepEqual(whyOf(run(TURN, relay, late)), "no-data");
  deepEqual(run(TURN, relay, gathered, echo), {
    state: "passed",
    proof: { kind: "relayed", address: "192.0.2.1", roundTripMs: 7 },
  });
});

Deno.test("a server's error takes precedence over an unreachable address", () => {
  const cases: [number, string, string][] = [
    [401, "Unauthorized", "unauthorized"],
    [441, "Wrong Credentials", "unauthorized"],
    [403, "Forbidden", "forbidden"],
    [442, "Unsupported Transport Protocol", "unsupported"],
    [486, "Allocation Quota Reached", "quota"],
    [508, "Insufficient Capacity", "quota"],
    [701, "TURN allocate request timed out.", "no-answer"],
    [701, "TURN host lookup received error.", "no-name"],
    [437, "Allocation Mismatch", "refused"],
  ];

  const found = cases.map(([code, text]) =>
    whyOf(run(TURN, error(701, "no route"), error(code, text), gathered))
  );

  deepEqual(found.slice(0, 6), cases.slice(0, 6).map(([, , why]) => why));
  deepEqual(found.at(-1), "refused");
  const alone = cases.map(([code, text]) =>
    whyOf(run(TURN, error(code, text), gathered))
  );
  deepEqual(alone, cases.map(([, , why]) => why));
});

Deno.test("a test ends once, and later events change nothing", () => {
  const ends: Probe[] = [
    run(STUN, candidate("srflx", "203.0.113.9")),
    run(TURN, gathered),
    run(TURN, { type: "stop" }),
    run(TURN, relay, { type: "stop" }),
    run(TURN, { type: "refused", text: "SyntaxError" }),
  ];
  const events = [relay, gathered, late, { type: "stop" } as const];

  const after = ends.map((end) => events.reduce(stepProbe, end));

  deepEqual(after, ends);
  deepEqual(ends.map(({ state }) => state), [
    "passed",
    "failed",
    "stopped",
    "stopped",
    "failed",
  ]);
});

function candidate(
  kind: "host" | "srflx" | "relay",
  address: string,
): ProbeEvent {
  return { type: "candidate", kind, address };
}

function error(code: number, text: string): ProbeEvent {
  return { type: "error", error: { code, text } };
}

function run(url: string, ...events: ProbeEvent[]): Probe {
  return events.reduce(stepProbe, newProbe(url));
}

function whyOf(probe: Probe): string {
  return probe.state === "failed" ? probe.why : probe.state;
}

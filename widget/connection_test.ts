import { deepEqual, equal } from "node:assert/strict";
import { CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import { type Connection, type ConnectionEvent, step } from "./connection.ts";

const READY: ConnectionEvent[] = [
  { type: "arrive" },
  { type: "opened" },
  { type: "session" },
];

/** All states that the events lead through, and the effects of the last. */
function walk(events: ConnectionEvent[], chance = 1) {
  let connection: Connection = { state: "parked" };
  const states: string[] = [];
  let last: readonly { type: string; ms?: number }[] = [];
  for (const event of events) {
    const moved = step(connection, event, chance);
    connection = moved.state;
    last = moved.effects;
    states.push(connection.state);
  }
  return { connection, states, last };
}

Deno.test("a connection connects, sends its greeting and is ready", () => {
  const { states, last } = walk(READY);

  deepEqual(states, ["connecting", "greeting", "ready"]);
  deepEqual(last, [{ type: "stop-waiting" }]);
});

Deno.test("a lost connection waits longer after each attempt, up to a minute", () => {
  const waits: number[] = [];
  const events: ConnectionEvent[] = [...READY];
  for (let i = 0; i < 9; i++) {
    events.push({ type: "closed", code: 1006 });
    waits.push(walk(events).last[0]?.ms ?? 0);
    events.push({ type: "due" });
  }

  deepEqual(waits.slice(0, 4), [1_000, 2_000, 4_000, 8_000]);
  equal(waits.at(-1), 60_000);
});

Deno.test("a restarting service isn't contacted immediately", () => {
  const { last } = walk([...READY, { type: "closed", code: CLOSE.restart }], 0);

  deepEqual(last, [{ type: "wait", ms: 2_000 }]);
});

Deno.test("a connection waits as long as the service asked for", () => {
  const { last } = walk([...READY, {
    type: "closed",
    code: CLOSE.rateLimited,
    retryAfterMs: 30_000,
  }]);

  deepEqual(last, [{ type: "wait", ms: 30_000 }]);
});

Deno.test("a final close code stops the retries until the page is opened again", () => {
  const { connection, last } = walk([
    ...READY,
    { type: "closed", code: CLOSE.unknownWidget },
    { type: "wake" },
    { type: "network" },
    { type: "due" },
  ]);

  deepEqual(connection, { state: "refused", code: 4404 });
  deepEqual(last, []);
});

Deno.test("a page in the back/forward cache has no socket and reconnects on return", () => {
  const left = walk([...READY, { type: "leave" }]);
  const back = walk([...READY, { type: "leave" }, { type: "arrive" }]);

  deepEqual(left.last, [{ type: "stop-waiting" }, { type: "close" }]);
  deepEqual(back.last[0], { type: "open" });
});

Deno.test("after a sleep, a silent socket is replaced and a working one kept", () => {
  const silent = walk([...READY, { type: "wake" }, { type: "due" }]);
  const living = walk([...READY, { type: "wake" }, { type: "heard" }]);

  const asked = walk([...READY, { type: "wake" }]).last;
  deepEqual(asked.filter(({ type }) => type === "wait"), [
    { type: "wait", ms: 5_000 },
  ]);
  deepEqual(silent.states.slice(-2), ["probing", "waiting"]);
  equal(living.connection.state, "ready");
});

Deno.test("a network that returns ends the waiting", () => {
  for (const type of ["wake", "network"] as const) {
    const { states } = walk([
      ...READY,
      { type: "closed", code: 1006 },
      { type },
    ]);

    deepEqual(states.slice(-2), ["waiting", "connecting"]);
  }
});

Deno.test("on another network a socket is replaced immediately, without checking it", () => {
  const { states, last } = walk([...READY, { type: "network" }]);
  const parked = walk([...READY, { type: "leave" }, { type: "network" }]);

  deepEqual(states.slice(-2), ["ready", "connecting"]);
  deepEqual(last.map(({ type }) => type), ["close", "open", "wait"]);
  equal(parked.connection.state, "parked");
});

Deno.test("a connection that doesn't become ready is abandoned and retried", () => {
  const { last } = walk([{ type: "arrive" }, { type: "due" }]);

  deepEqual(last, [{ type: "close" }, { type: "wait", ms: 125 }]);
});

Deno.test("a socket has 20 s to open, and the page to be answered", () => {
  deepEqual(walk([{ type: "arrive" }]).last, [
    { type: "open" },
    { type: "wait", ms: 20_000 },
  ]);
});

Deno.test("the first try after a connection, a start or a new network is after 0.5 to 1 s", () => {
  const starts: ConnectionEvent[][] = [
    READY,
    [{ type: "arrive" }],
    [...READY, { type: "network" }],
  ];
  for (const events of starts) {
    const closed: ConnectionEvent[] = [
      ...events,
      { type: "closed", code: 1006 },
    ];

    deepEqual([walk(closed, 0).last, walk(closed, 1).last], [
      [{ type: "wait", ms: 500 }],
      [{ type: "wait", ms: 1_000 }],
    ]);
  }
});

Deno.test("a page with a running call or chat reconnects after 62 to 125 ms, also to a restarting or full service, and waits longer after each attempt", () => {
  for (const code of [1006, CLOSE.moved, CLOSE.restart, CLOSE.overload]) {
    const events: ConnectionEvent[] = [
      ...READY,
      { type: "closed", code, isBusy: true },
    ];
    deepEqual(
      [0, 1].map((chance) => walk(events, chance).last),
      [[{ type: "wait", ms: 63 }], [{ type: "wait", ms: 125 }]],
    );
    const waits: number[] = [];
    for (let n = 0; n < 4; n++) {
      events.push({ type: "due" }, {
        type: "closed",
        code: 1006,
        isBusy: true,
      });
      waits.push(walk(events).last[0]?.ms ?? 0);
    }
    deepEqual(waits, [250, 500, 1_000, 2_000]);
  }
});

Deno.test("a widget that has left, or may not be shown, doesn't connect again when its socket closes", () => {
  const ends: [string, ConnectionEvent[]][] = [
    ["parked", [...READY, { type: "leave" }]],
    ["refused", [...READY, { type: "closed", code: CLOSE.unknownWidget }]],
  ];
  for (const [state, events] of ends) {
    const { connection, last } = walk([
      ...events,
      { type: "closed", code: 1006 },
    ]);

    deepEqual([connection.state, last], [state, []]);
  }
});

Deno.test("a widget that arrives twice keeps its connection", () => {
  const { states, last } = walk([...READY, { type: "arrive" }]);

  deepEqual([states.at(-1), last], ["ready", []]);
});

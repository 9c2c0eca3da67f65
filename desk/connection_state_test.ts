import { deepEqual, equal } from "node:assert/strict";
import {
  type DeskConnectionEvent,
  type DeskConnectionState,
  stepConnection,
} from "./connection_state.ts";

/** Plays events, each with the ms that pass before it. */
function play(...events: [number, DeskConnectionEvent][]) {
  let connection: DeskConnectionState = { state: "stopped" };
  let now = 0;
  const effects: string[] = [];
  for (const [afterMs, event] of events) {
    now += afterMs;
    const next = stepConnection(connection, event, { now, chance: 0 });
    connection = next.state;
    effects.push(...next.effects);
  }
  return { connection, effects };
}

const START: [number, DeskConnectionEvent] = [0, { type: "start" }];
const OPEN: [number, DeskConnectionEvent][] = [START, [10, {
  type: "welcome",
}]];
const TIME: DeskConnectionEvent = { type: "time" };

Deno.test("a lost connection is retried with growing pauses", () => {
  const lost = play(...OPEN, [0, { type: "closed", code: 1006 }]);
  const refused: [number, DeskConnectionEvent][] = [
    [50, TIME],
    [10, { type: "closed", code: 1006 }],
    [10, { type: "checked", found: "unreachable" }],
  ];

  const again = play(
    ...OPEN,
    [0, { type: "closed", code: 1006 }],
    ...refused,
    [100, TIME],
    [10, { type: "closed", code: 1006 }],
    [10, { type: "checked", found: "signed-in" }],
  );

  deepEqual(lost.connection, { state: "waiting", attempt: 1, until: 60 });
  equal(again.connection.state === "waiting" && again.connection.attempt, 3);
  deepEqual(again.effects, ["open", "open", "check", "open", "check"]);
});

Deno.test("an expired session stops the connection, a valid one reconnects immediately", () => {
  const closed: [number, DeskConnectionEvent] = [0, {
    type: "closed",
    code: 4401,
  }];

  const signedOut = play(...OPEN, closed, [
    5,
    { type: "checked", found: "signed-out" },
  ], [60_000, TIME]);
  const signedIn = play(...OPEN, closed, [
    5,
    { type: "checked", found: "signed-in" },
  ]);

  deepEqual(signedOut.connection, { state: "signed-out" });
  deepEqual(signedOut.effects, ["open", "check"]);
  equal(signedIn.connection.state, "connecting");
});

Deno.test("40 s of silence drop the socket, and each message restarts that time", () => {
  const silent = play(...OPEN, [40_000, TIME]);
  const heard = play(...OPEN, [39_000, { type: "heard" }], [2_000, TIME]);

  deepEqual(silent.effects, ["open", "drop"]);
  equal(silent.connection.state, "waiting");
  equal(heard.connection.state, "open");
});

Deno.test("after waking up, an answer must arrive within 5 s", () => {
  const dead = play(...OPEN, [0, { type: "wake" }], [5_000, TIME]);
  const alive = play(
    ...OPEN,
    [0, { type: "wake" }],
    [100, { type: "heard" }],
    [4_900, TIME],
  );
  const waiting = play(...OPEN, [0, { type: "closed", code: 1012 }], [
    1,
    { type: "wake" },
  ]);

  deepEqual(dead.effects, ["open", "ping", "drop"]);
  equal(alive.connection.state, "open");
  equal(waiting.connection.state, "connecting");
});

Deno.test("a connection attempt is abandoned after 10 s", () => {
  const late = play(START, [10_000, TIME]);

  deepEqual(late.effects, ["open", "drop", "check"]);
});

Deno.test("a stopped connection stays stopped until it is started", () => {
  const stopped = play(
    ...OPEN,
    [0, { type: "stop", moves: false }],
    [0, { type: "closed", code: 1000 }],
    [0, { type: "wake" }],
    [60_000, TIME],
  );
  const again = play(...OPEN, [0, { type: "stop", moves: false }], START);

  deepEqual(stopped.connection, { state: "stopped" });
  deepEqual(stopped.effects, ["open", "leave"]);
  equal(again.connection.state, "connecting");
});

import { deepEqual, equal } from "node:assert/strict";
import { anAgent } from "@/tests/support/any_widget.ts";
import { office, TEAM, WIDGET } from "@/tests/support/callback_office.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { RETRY_MS, RING_MS } from "./callback_step.ts";
import { LOOK_MS } from "./ringer.ts";

Deno.test("[DUE10] [P66] when a callback is due, the agent's phone rings with the visitor's name, and the number is called once the agent has answered", async () => {
  using room = await office();
  const { pbx } = room;

  await room.pass(LOOK_MS);
  const call = await pbx.calls.next();
  const before = pbx.transfers.all.length;
  await call.answer();
  await room.handled();

  equal(call.visitorName, "Jonas");
  equal(before, 0);
  deepEqual(pbx.transfers.all, [{ call, to: "I49703173009" }]);
  deepEqual([call.state, call.cause], ["ended", 16]);
  const { call: after, assignee, state } = await room.stored();
  deepEqual(after, { state: "over", tries: 0 });
  deepEqual([assignee, state], [
    { id: "pbx:atlantis", name: "Atlantis Smith" },
    "open",
  ]);
  deepEqual(room.counted, [
    { type: "callback", outcome: "taken", widget: WIDGET, agent: "atlantis" },
  ]);
  await room.leap(2 * RETRY_MS);
  equal(pbx.transfers.all.length, 1);
});

Deno.test("[DUE10] a phone that declines or does not answer is a missed ring, and rings again with the next one", async () => {
  using room = await office();
  const { pbx } = room;

  await room.pass(LOOK_MS);
  const first = await pbx.calls.next();
  first.hangUp();
  await room.pass(RING_MS);
  const declined = await room.stored();
  await room.leap(RETRY_MS);
  const second = await pbx.calls.next();
  await room.pass(RING_MS);
  const unanswered = await room.stored();
  await room.leap(RETRY_MS);
  await room.pass(RING_MS);

  deepEqual([declined.call?.state, declined.call?.tries], ["waiting", 1]);
  deepEqual([unanswered.call?.state, unanswered.call?.tries], ["waiting", 2]);
  deepEqual([second.state, second.cause], ["ended", 16]);
  deepEqual((await room.stored()).call, { state: "over", tries: 3 });
  deepEqual(pbx.transfers.all, []);
});

Deno.test("[DUE10] a link that is lost before the agent answers leaves the ring to the desks, and nobody is called", async () => {
  using room = await office();
  const { pbx } = room;
  await room.pass(LOOK_MS);
  const call = await pbx.calls.next();

  pbx.cut();
  await pbx.connect();
  await call.answer();
  await room.pass(RING_MS);

  deepEqual((await room.stored()).call?.state, "waiting");
  deepEqual(pbx.transfers.all, []);
  equal(pbx.count("Signaling"), 1);
});

Deno.test("[DUE10] a link that is lost while the number is called does not make the service call twice", async () => {
  using room = await office();
  const { pbx } = room;
  pbx.transfers.result = undefined;
  await room.pass(LOOK_MS);
  const call = await pbx.calls.next();
  await call.answer();
  await room.handled();

  pbx.cut();
  await pbx.connect();
  for (let n = 0; n < 9; n++) await room.leap(RETRY_MS);

  equal(pbx.transfers.all.length, 1);
  const { call: after, assignee } = await room.stored();
  deepEqual(after, { state: "over", tries: 0 });
  equal(assignee?.name, "Atlantis Smith");
});

Deno.test("[DUE10] a number that the PBX refuses is a missed ring, and is called again with the next one", async () => {
  using room = await office();
  const { pbx } = room;
  pbx.transfers.result = { error: 1, cause: 34 };
  await room.pass(LOOK_MS);
  await (await pbx.calls.next()).answer();
  await room.handled();
  const { call, assignee } = await room.stored();
  pbx.transfers.result = {};

  await room.leap(RETRY_MS);
  await (await pbx.calls.next()).answer();
  await room.handled();

  deepEqual([call?.state, call?.tries, assignee], ["waiting", 1, undefined]);
  equal(pbx.transfers.all.length, 2);
  equal((await room.stored()).call?.state, "over");
});

Deno.test("[DUE10] of the members of a team at the PBX, the first who answers has the callback, and the other phone stops", async () => {
  using room = await office({ agents: [TEAM] });
  const { pbx } = room;
  await room.pass(LOOK_MS);
  const calls = [await pbx.calls.next(), await pbx.calls.next()];

  await Promise.all(calls.map((call) => call.answer()));
  await room.handled();

  equal(pbx.transfers.all.length, 1);
  deepEqual(calls.map(({ cause }) => cause).sort(), [16, 26]);
  equal(pbx.count("Signaling"), 5); // Two setups, a transfer, two releases.
});

for (const isTold of [true, false]) {
  const when = isTold ? "rings" : "is answered in the same moment";
  Deno.test(`[DUE10] a phone that ${when} stops when an agent at the desk takes the callback`, async () => {
    using room = await office();
    const taken = { state: "taken", at: room.clock.wall(), tries: 0 } as const;
    await room.pass(LOOK_MS);
    const call = await room.pbx.calls.next();

    await room.change(taken, { isTold });
    if (!isTold) await call.answer();
    await call.ended();

    equal(call.state, "ended");
    deepEqual(room.pbx.transfers.all, []);
    deepEqual((await room.stored()).call, taken);
  });
}

Deno.test("[DUE10] a phone rings once for each ring, also if two instances are linked with its PBX", async () => {
  using room = await office({ instances: 2 });

  await room.pass(RING_MS / 2);

  const setups = room.pbxs.map((pbx) => pbx.count("Signaling"));
  deepEqual(setups.sort(), [0, 1]);
});

Deno.test("[DUE10] only phones of available agents ring, and one who becomes available meanwhile too", async () => {
  const inactive = anAgent("columbia", { inactive: true });
  using room = await office({
    agents: [anAgent("atlantis"), inactive],
    address: "",
  });
  const { pbx } = room;
  pbx.setPresence("atlantis", { status: "open", activity: "busy" });

  await room.pass(2 * LOOK_MS);
  const busy = pbx.count("Signaling");
  pbx.setPresence("atlantis", { status: "open", activity: "" });
  await pbx.calls.next();

  equal(busy, 0);
  equal(pbx.count("Signaling"), 1);
});

Deno.test("[DUE10] no number is called if the store cannot say that nobody else does", async () => {
  const lines: string[] = [];
  using _log = await logInto(lines);
  using room = await office();
  await room.pass(LOOK_MS);
  const call = await room.pbx.calls.next();
  room.isBroken = true;

  await call.answer();
  await room.handled();

  deepEqual([call.cause, room.pbx.transfers.all], [41, []]);
  equal(lines.filter((line) => line.includes("by a phone")).length, 1);
});

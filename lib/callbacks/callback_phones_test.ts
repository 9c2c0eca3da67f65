import { deepEqual, equal, ok } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import { PROGRAM } from "@/lib/model/audit.ts";
import type { CallbackState } from "@/lib/model/callback.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import type { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import { awaited, timeOf } from "@/tests/support/callback_time.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { turns, user } from "@/tests/support/simulated_pbx/in_memory.ts";
import { newBank } from "@/tests/support/simulated_pbx/service.ts";
import { SimulatedPbx } from "@/tests/support/simulated_pbx/simulated_pbx.ts";
import { memoryWire } from "@/tests/support/simulated_pbx/wire.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { CallbackPhones } from "./callback_phones.ts";
import { RETRY_MS, RING_MS } from "./callback_step.ts";
import type { CallbackCounted } from "./outcome.ts";
import { CallbackRinger, LOOK_MS } from "./ringer.ts";

const WIDGET = "1".repeat(32);
const TEAM = anAgent("team-1", {
  name: "Sales",
  team: {
    members: ["atlantis", "columbia", "ada"],
    ...{ strategy: "all", ringSeconds: 20, chatsMax: 0, steps: [] },
  },
});

/** A callback that is due, in a store with a fake clock. */
async function dueCallback(agents: WidgetContent["agents"], address: string) {
  const store = await memoryStore();
  const { clock, inquiries, widgets } = store;
  const content = { ...newContent("Shop", "en"), agents };
  await widgets.create("sidebar", content, WIDGET, PROGRAM);
  const made = await inquiries.create({
    ...{ id: "m1", widget: WIDGET, address, name: "Jonas", lang: "en" },
    ...{ reply: "+49 7031 73009", text: "Please call" },
    callback: { from: clock.wall() },
  });
  ok(made.ok);
  return { store, number: made.value.inquiry.number };
}

async function linked(bank: PbxBank) {
  const peer = { address: "192.0.2.10", origin: null };
  const pbx = new SimulatedPbx(
    memoryWire((...given) => bank.accept(...given), peer),
    { users: ["atlantis", "columbia"].map((sip) => user(sip)) },
  );
  await pbx.connect();
  return pbx;
}

/** A callback that is due, a ringer, and a linked PBX for each instance. */
async function office(
  { agents = [anAgent("atlantis", { name: "Atlantis Smith" })], ...more }: {
    agents?: WidgetContent["agents"];
    address?: string;
    instances?: number;
  } = {},
) {
  const { address = agents[0]?.address ?? "", instances = 1 } = more;
  const stack = new DisposableStack();
  const { store, number } = await dueCallback(agents, address);
  const { clock, inquiries } = stack.use(store);
  const parts = { ...store, hub: new Hub<Topics>() };
  const counted: CallbackCounted[] = [];
  const room = { isBroken: false };
  const change: typeof inquiries.change = (...given) =>
    room.isBroken
      ? Promise.reject(new Error("broken"))
      : inquiries.change(...given);
  const pbxs: SimulatedPbx[] = [];
  const work: { settled(): Promise<unknown> }[] = [];
  for (let n = 0; n < instances; n++) {
    const phones = stack.use(newBank(clock));
    pbxs.push(await linked(phones));
    const ringing = stack.use(
      new CallbackPhones({
        ...{ ...parts, phones },
        inquiries: { get: (which) => inquiries.get(which), change },
        isAtDesk: (address) => address === "ada",
        happened: (one) => counted.push(one),
      }),
    );
    work.push(ringing);
  }
  const tasks = awaited(store.tasks);
  work.unshift(tasks);
  stack.use(new CallbackRinger({ ...parts, store: { ...store, tasks } }));
  const [pbx] = pbxs;
  ok(pbx);
  return Object.assign(room, {
    ...{ ...timeOf(clock, work), pbx, pbxs, clock, counted },
    async stored() {
      const stored = await inquiries.get(number);
      ok(stored);
      return { ...stored.value, call: stored.value.callback?.call };
    },
    /** A page changes the callback. */
    async change(call: CallbackState) {
      const stored = await inquiries.get(number);
      ok(stored?.value.callback);
      const callback = { ...stored.value.callback, call };
      await inquiries.change(number, stored.revision, { callback });
      parts.hub.tell("callbacks-changed", { number });
      await turns();
    },
    [Symbol.dispose]: () => stack.dispose(),
  });
}

Deno.test("[DUE10] [P66] when a callback is due, the agent's phone rings with the visitor's name, and the number is called once the agent has answered", async () => {
  using room = await office();
  const { pbx } = room;

  await room.pass(LOOK_MS);
  const call = await pbx.calls.next();
  const before = pbx.transfers.all.length;
  await call.answer();
  await turns();

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
  await turns();

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
  await turns();
  const { call, assignee } = await room.stored();
  pbx.transfers.result = {};

  await room.leap(RETRY_MS);
  await (await pbx.calls.next()).answer();
  await turns();

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
  await turns();

  equal(pbx.transfers.all.length, 1);
  deepEqual(calls.map(({ cause }) => cause).sort(), [16, 26]);
  equal(pbx.count("Signaling"), 5); // Two setups, a transfer, two releases.
});

Deno.test("[DUE10] a phone stops when an agent at the desk takes the callback, also in the moment in which it is answered", async () => {
  using room = await office();
  const taken = { state: "taken", at: room.clock.wall(), tries: 0 } as const;
  await room.pass(LOOK_MS);
  const call = await room.pbx.calls.next();

  await Promise.all([room.change(taken), call.answer()]);
  await turns();

  equal(call.state, "ended");
  deepEqual(room.pbx.transfers.all, []);
  deepEqual((await room.stored()).call, taken);
});

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
  await turns();

  deepEqual([call.cause, room.pbx.transfers.all], [41, []]);
  equal(lines.filter((line) => line.includes("by a phone")).length, 1);
});

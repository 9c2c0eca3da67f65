import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import type { VisitorMessage } from "@/lib/contact/ports.ts";
import { ClusterRoom } from "@/tests/support/cluster_room.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import type { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";

/** A visitor in a call with Otto, and Bob who is asked to take it, at three
 * instances. */
async function offered({ isEarlier = false } = {}) {
  const { room, all: [a, b, c] } = await ClusterRoom.open("a", "b", "c");
  if (!a || !b || !c) throw new Error("Cannot open three instances");
  if (isEarlier) {
    const report = c.agents.report.bind(c.agents);
    c.agents.report = () => ({ ...report(), can: [] });
  }
  const otto = await room.connect(b);
  const bob = await room.connectBob(c);
  await room.pass(1_000);
  const told: VisitorMessage[] = [];
  const bridge = new Bridge({
    agents: a.agents.desk,
    records: { add: () => Promise.resolve() },
    clock: room.clock,
  });
  const visitor = bridge.contacts({ tell: (message) => told.push(message) });
  const call = visitor.createCall({
    ...{ address: "otto", visitor: ADA, video: false },
  });
  const sdp = sampleOffer("voice");
  const channels = { cmd: "PROPOSAL", sdp } as const;
  visitor.call.dispatch({ type: "channels", channels });
  await room.pass(50);
  answer(otto, call);
  await room.pass(50);
  const view = otto.last("call")?.call;
  otto.say({
    ...{ type: "call-hand-over", call, n: otto.n(call) },
    ...{ handover: "h1", to: "bob", note: "VIP" },
  });
  await room.pass(50);
  const move = { cmd: "PROPOSAL", peer: 1, sdp } as const;
  visitor.call.dispatch({ type: "move", move });
  await room.pass(50);
  const offer = bob.last("call")?.call;
  return { room, c, otto, bob, told, visitor, call, view, offer };
}

function answer(page: FakeDeskPage, call: string): void {
  page.say({ type: "call-take", call, n: page.n(call) });
  const sdp = sampleAnswer("voice");
  page.say({ type: "call-answer", call, n: page.n(call), sdp });
}

function handoverAt(page: FakeDeskPage) {
  const call = page.last("call")?.call;
  return call?.state === "taken" ? call.handover : call?.state;
}

Deno.test("[CALL23] a call is handed over among three instances", async () => {
  const { room, otto, bob, told, visitor, view, offer } = await offered();
  await using _room = room;
  deepEqual(offer?.offeredBy, { name: "Otto Lilienthal", note: "VIP" });

  answer(bob, offer?.id ?? "");
  await room.pass(50);
  visitor.call.dispatch({ type: "move", move: { cmd: "READY", peer: 1 } });
  await room.pass(50);

  equal(view?.state === "taken" && view.canHandOver, true);
  deepEqual(told.at(-1), { mt: "CallMove", cmd: "DONE", peer: 1, dn: "Bob" });
  const over = otto.last("call")?.call;
  equal(over?.state === "ended" && over.handedTo, "Bob");
  visitor.call.dispatch({ type: "clear" });
  await room.pass(50);
  equal(bob.last("call")?.call.state, "ended");
});

Deno.test("[CALL23] a call stays with the first agent if the instance of the second one dies during the offer", async () => {
  for (const isTaken of [false, true]) {
    const { room, c, otto, bob, told, call, offer } = await offered();
    await using _room = room;
    if (isTaken) answer(bob, offer?.id ?? "");
    await room.pass(50);

    room.kill(c);
    await room.pass(55_000);
    const handover = handoverAt(otto);
    otto.say({ type: "call-hold", call, n: otto.n(call), held: true });
    await room.pass(50);

    equal(typeof handover === "object" && handover.state, "not-taken");
    deepEqual(told.at(-1), { mt: "CallHold", held: true });
  }
});

Deno.test("[CLUSTER17] an agent at an instance of an earlier version is not asked to take a call", async () => {
  const { room, otto, told, offer } = await offered({ isEarlier: true });
  await using _room = room;

  equal(offer, undefined);
  deepEqual(handoverAt(otto), {
    ...{ state: "not-taken", id: "h1", to: "Bob", cause: CAUSE.outOfOrder },
  });
  deepEqual(told.at(-1), { mt: "CallMove", cmd: "CLOSE", peer: 1 });
});

import { deepEqual, equal } from "node:assert/strict";
import type {
  CallBefore,
  CallEvent,
  OutgoingCall,
} from "@/lib/contact/ports.ts";
import {
  ClusterRoom,
  type RoomInstance,
} from "@/tests/support/cluster_room.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";

/** Three instances; a visitor of `a` has a call with the agent at `b`. */
async function talking() {
  const { room, all } = await ClusterRoom.open("a", "b", "c");
  const [a, b, c] = all as [RoomInstance, RoomInstance, RoomInstance];
  const page = await room.connect(b);
  const events: CallEvent[] = [];
  const call: OutgoingCall = {
    ...{ id: "call", address: "otto", visitor: ADA, media: "voice" },
    sdp: sampleOffer("voice"),
  };
  const leg = a.agents.desk.dial(call, (event) => events.push(event));
  await room.pass(10);
  page.say({ type: "call-take", call: "call", n: 1 });
  const sdp = sampleAnswer("voice");
  page.say({ type: "call-answer", call: "call", n: 2, sdp });
  await room.pass(10);
  const before: CallBefore = {
    ...{ startedAt: 1, answeredAt: 2, page: page.id, heard: 2 },
  };
  return { room, a, b, c, page, leg, events, call, before };
}

const HELLO = [{ call: "call", heard: 1 }];

Deno.test("[CLUSTER14] a connected call whose home dies goes on at the next one, and the agent notices nothing", async () => {
  const { room, a, c, page, call, before } = await talking();
  await using _room = room;
  room.kill(a);
  await room.pass(3_000);
  const shown = page.all("call").length;

  const heard: CallEvent[] = [];
  const next = c.agents.desk.resumeCall?.(
    call,
    (event) => heard.push(event),
    before,
  );
  await room.pass(100);
  page.say({ type: "call-hold", call: "call", n: 3, held: true });
  await room.pass(10);
  const states = page.all("call").slice(shown).map(({ call }) => call.state);
  next?.send({ type: "hang-up", cause: 16 });
  await room.pass(10);

  deepEqual(states.filter((state) => state !== "taken"), []);
  deepEqual(heard.slice(-2), [
    { type: "page", page: page.id, heard: 3 },
    { type: "terminated", cause: 16 },
  ]);
  equal(page.last("call")?.call.state, "ended");
});

Deno.test("[CLUSTER14] a home that wakes up after another one has the call has no effect", async () => {
  const { room, a, c, page, leg, events, call, before } = await talking();
  await using _room = room;
  room.kill(a);
  await room.pass(3_000);
  room.store("call", c);
  c.agents.desk.resumeCall?.(call, () => {}, before);
  await room.pass(100);
  const told = events.filter(({ type }) => type !== "terminated").length;
  room.wake(a);
  await room.pass(3_000);
  leg.send({ type: "hang-up", cause: 16 });
  await room.pass(100);
  page.say({ type: "call-hold", call: "call", n: 3, held: true });
  await room.pass(10);

  equal(page.last("call")?.call.state, "taken");
  equal(events.filter(({ type }) => type !== "terminated").length, told);
});

Deno.test("[CLUSTER14] a call follows its agent from an instance that dies, and from one that it leaves", async () => {
  for (const isKilled of [true, false]) {
    const { room, b, c, page, leg, events } = await talking();
    await using _room = room;
    if (isKilled) room.kill(b);
    page.end(1006);
    await room.pass(isKilled ? 3_000 : 10);

    const again = c.desk.page({ id: page.id });
    await room.connect(c, again, [], HELLO);
    const [view] = again.last("welcome")?.calls ?? [];
    again.say({ type: "call-hold", call: "call", n: 3, held: true });
    const channels = { cmd: "PROPOSAL", sdp: "offer 2" } as const;
    leg.send({ type: "channels", channels });
    await room.pass(10);
    const { media } = again.last("call-media") ?? {};
    leg.send({ type: "hang-up", cause: 16 });
    await room.pass(10);

    deepEqual(
      view?.state === "taken" && [view.mine, view.heard],
      [true, 2],
      `killed: ${isKilled}`,
    );
    deepEqual(media, channels);
    deepEqual(events.slice(-3), [
      { type: "hold", held: true },
      { type: "page", page: page.id, heard: 3 },
      { type: "terminated", cause: 16 },
    ]);
    equal(again.last("call")?.call.state, "ended");
  }
});

Deno.test("[CLUSTER14] a call whose agent does not come back ends with 41", async () => {
  const { room, b, events } = await talking();
  await using _room = room;
  room.kill(b);
  await room.pass(70_000);

  deepEqual(events.at(-1), { type: "terminated", cause: 41 });
});

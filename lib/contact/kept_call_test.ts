import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import { KeptCallRoom, settled } from "@/tests/support/kept_call_room.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";

Deno.test("[CALL21] a connected call is left to the next process, in which both sides go on and hang up", async () => {
  await using room = await KeptCallRoom.open();
  const { page, call, contacts, visitor } = room;
  page.say({ type: "call-hold", call, n: page.n(call), held: true });

  equal(contacts.endsWithService, false);
  contacts.suspend();
  await room.first.bridge.settled();
  equal(await room.first.store.ownerOf(call), undefined);
  const next = await room.next();
  const again = room.reconnect(next, 1);
  next.contacts.back(0, { call: "c1" });
  const [view] = again.last("welcome")?.calls ?? [];
  const told = visitor.heard.slice(-2);
  again.say({ type: "call-hold", call, n: 4, held: false });
  again.say({ type: "call-hang-up", call, n: 5 });
  await settled();

  deepEqual(
    view?.state === "taken" && [view.mine, view.heard, view.takenAt],
    [true, 3, Date.UTC(2030, 0, 1)],
  );
  deepEqual(told.map(({ mt }) => mt), ["CallInfo", "CallHold"]);
  equal(visitor.last("CallHold")?.held, false);
  deepEqual(visitor.last("CallInfo"), {
    ...{ mt: "CallInfo", state: "terminated", cause: CAUSE.normal },
    contact: "c1",
  });
  const all = room.records.map(({ cause, answeredAt = 0, endedAt }) => ({
    cause,
    ms: endedAt - answeredAt,
  }));
  deepEqual(all, [{ cause: CAUSE.normal, ms: 5_000 }]);
  deepEqual(await room.stored(), []);
});

Deno.test("[CALL22] the call of a killed instance continues at another one, and the killed one, which wakes up, has no effect", async () => {
  await using room = await KeptCallRoom.open();
  const { page, call, contacts, visitor } = room;

  const next = await room.next();
  const again = room.reconnect(next, 1);
  page.say({ type: "call-hold", call, n: page.n(call), held: true });
  await room.first.bridge.settled();
  await settled();
  const isSentAway = visitor.isSentAway;
  page.end(1006);
  room.first.desk.clock.advance(120_000);
  next.contacts.call.dispatch({ type: "clear" });
  await settled();

  deepEqual([isSentAway, contacts.running, contacts.hasMoved], [
    ...[true, false, true],
  ]);
  const ended = again.last("call")?.call;
  equal(ended?.state === "ended" && ended.cause, CAUSE.normal);
  deepEqual(room.records.map(({ cause }) => cause), [CAUSE.normal]);
  deepEqual(await room.stored(), []);
});

Deno.test("[CALL22] offers and answers that were lost with the instance arrive, and both sides can offer again", async () => {
  await using room = await KeptCallRoom.open();
  const { page, call, contacts, visitor } = room;
  const media = { cmd: "PROPOSAL", sdp: sampleOffer() } as const;
  page.say({ type: "call-media", call, n: page.n(call), media });
  page.end(1006);
  const answer = { cmd: "SELECT", sdp: sampleAnswer() } as const;
  contacts.call.dispatch({ type: "channels", channels: answer });
  await room.first.bridge.settled();

  const next = await room.next();
  const again = room.reconnect(next, 1);
  const heard = again.all("call-media");
  const channels = { cmd: "PROPOSAL", sdp: sampleOffer() } as const;
  next.contacts.call.dispatch({ type: "channels", channels });
  const select = { cmd: "SELECT", sdp: sampleAnswer() } as const;
  again.say({ type: "call-media", call, n: 4, media: select });
  await next.bridge.settled();

  deepEqual(heard.map(({ n, media }) => [n, media.cmd]), [[2, "SELECT"]]);
  deepEqual(
    again.all("call-media").map(({ n, media }) => [n, media.cmd]),
    [[2, "SELECT"], [3, "PROPOSAL"]],
  );
  equal(visitor.last("Channels")?.cmd, "SELECT");
});

Deno.test("[CALL22] if the agent's page does not come back, the call ends with 41 after 60 s, with one record", async () => {
  await using room = await KeptCallRoom.open();
  const { visitor } = room;
  const next = await room.next();
  const presences = next.desk.presences();

  next.desk.clock.advance(59_999);
  const before = visitor.last("CallInfo")?.state;
  next.desk.clock.advance(1);
  await settled();

  deepEqual([before, visitor.last("CallInfo")?.state], [
    ...["connected", "terminated"],
  ]);
  deepEqual(presences, ["busy", "offline"]);
  deepEqual(room.records.map(({ cause }) => cause), [CAUSE.temporaryFailure]);
});

Deno.test("[CALL21] a call whose data have exceeded 50,000 characters is no longer stored, and ends with the service", async () => {
  await using room = await KeptCallRoom.open();
  const { contacts, visitor } = room;
  const states: [stored: number, ends: boolean][] = [];

  for (const length of [15_000, 24_000, 15_000]) {
    const sdp = `${sampleOffer()}a=x-long:${"x".repeat(length)}\r\n`;
    const channels = { cmd: "PROPOSAL", sdp } as const;
    contacts.call.dispatch({ type: "channels", channels });
    states.push([(await room.stored()).length, contacts.endsWithService]);
  }
  contacts.suspend();
  await settled();

  deepEqual(states, [[1, false], [0, true], [0, true]]);
  deepEqual(visitor.last("CallInfo"), {
    ...{ mt: "CallInfo", state: "terminated", cause: CAUSE.temporaryFailure },
    contact: "c1",
  });
  deepEqual(room.records.map(({ cause }) => cause), [CAUSE.temporaryFailure]);
});

Deno.test("[CALL21] a ringing call is not stored, and ends with the service", async () => {
  await using room = await KeptCallRoom.open();
  const { contacts, page, call } = room;
  page.say({ type: "call-hang-up", call, n: page.n(call) });
  await settled();
  const request = { address: "otto", visitor: ADA };
  contacts.createCall({ ...request, contact: "c2", video: false });
  const channels = { cmd: "PROPOSAL", sdp: sampleOffer() } as const;
  contacts.call.dispatch({ type: "channels", channels });
  await settled();

  equal(contacts.endsWithService, true);
  deepEqual(await room.stored(), []);
  contacts.suspend();
  await settled();

  equal(room.visitor.last("CallInfo")?.state, "terminated");
  equal(room.records.length, 2);
});

import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { account } from "@/tests/support/desk_room.ts";
import { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";
import { KeptCallRoom, settled } from "@/tests/support/kept_call_room.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";

const BOB = account("bob", { displayName: "Bob" });

/** A stored call that Otto has offered to Bob, who has answered. */
async function answered() {
  const room = await KeptCallRoom.open([account("otto"), BOB]);
  const bob = new FakeDeskPage(room.first.desk.bank, BOB).connect();
  const { page, call, contacts } = room;
  page.say({
    ...{ type: "call-hand-over", call, n: page.n(call) },
    ...{ handover: "h1", to: "bob", note: "" },
  });
  const move = { cmd: "PROPOSAL", peer: 1, sdp: sampleOffer() } as const;
  contacts.call.dispatch({ type: "move", move });
  await settled();
  const { id = "" } = bob.last("call")?.call ?? {};
  bob.say({ type: "call-take", call: id, n: bob.n(id) });
  const sdp = sampleAnswer();
  bob.say({ type: "call-answer", call: id, n: bob.n(id), sdp });
  await settled();
  return { room, bob, id };
}

Deno.test("[CALL24] a call that was handed over continues with the new agent after a kill", async () => {
  const { room, bob, id } = await answered();
  await using _room = room;
  const { contacts, visitor } = room;
  contacts.call.dispatch({ type: "move", move: { cmd: "READY", peer: 1 } });
  await room.first.bridge.settled();
  await settled();

  const next = await room.next();
  const again = new FakeDeskPage(next.desk.bank, BOB, { id: bob.id })
    .connect({ calls: [{ call: id, heard: 1 }] });
  next.contacts.back(0, { call: "c1" });
  await next.bridge.settled();
  const told = visitor.heard.slice(-2);
  next.contacts.call.dispatch({
    ...{ type: "move", move: { cmd: "READY", peer: 1 } },
  });
  const repeated = visitor.heard.at(-1);
  const [view] = again.last("welcome")?.calls ?? [];
  const channels = { cmd: "PROPOSAL", sdp: sampleOffer() } as const;
  next.contacts.call.dispatch({ type: "channels", channels });
  const old = again.all("call-media").length;
  next.contacts.call.dispatch({ type: "channels", channels, peer: 1 });
  await settled();
  const { media } = again.last("call-media") ?? {};
  again.say({ type: "call-hang-up", call: id, n: 3 });
  await settled();

  deepEqual(repeated, {
    ...{ mt: "CallMove", cmd: "DONE", peer: 1, dn: "Bob", contact: "c1" },
  });
  deepEqual(told.map((one) => "cmd" in one && [one.mt, one.cmd]), [
    ["CallInfo", "SELECT"],
    ["CallMove", "DONE"],
  ]);
  deepEqual(view?.state === "taken" && [view.mine, view.heard], [true, 2]);
  deepEqual([old, media], [0, channels]);
  const [record, ...others] = room.records;
  deepEqual(others, []);
  deepEqual(
    [record?.cause, record?.handovers?.map(({ from, to }) => [from, to])],
    [CAUSE.normal, [["otto", "bob"]]],
  );
  deepEqual(await room.stored(), []);
});

Deno.test("[CALL24] an offer does not outlive the process, and the call stays with the first agent", async () => {
  const { room } = await answered();
  await using _room = room;
  await room.first.bridge.settled();

  const next = await room.next();
  const again = room.reconnect(next, 1);
  const { visitor, call } = room;
  next.contacts.back(0, { call: "c1" });
  const move = { cmd: "READY", peer: 1 } as const;
  next.contacts.call.dispatch({ type: "move", move });
  await settled();
  const told = visitor.heard.at(-1);
  again.say({ type: "call-hold", call, n: 4, held: true });
  await settled();

  deepEqual(told, {
    ...{ mt: "CallMove", cmd: "CLOSE", peer: 1, contact: "c1" },
  });
  equal(visitor.last("CallHold")?.held, true);
});

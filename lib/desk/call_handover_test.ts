import { deepEqual, equal } from "node:assert/strict";
import { CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import type { VisitorMessage } from "@/lib/contact/ports.ts";
import type { CallView } from "@/lib/protocol/desk/service_messages.ts";
import { account, ADA, DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";

const OTTO = account("otto", { displayName: "Otto" });
const BOB = account("bob", { displayName: "Bob" });
const CALL = { address: "otto", visitor: ADA, video: true };

/** A visitor in a call with Otto, and Bob's page. */
async function connected() {
  const room = await DeskRoom.open([OTTO, BOB]);
  const otto = room.page().connect();
  const bob = new FakeDeskPage(room.bank, BOB).connect();
  const told: VisitorMessage[] = [];
  const shared: string[] = [];
  const bridge = new Bridge({
    agents: room.bank,
    records: { add: () => Promise.resolve() },
    handedOver: (_, { address }) => Promise.resolve(void shared.push(address)),
    clock: room.clock,
  });
  const visitor = bridge.contacts({ tell: (message) => told.push(message) });
  const call = visitor.createCall(CALL);
  const sdp = sampleOffer();
  const channels = { cmd: "PROPOSAL", sdp } as const;
  visitor.call.dispatch({ type: "channels", channels });
  await turn();
  await answer(otto, call);
  return {
    ...{ room, otto, bob, told, shared, visitor, call },
    /** Otto hands the call over, and the visitor's page offers a connection. */
    async offer({ to = "bob", id = "h1" } = {}) {
      otto.say({
        ...{ type: "call-hand-over", call, n: otto.n(call) },
        ...{ handover: id, to, note: "VIP" },
      });
      await turn();
      const asked = told.at(-1);
      if (asked?.mt === "CallMove" && asked.cmd === "REQUEST") {
        const { peer } = asked;
        const move = { cmd: "PROPOSAL", peer, sdp } as const;
        visitor.call.dispatch({ type: "move", move });
      }
      await turn();
      return callAt(bob);
    },
    [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
  };
}

async function answer(page: FakeDeskPage, call: string): Promise<void> {
  page.say({ type: "call-take", call, n: page.n(call) });
  const sdp = sampleAnswer();
  page.say({ type: "call-answer", call, n: page.n(call), sdp });
  await turn();
}

function callAt(page: FakeDeskPage): CallView | undefined {
  return page.last("call")?.call;
}

function handoverAt(page: FakeDeskPage) {
  const call = callAt(page);
  return call?.state === "taken" ? call.handover : call?.state;
}

Deno.test("[D51] a colleague sees who hands the call over, and the note, and gets the call when media flow", async () => {
  await using scene = await connected();
  const { otto, bob, told, shared, visitor } = scene;

  const offer = await scene.offer();
  deepEqual(offer?.offeredBy, { name: "Otto", note: "VIP" });
  equal(offer?.state, "ringing");
  deepEqual(handoverAt(otto), { state: "offered", id: "h1", to: "Bob" });
  const { id = "" } = offer ?? {};
  await answer(bob, id);
  const [first] = bob.all("call-media");
  const before = callAt(otto)?.state;
  visitor.call.dispatch({ type: "move", move: { cmd: "READY", peer: 1 } });

  deepEqual(first?.media, { cmd: "PROPOSAL", sdp: sampleOffer() });
  equal(before, "taken");
  deepEqual(shared, ["bob"]); // Bob can block the visitor, too.
  const over = callAt(otto);
  deepEqual(
    over?.state === "ended" && [over.cause, over.handedTo],
    [HANDED_OVER, "Bob"],
  );
  deepEqual(told.at(-1), { mt: "CallMove", cmd: "DONE", peer: 1, dn: "Bob" });
  bob.say({ type: "call-hold", call: id, n: bob.n(id), held: true });
  deepEqual(told.at(-1), { mt: "CallHold", held: true });
});

Deno.test("[D51] a call that the colleague declines, or does not take within 20 s, stays, and so does one whose colleague disappears", async () => {
  await using scene = await connected();
  const { room, otto, bob, told, call } = scene;

  const declined = await scene.offer();
  bob.say({ type: "call-decline", call: declined?.id ?? "" });
  const failed = { state: "not-taken", to: "Bob" } as const;
  deepEqual(handoverAt(otto), { ...failed, id: "h1", cause: CAUSE.rejected });
  const late = await scene.offer({ id: "h2" });
  bob.say({ type: "ringing", contact: late?.id ?? "" });
  room.clock.advance(20_000);
  deepEqual(handoverAt(otto), { ...failed, id: "h2", cause: CAUSE.noAnswer });
  const taken = await scene.offer({ id: "h3" });
  await answer(bob, taken?.id ?? "");
  bob.leave();

  deepEqual(handoverAt(otto), { ...failed, id: "h3", cause: CAUSE.normal });
  otto.say({ type: "call-hold", call, n: otto.n(call), held: true });
  deepEqual(told.at(-1), { mt: "CallHold", held: true });
});

Deno.test("[D51] an agent can keep the call, only another agent with a desk can be asked, and a repeated request changes nothing", async () => {
  await using scene = await connected();
  const { otto, bob, call } = scene;

  for (const [n, to] of ["nobody", "OTTO"].entries()) {
    await scene.offer({ to, id: `n${n}` });
    deepEqual(handoverAt(otto), {
      ...{ state: "not-taken", id: `n${n}`, to, cause: CAUSE.unallocated },
    });
  }
  equal(callAt(bob), undefined);
  await scene.offer();
  otto.say({ type: "call-withdraw", call, n: otto.n(call) });
  const count = bob.all("call").length;
  const kept = callAt(bob)?.state;
  await scene.offer();

  equal(kept, "ended");
  equal(bob.all("call").length, count);
});

Deno.test("[D51] an offer that the bridge does not answer fails after 60 s, and one whose bridge is gone immediately", async () => {
  for (const isGone of [true, false]) {
    await using room = await DeskRoom.open([OTTO, BOB]);
    const otto = room.page().connect();
    const leg = room.bank.dial({
      ...{ id: "c", address: "otto", visitor: ADA, media: "voice" },
      ...{ sdp: sampleOffer("voice"), canHandOver: true },
    }, () => {});
    await turn();
    await answer(otto, "c");
    otto.say({
      ...{ type: "call-hand-over", call: "c", n: otto.n("c") },
      ...{ handover: "h1", to: "bob", note: "" },
    });
    const before = handoverAt(otto);
    if (isGone) leg.leave?.();
    else room.clock.advance(60_000);

    deepEqual(before, { state: "offered", id: "h1", to: "Bob" });
    const cause = isGone ? CAUSE.temporaryFailure : CAUSE.outOfOrder;
    deepEqual(handoverAt(otto), {
      ...{ state: "not-taken", id: "h1", to: "Bob", cause },
    });
  }
});

Deno.test("[D10] an agent cannot hand over, or keep, the call of a colleague", async () => {
  await using scene = await connected();
  const { otto, bob, call } = scene;

  bob.say({
    ...{ type: "call-hand-over", call, n: bob.n(call) },
    ...{ handover: "h1", to: "bob", note: "" },
  });
  await turn();
  const before = handoverAt(otto);
  await scene.offer();
  bob.say({ type: "call-withdraw", call, n: bob.n(call) });
  await turn();

  equal(before, undefined);
  deepEqual(handoverAt(otto), { state: "offered", id: "h1", to: "Bob" });
});

Deno.test("[D51] a colleague who is in a call is busy", async () => {
  await using scene = await connected();
  const { room, otto, bob } = scene;
  room.bank.dial({
    ...{ id: "own", address: "bob", visitor: ADA, media: "voice" },
    sdp: sampleOffer("voice"),
  }, () => {});
  await turn();
  await answer(bob, "own");

  await scene.offer();

  deepEqual(handoverAt(otto), {
    ...{ state: "not-taken", id: "h1", to: "Bob", cause: CAUSE.busy },
  });
});

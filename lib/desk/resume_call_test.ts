import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import type { CallBefore, CallEvent } from "@/lib/contact/ports.ts";
import { ADA, DeskRoom, turn } from "@/tests/support/desk_room.ts";

/** A connected call, whose home then dies. */
async function left() {
  const room = await DeskRoom.open();
  const page = room.page().connect();
  const { id: call, leg, heard } = await room.dial();
  page.say({ type: "call-take", call, n: 1 });
  page.say({ type: "call-answer", call, n: 2, sdp: "answer" });
  leg.leave?.();
  const before: CallBefore = {
    ...{ startedAt: 1, answeredAt: 2, page: page.id, heard: 2 },
  };
  const resume = async (before: CallBefore) => {
    const heard: CallEvent[] = [];
    const next = room.bank.resumeCall(
      { id: call, address: "otto", visitor: ADA, media: "video", sdp: "" },
      (event) => heard.push(event),
      before,
    );
    await turn();
    return { next, heard };
  };
  return { room, page, call, leg, heard, before, resume };
}

Deno.test("[D35] the next home of a call gets what it has missed, and the page what was lost", async () => {
  const { room, page, call, heard, leg, before, resume } = await left();
  await using _room = room;
  const media = { cmd: "PROPOSAL", sdp: "offer 2" } as const;
  page.say({ type: "call-media", call, n: 3, media });
  page.say({ type: "call-hold", call, n: 4, held: true });
  const told = heard.length;

  const said = { cmd: "SELECT", sdp: "answer 2" } as const;
  const next = await resume({ ...before, heard: 3, said });
  leg.send({ type: "hang-up", cause: CAUSE.normal });
  page.say({ type: "call-hold", call, n: 5, held: false });

  deepEqual(next.heard, [
    { type: "hold", held: true },
    { type: "page", page: page.id, heard: 4 },
    { type: "hold", held: false },
    { type: "page", page: page.id, heard: 5 },
  ]);
  equal(heard.length, told, "the earlier home hears no more");
  deepEqual(page.last("call-media")?.media, said);
  equal(page.last("call")?.call.state, "taken");
  room.clock.advance(600_000);
  equal(page.last("call")?.call.state, "taken");
});

Deno.test("[D35] a call of another instance is shown with its times, and its agent as busy", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  room.clock.jumpWall(5_000);
  const answeredAt = room.clock.wall() - 20_000;
  const startedAt = answeredAt - 10_000;
  room.bank.resumeCall(
    { id: "c", address: "otto", visitor: ADA, media: "video", sdp: "" },
    () => {},
    { startedAt, answeredAt, page: "p", heard: 2 },
  );
  await turn();
  const before = [...presences];

  const page = room.page({ id: "p" });
  page.connect({ calls: [{ call: "c", heard: 1 }] });

  deepEqual(page.last("welcome")?.calls, [{
    ...{ id: "c", visitor: ADA, media: "video", since: startedAt },
    ...{ state: "taken", takenAt: answeredAt, mine: true, heard: 2 },
  }]);
  deepEqual(before, ["offline", "busy"]);
  deepEqual(presences, before);
});

Deno.test("[D35] a call that nobody continues ends with 41 after 60 s, and the next home learns how it ended", async () => {
  const { room, page, before, resume } = await left();
  await using _room = room;
  room.clock.advance(59_999);
  const state = page.last("call")?.call.state;
  room.clock.advance(1);
  const next = await resume(before);

  equal(state, "taken");
  equal(page.last("call")?.call.state, "ended");
  deepEqual(next.heard, [
    { type: "terminated", cause: CAUSE.temporaryFailure },
  ]);
});

Deno.test("[D35] a hang-up while nobody has the call reaches the next home", async () => {
  const { room, page, call, before, resume } = await left();
  await using _room = room;
  page.say({ type: "call-hang-up", call, n: 3 });
  const { heard } = await resume(before);

  deepEqual(heard, [{ type: "terminated", cause: CAUSE.normal }]);
});

Deno.test("[D35] a call that has moved with its agent disappears without an end", async () => {
  const { room, page, heard, before, resume } = await left();
  await using _room = room;
  const { next, heard: later } = await resume(before);
  const told = heard.length;
  next?.forget?.();
  room.clock.advance(120_000);
  const again = room.page().connect();

  deepEqual(later.filter(({ type }) => type === "terminated"), []);
  equal(heard.length, told);
  deepEqual(again.last("welcome")?.calls, []);
  equal(page.last("presence")?.presence, "online");
});

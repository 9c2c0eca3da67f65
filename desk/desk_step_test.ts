import { deepEqual, equal } from "node:assert/strict";
import type { CallView } from "@/lib/protocol/desk/service_messages.ts";
import { ADA, DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import {
  type CallItem,
  type DeskEvent,
  type DeskState,
  goingOn,
  newCall,
  newDesk,
} from "./desk_state.ts";
import { step } from "./desk_step.ts";

const BASE = { id: "call-1", visitor: ADA, media: "voice", since: 0 } as const;
const RINGING: CallView = { ...BASE, state: "ringing" };
const OTHER_TAB: CallView = { ...BASE, ...taken(false) };

function taken(mine: boolean) {
  return { state: "taken", takenAt: 0, mine, heard: 0 } as const;
}

/** A desk with one call. */
function deskWith(
  view: CallView,
  pending: CallItem["pending"] = "none",
): DeskState {
  return { ...newDesk("online"), calls: [{ ...newCall(view), pending }] };
}

/** Returns the messages that a desk sends when these events happen in turn. */
function said(desk: DeskState, ...events: DeskEvent[]): string[] {
  const all: string[] = [];
  let state = desk;
  for (const event of events) {
    const { state: next, effects } = step(state, event);
    state = next;
    for (const effect of effects) {
      all.push(effect.type === "say" ? effect.message.type : effect.type);
    }
  }
  return all;
}

const TAKE = { type: "take", call: "call-1", video: false } as const;

Deno.test("step() takes a call once, and only while it is ringing for this agent", () => {
  deepEqual(said(deskWith(RINGING), TAKE, TAKE), ["call-take", "start-media"]);
  deepEqual(said(deskWith(RINGING, "decline"), TAKE), []);
  deepEqual(said(deskWith(OTHER_TAB), TAKE), []);
  deepEqual(said(deskWith({ ...BASE, ...taken(true) }), TAKE), []);
});

Deno.test("step() takes no second call during a call, or while it takes one", () => {
  const second = newCall({ ...RINGING, id: "call-2" });
  const desks = [
    deskWith({ ...BASE, ...taken(true) }),
    deskWith(RINGING, "take"),
  ];

  const effects = desks.map((desk) =>
    said({ ...desk, calls: [...desk.calls, second] }, {
      ...TAKE,
      call: "call-2",
    })
  );

  deepEqual(effects, [[], []]);
});

Deno.test("step() acts only on the agent's own call", () => {
  const events: DeskEvent[] = [
    { type: "answer", call: "call-1", sdp: "sdp" },
    { type: "hold", call: "call-1", held: true },
    { type: "hang-up", call: "call-1", trouble: false },
  ];
  const all = ["call-answer", "call-hold", "call-hang-up", "stop-media"];

  deepEqual(said(deskWith(OTHER_TAB), ...events), []);
  deepEqual(said(deskWith(RINGING), ...events), []);
  deepEqual(said(deskWith(RINGING, "take"), ...events), all);
  deepEqual(said(deskWith({ ...BASE, ...taken(true) }), ...events), all);
  deepEqual(said(deskWith(RINGING, "hang-up"), ...events), []);
});

Deno.test("a presence chosen in another tab is shown, but a newer choice made here wins", () => {
  const heard = (choice: "away" | "dnd"): DeskEvent => ({
    type: "heard",
    now: 0,
    message: { type: "presence", choice, presence: choice },
  });
  const other = step(newDesk("online"), heard("away")).state;
  const chosen = step(other, { type: "choose", presence: "dnd" }).state;
  const crossed = step(chosen, heard("away")).state;
  const confirmed = step(crossed, heard("dnd")).state;

  deepEqual([other.choice, other.unsaid], ["away", false]);
  deepEqual([chosen.choice, chosen.unsaid], ["dnd", true]);
  deepEqual([crossed.choice, crossed.unsaid], ["dnd", true]);
  deepEqual([confirmed.choice, confirmed.unsaid], ["dnd", false]);
});

Deno.test("the desk shows that a chosen presence isn't stored until it is", async () => {
  await using room = await DeskRoom.open();
  const page = new LossyDesk(room);
  page.desk.start();
  for (let n = 0; n < 4; n++) await page.deliver();
  room.choices.set = () => {
    throw new Error("The store is full");
  };

  const before = page.desk.notStored.value;
  page.desk.dispatch({ type: "choose", presence: "away" });
  for (let n = 0; n < 4; n++) {
    await page.deliver();
    await turn();
  }
  const refused = page.desk.notStored.value;
  room.choices.set = Map.prototype.set;
  room.clock.advance(1_000);
  for (let n = 0; n < 4; n++) {
    await turn();
    await page.deliver();
  }

  equal(before, false);
  equal(refused, true);
  equal(page.desk.notStored.value, false);
  page.desk.stop();
});

Deno.test("[D17] after a reconnect the desk shows whether the choice was stored", async () => {
  await using room = await DeskRoom.open();
  const page = new LossyDesk(room);
  page.desk.start();
  await page.deliver();
  room.store = "fails";
  page.desk.dispatch({ type: "choose", presence: "away" });
  await page.deliver();
  await turn();
  await page.deliver();
  const shown = [page.desk.notStored.value];

  const other = new LossyDesk(room);
  other.desk.start();
  await other.deliver();
  shown.push(other.desk.notStored.value);
  page.cut();
  room.store = "ok";
  room.clock.advance(1_000);
  await turn();
  const stored = room.choices.get("id-otto");
  await page.deliver();
  shown.push(page.desk.notStored.value);

  deepEqual(shown, [true, true, false]);
  deepEqual([stored, page.desk.connection.value.state], ["away", "open"]);
  page.desk.stop();
  other.desk.stop();
});

Deno.test("goingOn() counts the contacts that leaving the desk would end", () => {
  const calls = [
    RINGING,
    OTHER_TAB,
    { ...BASE, ...taken(true) },
  ].map((view) => goingOn(deskWith(view)));

  deepEqual(calls, [
    { calls: 0, chats: 0 },
    { calls: 0, chats: 0 },
    { calls: 1, chats: 0 },
  ]);
});

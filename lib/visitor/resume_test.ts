import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import type { FakePage } from "@/tests/support/fake_page.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";
import {
  settle,
  START,
  UUID,
  VisitorRoom,
} from "@/tests/support/visitor_room.ts";

function tokenOf(page: FakePage): string {
  return page.all("Session").at(-1)?.resume ?? "";
}

async function call(room: VisitorRoom, page: FakePage) {
  page.say({ mt: "CreateCall", dest: "atlantis", dn: "Ada" });
  page.say({ mt: "Channels", cmd: "PROPOSAL", sdp: sampleOffer() });
  const leg = await room.agents.calls.until(({ over }) => !over);
  leg.emit({ type: "connected", sdp: sampleAnswer() });
  return leg;
}

async function chat(room: VisitorRoom, page: FakePage) {
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  const leg = await room.agents.chats.until(({ over }) => !over);
  leg.emit({ type: "joined" });
  return leg;
}

Deno.test("[V24] a page that returns in time gets its call and chat back", async () => {
  using room = new VisitorRoom();
  const first = await room.page();
  const callLeg = await call(room, first);
  const chatLeg = await chat(room, first);
  first.say({ mt: "ChatMessage", id: "v1", text: "one" });

  first.drop();
  chatLeg.emit({ type: "message", id: "a1", text: "two" });
  room.clock.advance(59_000);
  const second = await room.page({ resume: tokenOf(first), seq: 1 });
  second.say({ mt: "ChatMessage", id: "v2", text: "three" });

  equal(tokenOf(second), tokenOf(first));
  ok(!callLeg.over && !chatLeg.over);
  const told = second.heard.all.slice(3);
  deepEqual(told.map((m) => "state" in m ? `${m.mt} ${m.state}` : m.mt), [
    "CallInfo connected",
    "ChatInfo connected",
    "ChatMessage",
    "ChatAck",
  ]);
  deepEqual(chatLeg.visitorTexts, ["one", "three"]);
  room.clock.advance(600_000);
  ok(!callLeg.over);
});

Deno.test("[V24] tokens are long and unique", async () => {
  using room = new VisitorRoom();

  const tokens = new Set<string>();
  for (let n = 0; n < 50; n++) tokens.add(tokenOf(await room.page()));

  equal(tokens.size, 50);
  for (const token of tokens) equal(token.length, 64);
});

Deno.test("[V25] an unknown token, or one of another widget, gets a new seat", async () => {
  using room = new VisitorRoom();
  const other = UUID.replace("f", "0");
  room.put({}, other);
  const page = await room.page();
  const leg = await chat(room, page);
  page.drop();

  const stranger = await room.page({ resume: "0".repeat(64) });
  const elsewhere = room.open();
  elsewhere.say({ ...START, uuid: other, resume: tokenOf(page) });
  await elsewhere.until("IceConfig");

  for (const { heard } of [stranger, elsewhere]) {
    ok(!heard.all.some(({ mt }) => mt === "ChatInfo" || mt === "Error"));
  }
  notEqual(tokenOf(stranger), tokenOf(page));
  notEqual(tokenOf(elsewhere), tokenOf(page));
  equal(leg.over, false);
});

Deno.test("[V26] a second socket takes over the seat from the first", async () => {
  using room = new VisitorRoom();
  const first = await room.page();
  const leg = await chat(room, first);

  const second = await room.page({ resume: tokenOf(first) });
  leg.emit({ type: "message", id: "1", text: "Hello" });
  first.drop();
  room.clock.advance(600_000);

  equal(first.closedWith, 4409);
  equal(first.all("ChatMessage").length, 0);
  equal(second.all("ChatMessage").length, 1);
  equal(leg.over, false);
});

Deno.test("[V26] the later of two sockets with the same token gets the seat", async () => {
  using room = new VisitorRoom();
  const first = await room.page();
  const leg = await chat(room, first);
  first.drop();
  const [second, third] = [room.open(), room.open()];
  const again = { ...START, v: 1, resume: tokenOf(first) };

  second?.say(again);
  third?.say(again);
  await settle();

  deepEqual([second?.closedWith, third?.closedWith], [4409, undefined]);
  equal(leg.over, false);
});

Deno.test("[V27] a visitor who doesn't return in time loses the seat", async () => {
  using room = new VisitorRoom();
  const page = await room.page();
  const callLeg = await call(room, page);
  const chatLeg = await chat(room, page);

  page.drop();
  room.clock.advance(59_000);
  const before = [callLeg.over, chatLeg.over];
  room.clock.advance(1_000);
  const late = await room.page({ resume: tokenOf(page) });

  deepEqual(before, [false, false]);
  deepEqual([callLeg.over, chatLeg.over], [true, true]);
  notEqual(tokenOf(late), tokenOf(page));
  deepEqual(room.records.map(({ media }) => media), ["video", "chat"]);
});

Deno.test("[V27] a seat with nothing to resume isn't kept", async () => {
  using room = new VisitorRoom();
  const page = await room.page();

  page.drop();
  const next = await room.page({ resume: tokenOf(page) });

  notEqual(tokenOf(next), tokenOf(page));
  equal(room.bank.size, 1);
});

Deno.test("[V28] a page that announces its departure ends the call, but not the chat", async () => {
  using room = new VisitorRoom();
  const page = await room.page();
  const callLeg = await call(room, page);
  const chatLeg = await chat(room, page);

  page.say({ mt: "ClearCall" });
  page.drop(1001);
  const ends = [callLeg.over, chatLeg.over];
  const next = await room.page({ resume: tokenOf(page) });

  deepEqual(ends, [true, false]);
  equal(next.all("ChatInfo").at(-1)?.state, "connected");
});

for (const code of [1000, 1001, 1005, 1006, 1012]) {
  Deno.test(`[V28] a socket closed with ${code}, as a proxy does, ends neither call nor chat`, async () => {
    using room = new VisitorRoom();
    const page = await room.page();
    const callLeg = await call(room, page);
    const chatLeg = await chat(room, page);
    const caller = await room.page();
    room.agents.calls.all.pop();
    const onlyCall = await call(room, caller);

    page.drop(code);
    caller.drop(code);
    room.clock.advance(59_000);
    const next = await room.page({ resume: tokenOf(page) });
    const before = [callLeg.over, chatLeg.over, onlyCall.over];
    room.clock.advance(1_000);

    deepEqual(before, [false, false, false]);
    deepEqual([callLeg.over, chatLeg.over, onlyCall.over], [
      false,
      false,
      true, // Announced nothing and did not come back.
    ]);
    equal(next.all("CallInfo").at(-1)?.state, "connected");
    equal(next.all("ChatInfo").at(-1)?.state, "connected");
  });
}

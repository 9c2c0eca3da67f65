import { deepEqual, equal } from "node:assert/strict";
import { account, DeskRoom } from "../../tests/support/desk_room.ts";
import { FakeDeskPage } from "../../tests/support/fake_desk_page.ts";

const over = (heard: { type: string }[]) =>
  heard.filter((event) => event.type === "terminated");

Deno.test("[D4] a re-offer sent during a disconnect is repeated after it", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const call = await room.dial();
  page.say({ type: "call-take", call: call.id, n: 1 });
  page.say({ type: "call-answer", call: call.id, n: 2, sdp: "answer" });

  page.end(1006);
  const channels = { cmd: "PROPOSAL" as const, sdp: "restart" };
  call.leg.send({ type: "channels", channels });
  call.leg.send({ type: "dtmf", digits: "1" });
  const before = page.heard.all.length;
  page.connect({ calls: [{ call: call.id, heard: 1 }] });

  deepEqual(page.heard.all.slice(before + 1), [
    { type: "call-media", call: call.id, n: 2, media: channels },
    { type: "call-dtmf", call: call.id, n: 3, digits: "1" },
  ]);
});

Deno.test("[D5] a repeated message about a call takes effect once", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const call = await room.dial();
  const media = { cmd: "PROPOSAL" as const, sdp: "camera" };

  for (const _ of [1, 2]) {
    page.say({ type: "call-take", call: call.id, n: 1 });
    page.say({ type: "call-answer", call: call.id, n: 2, sdp: "answer" });
    page.say({ type: "call-media", call: call.id, n: 3, media });
    page.say({ type: "call-hold", call: call.id, n: 4, held: true });
  }
  page.end(1006);
  page.connect({ calls: [{ call: call.id, heard: 1 }] });

  deepEqual(call.heard, [
    { type: "alerting" },
    { type: "connected" },
    { type: "channels", channels: { cmd: "SELECT", sdp: "answer" } },
    { type: "channels", channels: media },
    { type: "hold", held: true },
  ]);
  const view = page.last("welcome")?.calls[0];
  equal(view?.state === "taken" && view.heard, 4);
});

Deno.test("[D6] all pages ring, and the first one to take the call gets it", async () => {
  await using room = await DeskRoom.open();
  const first = room.page().connect();
  const second = room.page().connect();
  const call = await room.dial();

  first.say({ type: "call-take", call: call.id, n: 1 });
  second.say({ type: "call-take", call: call.id, n: 1 });
  second.say({ type: "call-answer", call: call.id, n: 2, sdp: "theirs" });
  second.say({ type: "call-hang-up", call: call.id, n: 3 });
  first.say({ type: "call-answer", call: call.id, n: 2, sdp: "mine" });

  deepEqual(call.heard, [
    { type: "alerting" },
    { type: "connected" },
    { type: "channels", channels: { cmd: "SELECT", sdp: "mine" } },
  ]);
  const views = [first, second].map((page) => page.last("call")?.call);
  deepEqual(
    views.map((view) => view?.state === "taken" && view.mine),
    [true, false],
  );
  equal(second.last("call-media"), undefined);
});

Deno.test("[D6] a chat is on all pages of the agent, including what one of them writes", async () => {
  await using room = await DeskRoom.open();
  const first = room.page().connect();
  const second = room.page().connect();
  const chat = await room.openChat("hello");

  first.say({ type: "chat-join", chat: chat.id });
  second.say({ type: "chat-message", chat: chat.id, id: "m", text: "hi" });
  first.say({ type: "chat-read", chat: chat.id, seq: 2 });

  for (const page of [first, second]) {
    equal(page.last("chat")?.chat.state, "joined");
    equal(page.last("chat")?.chat.agentRead, 2);
    equal(page.last("chat-entries")?.entries[0]?.text, "hi");
  }
  deepEqual(chat.heard.slice(1), [
    { type: "joined" },
    { type: "message", id: "m", text: "hi" },
    { type: "read", seq: 2 },
  ]);
});

Deno.test("[D6] the agent's read position covers the first message and never exceeds the last", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat("hello");
  page.say({ type: "chat-join", chat: chat.id });
  const before = chat.heard.length;

  page.say({ type: "chat-read", chat: chat.id, seq: 1 });
  page.say({ type: "chat-read", chat: chat.id, seq: 99 });

  equal(page.last("chat")?.chat.agentRead, 1);
  deepEqual(chat.heard.slice(before), [{ type: "read", seq: 1 }]);
});

Deno.test("[D7] a contact ends once, even if more events follow", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const call = await room.dial();
  const chat = await room.openChat();

  page.say({ type: "call-decline", call: call.id });
  page.say({ type: "call-decline", call: call.id });
  page.say({ type: "call-take", call: call.id, n: 1 });
  call.leg.send({ type: "hang-up", cause: 16 });
  page.say({ type: "chat-decline", chat: chat.id });
  chat.leg?.send({ type: "close", cause: 16 });
  page.end(1006);
  room.clock.advance(600_000);

  deepEqual(over(call.heard), [{ type: "terminated", cause: 21 }]);
  deepEqual(over(chat.heard), [{ type: "terminated", cause: 21 }]);
});

Deno.test("[D9] only the visitor's newest offer can be answered", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const call = await room.dial({ sdp: "first" });

  const channels = { cmd: "PROPOSAL" as const, sdp: "second" };
  call.leg.send({ type: "channels", channels });
  page.say({ type: "call-take", call: call.id, n: 1 });

  deepEqual(page.all("call-media").map(({ media }) => media), [channels]);
});

Deno.test("[D10] an agent who hasn't joined a chat can't write in it", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat("hello");

  page.say({ type: "chat-message", chat: chat.id, id: "m", text: "hi" });
  page.say({ type: "chat-typing", chat: chat.id, typing: true });
  page.say({ type: "chat-read", chat: chat.id, seq: 1 });

  deepEqual(chat.heard, [{ type: "alerting" }]);
});

Deno.test("[D10] another agent who knows the id of a chat or call can't read it or act in it", async () => {
  await using room = await DeskRoom.open([account("otto"), account("anna")]);
  const page = room.page().connect();
  const chat = await room.openChat("hello");
  const call = await room.dial();
  page.say({ type: "chat-join", chat: chat.id });
  page.say({ type: "call-take", call: call.id, n: 1 });
  const before = [chat.heard.length, call.heard.length];
  const anna = new FakeDeskPage(room.bank, room.accounts[1]!).connect({
    calls: [{ call: call.id, heard: 0 }],
    chats: [{ chat: chat.id, seq: 0 }],
  });

  anna.say({ type: "chat-join", chat: chat.id });
  anna.say({ type: "chat-message", chat: chat.id, id: "m", text: "hi" });
  anna.say({ type: "chat-leave", chat: chat.id });
  anna.say({ type: "call-answer", call: call.id, n: 2, sdp: "theirs" });
  anna.say({ type: "call-hang-up", call: call.id, n: 3 });

  deepEqual([chat.heard.length, call.heard.length], before);
  deepEqual(anna.last("welcome")?.chats, []);
  deepEqual(anna.last("welcome")?.calls, []);
  equal(anna.last("chat-entries"), undefined);
});

Deno.test("[D10] typing ends with the agent's last connection", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat("hello");
  page.say({ type: "chat-join", chat: chat.id });

  page.say({ type: "chat-typing", chat: chat.id, typing: true });
  page.end(1006);

  deepEqual(chat.heard.slice(-2), [
    { type: "typing", typing: true },
    { type: "typing", typing: false },
  ]);
});

Deno.test("[D14] only a page that shows the call makes it alerting", async () => {
  await using room = await DeskRoom.open();
  room.page({ shows: false }).connect();

  const call = await room.dial();
  const chat = await room.openChat();
  room.clock.advance(7_999);
  deepEqual([call.heard, chat.heard], [[], []]);
  room.clock.advance(1);

  deepEqual(call.heard, [{ type: "terminated", cause: 18 }]);
  deepEqual(chat.heard, [{ type: "terminated", cause: 18 }]);
});

Deno.test("[D14] an unanswered contact ends with cause 19, a call sooner than a chat", async () => {
  await using room = await DeskRoom.open();
  room.page().connect();
  const call = await room.dial();
  const chat = await room.openChat();

  room.clock.advance(59_999);
  deepEqual(over(call.heard), []);
  room.clock.advance(1);
  deepEqual(call.heard.at(-1), { type: "terminated", cause: 19 });
  room.clock.advance(239_999);
  deepEqual(over(chat.heard), []);
  room.clock.advance(1);

  deepEqual(chat.heard.at(-1), { type: "terminated", cause: 19 });
});

Deno.test("[D14] a call that is taken but gets no SDP answer ends with cause 41", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const call = await room.dial();

  page.say({ type: "call-take", call: call.id, n: 1 });
  room.clock.advance(44_999);
  deepEqual(over(call.heard), []);
  room.clock.advance(1);

  deepEqual(call.heard.at(-1), { type: "terminated", cause: 41 });
});

Deno.test("[D14] a page without a working microphone ends the call with cause 41", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const call = await room.dial();

  page.say({ type: "call-take", call: call.id, n: 1 });
  page.say({ type: "call-hang-up", call: call.id, n: 2, trouble: true });

  deepEqual(call.heard.at(-1), { type: "terminated", cause: 41 });
});

Deno.test("[D19] finished contacts are listed after a reload, for 12 hours", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat("hello");
  page.say({ type: "chat-join", chat: chat.id });
  page.say({ type: "chat-leave", chat: chat.id });
  for (let count = 0; count < 30; count++) {
    const call = await room.dial();
    page.say({ type: "call-decline", call: call.id });
  }

  const full = room.page().connect().last("welcome");
  room.clock.advance(12 * 60 * 60 * 1_000);
  const late = room.page().connect().last("welcome");

  deepEqual([full?.calls.length, full?.chats.length], [30, 0]);
  deepEqual([late?.calls.length, late?.chats.length], [0, 0]);
});

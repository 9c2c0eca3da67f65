import { deepEqual, equal } from "node:assert/strict";
import type { CallEvent } from "@/lib/contact/ports.ts";
import { account, DeskRoom, talking } from "../../tests/support/desk_room.ts";

const over = (heard: { type: string }[]) =>
  heard.filter((event) => event.type === "terminated");

Deno.test("[D1] hello comes first and only once, and without it the socket is closed", async () => {
  await using room = await DeskRoom.open();
  const silent = room.page();
  const rude = room.page();

  silent.open();
  rude.open();
  rude.say({ type: "choose", presence: "dnd" });
  rude.say({ type: "hello", v: 1, page: rude.id, calls: [], chats: [] });
  rude.say({ type: "hello", v: 1, page: rude.id, calls: [], chats: [] });
  room.clock.advance(15_000);

  equal(silent.closedWith, 4408);
  equal(rude.closedWith, undefined);
  deepEqual(rude.heard.all.slice(0, 3).map(({ type }) => type), [
    "error",
    "welcome",
    "error",
  ]);
  equal(rude.last("welcome")?.choice, "online");
});

Deno.test("[D2] a call rings only where an agent can answer it", async () => {
  await using room = await DeskRoom.open();
  const causes: Record<string, unknown> = {};
  const nobody = await room.dial();
  const unknown = await room.dial({ address: "who" });
  const page = room.page().connect();

  for (const presence of ["offline", "dnd", "busy", "away"] as const) {
    page.say({ type: "choose", presence });
    causes[presence] = (await room.dial()).heard[0];
  }

  deepEqual(nobody.heard, [{ type: "terminated", cause: 18 }]);
  deepEqual(unknown.heard, [{ type: "terminated", cause: 1 }]);
  deepEqual(causes, {
    offline: { type: "terminated", cause: 18 },
    dnd: { type: "terminated", cause: 21 },
    busy: { type: "terminated", cause: 17 },
    away: { type: "alerting" },
  });
});

Deno.test("[D2] an agent in a call is busy for other calls, but not for chats", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const first = await room.dial();
  const second = await room.dial();

  page.say({ type: "call-take", call: first.id, n: 1 });
  const third = await room.dial();
  const chat = await room.openChat();

  deepEqual(second.heard.at(-1), { type: "terminated", cause: 17 });
  deepEqual(third.heard, [{ type: "terminated", cause: 17 }]);
  deepEqual(chat.heard, [{ type: "alerting" }]);
});

Deno.test("[D3] after a lost socket the page gets the entries it missed", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat("one", "two");
  page.say({ type: "chat-join", chat: chat.id });

  page.end(1006);
  chat.say("three");
  chat.say("four");
  const before = page.heard.all.length;
  page.connect({ chats: [{ chat: chat.id, seq: 2 }] });

  const [welcome, ...entries] = page.heard.all.slice(before);
  equal(welcome?.type === "welcome" && welcome.chats[0]?.state, "joined");
  deepEqual(
    entries.flatMap((m) => m.type === "chat-entries" ? m.entries : [])
      .map(({ text }) => text),
    ["three", "four"],
  );
});

Deno.test("[D3] the visitor's last message isn't lost when the chat ends", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat("one");
  page.say({ type: "chat-join", chat: chat.id });

  page.end(1006);
  chat.say("my number is 555");
  chat.leg?.send({ type: "close", cause: 16 });
  page.connect({ chats: [{ chat: chat.id, seq: 1 }] });

  equal(page.last("welcome")?.chats[0]?.state, "ended");
  equal(page.last("chat-entries")?.entries[0]?.text, "my number is 555");
});

for (const [count, first] of [[1, "0"], [2, "0"], [501, "1"]] as const) {
  Deno.test(`[D3] a page gets the last 500 of ${count} entries of an ended chat`, async () => {
    await using room = await DeskRoom.open();
    const page = room.page().connect();
    const chat = await room.openChat(
      ...Array.from({ length: count }, (_, n) => `${n}`),
    );
    page.say({ type: "chat-join", chat: chat.id });
    page.say({ type: "chat-leave", chat: chat.id });

    const late = room.page().connect();

    const texts = late.all("chat-entries").flatMap(({ entries }) => entries)
      .map(({ text }) => text);
    deepEqual(
      [texts.length, texts[0], texts.at(-1)],
      [Math.min(count, 500), first, `${count - 1}`],
    );
  });
}

Deno.test("[D8] visitors don't notice a short disconnect, and the chat and call wait for the page", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  const page = room.page().connect();
  const call = await talking(room, page);
  const chat = await room.openChat("hello");
  page.say({ type: "chat-join", chat: chat.id });

  page.end(1006);
  room.clock.advance(2_999);
  deepEqual(presences, ["offline", "online", "busy"]);
  room.clock.advance(57_000);
  page.connect({ calls: [{ call: call.id, heard: 1 }] });
  room.clock.advance(10_000);

  deepEqual(presences.slice(3), ["offline", "busy"]);
  deepEqual([over(call.heard), over(chat.heard)], [[], []]);
});

Deno.test("[D8] an agent who doesn't return ends the chat and the call with cause 41", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const call = await talking(room, page);
  const chat = await room.openChat("hello");
  page.say({ type: "chat-join", chat: chat.id });

  page.end(1006);
  room.clock.advance(60_000);

  const ended: CallEvent = { type: "terminated", cause: 41 };
  deepEqual([call.heard.at(-1), chat.heard.at(-1)], [ended, ended]);
});

Deno.test("[D11] a second socket of the same page replaces the first", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  const first = room.page({ id: "one" }).connect();
  const call = await room.dial();
  first.say({ type: "call-take", call: call.id, n: 1 });

  const again = room.page({ id: "one" }).connect({
    calls: [{ call: call.id, heard: 1 }],
  });
  first.end(1006);
  room.clock.advance(10_000);

  equal(first.closedWith, 4409);
  const view = again.last("welcome")?.calls[0];
  equal(view?.state === "taken" && view.mine, true);
  deepEqual(presences, ["offline", "online", "busy"]);
});

Deno.test("[D12] an account change asks the page to come back with its cookie, unnoticed by visitors", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  const page = room.page().connect();
  const chat = await room.openChat("hello");
  page.say({ type: "chat-join", chat: chat.id });

  room.hub.tell("account-changed", { id: "id-otto" });
  await room.bank.settled();
  const first = page.closedWith;
  page.connect();
  room.hub.tell("signed-out", { account: "id-otto" });
  const second = page.closedWith;
  page.connect();

  deepEqual([first, second], [4401, 4401]);
  deepEqual(over(chat.heard), []);
  deepEqual(presences, ["offline", "online"]);
});

Deno.test("[D32] every page is notified when a widget is saved or deleted", async () => {
  await using room = await DeskRoom.open();
  const [first, second] = [room.page().connect(), room.page().connect()];
  const heard = (page: typeof first) =>
    page.heard.all.filter(({ type }) => type === "widgets-changed").length;

  room.hub.tell("widget-saved", { uuid: "0".repeat(32) });
  const saved = [heard(first), heard(second)];
  room.hub.tell("widget-deleted", { uuid: "0".repeat(32) });

  deepEqual(saved, [1, 1]);
  deepEqual([heard(first), heard(second)], [2, 2]);
});

Deno.test("[D46] every page is notified when a callback rings or was taken", async () => {
  await using room = await DeskRoom.open();
  const pages = [room.page().connect(), room.page().connect()];

  room.hub.tell("callbacks-changed", { number: "7KQ4-2XHD" });

  const heard = pages.map((page) =>
    page.heard.all.filter(({ type }) => type === "callbacks-changed").length
  );
  deepEqual(heard, [1, 1]);
});

Deno.test("[D12] a socket authenticated before the account change can't send hello after it", async () => {
  await using room = await DeskRoom.open();
  const page = room.page();
  page.open();

  room.hub.tell("signed-out", { account: "id-otto" });
  page.say({ type: "hello", v: 1, page: page.id, calls: [], chats: [] });

  equal(page.closedWith, 4401);
  deepEqual(page.heard.all, []);
});

Deno.test("[D12] losing the role or the account ends everything immediately", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  const page = room.page().connect();
  const chat = await room.openChat("hello");
  page.say({ type: "chat-join", chat: chat.id });

  room.accounts = [account("otto", { roles: ["admin"] })];
  room.hub.tell("account-changed", { id: "id-otto" });
  await room.bank.settled();
  const closedWith = page.closedWith;
  page.connect();

  deepEqual([closedWith, page.closedWith], [4401, 4401]);
  deepEqual(chat.heard.at(-1), { type: "terminated", cause: 27 });
  deepEqual(presences, ["offline", "online", "offline"]);
  equal(room.bank.owns("otto"), false);
});

Deno.test("[D12] a renamed account is found and watched under its new name", async () => {
  await using room = await DeskRoom.open();
  const otto = room.presences();
  const anna: string[] = [];
  room.bank.watch("anna", (presence) => anna.push(presence));
  room.page().connect();

  room.accounts = [{ ...account("anna"), id: "id-otto" }];
  room.hub.tell("account-changed", { id: "id-otto" });
  await room.bank.settled();

  deepEqual(otto, ["offline", "online", "offline"]);
  deepEqual(anna, ["offline", "online"]);
  deepEqual([room.bank.owns("otto"), room.bank.owns("Anna")], [false, true]);
});

import { deepEqual, equal } from "node:assert/strict";
import { account, ADA, DeskRoom, turn } from "../../tests/support/desk_room.ts";

const OTTO = account("otto");

/** A closed desk whose agent can be notified, and the pushes. */
async function openAbsent({ isSent = true } = {}) {
  const log: string[] = [];
  const room = await DeskRoom.open([OTTO], {}, {
    ring(account, { id, kind }) {
      log.push(`${account} ${kind} ${id}`);
      return Promise.resolve(isSent);
    },
    over(contact) {
      log.push(`over ${contact}`);
      return Promise.resolve();
    },
  });
  room.bank.setReachable(OTTO.id, true);
  const last = () => log.at(-1);
  return {
    room,
    log,
    last,
    [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
  };
}

Deno.test("[D40] an agent who can be notified is shown as online while the desk is closed, if that is the choice", async () => {
  await using absent = await openAbsent();
  const { room } = absent;
  const presences = room.presences();

  const page = room.page().connect();
  page.say({ type: "choose", presence: "away" });
  page.leave();
  const again = room.page().connect();
  again.say({ type: "choose", presence: "online" });
  again.leave();
  room.clock.advance(600_000);
  room.bank.setReachable(OTTO.id, false);

  deepEqual(presences, [
    ...["online", "away", "offline", "away", "online", "offline"],
  ]);
});

Deno.test("[DUE9] an agent is notified of callbacks while online with the desk closed", async () => {
  await using absent = await openAbsent();
  const { room } = absent;
  const notifiable = () => room.bank.notifiable().map(({ id }) => id);

  const closed = notifiable();
  const page = room.page().connect();
  const open = notifiable();
  page.say({ type: "choose", presence: "dnd" });
  page.leave();
  const dnd = notifiable();
  const again = room.page().connect();
  again.say({ type: "choose", presence: "online" });
  again.leave();
  const online = notifiable();
  room.bank.setReachable(OTTO.id, false);

  deepEqual([closed, open, dnd, online], [[OTTO.id], [], [], [OTTO.id]]);
  deepEqual(notifiable(), []);
});

Deno.test("[D40] a call at a closed desk rings at the devices for 90 s, and they are told its end", async () => {
  await using absent = await openAbsent();
  const { room, log } = absent;

  const call = await room.dial();
  room.clock.advance(89_999);
  const ringing = [...call.heard];
  room.clock.advance(1);

  deepEqual(ringing, [{ type: "alerting", forMs: 90_000 }]);
  deepEqual(call.heard.at(-1), { type: "terminated", cause: 19 });
  deepEqual(log, [
    ...[`id-otto call ${call.id}`, `over ${call.id}`],
  ]);
});

Deno.test("[D40] a chat at a closed desk rings at the devices until the agent joins", async () => {
  await using absent = await openAbsent();
  const { room, log } = absent;

  const chat = await room.openChat("hello");
  await turn();
  const page = room.page().connect();
  page.say({ type: "chat-join", chat: chat.id });

  deepEqual(chat.heard.map(({ type }) => type), ["alerting", "joined"]);
  deepEqual(log, [
    ...[`id-otto chat ${chat.id}`, `over ${chat.id}`],
  ]);
});

Deno.test("[D40] if no device was notified, a call ends with 18 after 8 s", async () => {
  await using absent = await openAbsent({ isSent: false });
  const { room } = absent;

  const call = await room.dial();
  room.clock.advance(8_000);

  deepEqual(call.heard, [{ type: "terminated", cause: 18 }]);
});

Deno.test("[D40] what rings when the agent closes the desk rings at the devices after 3 s", async () => {
  await using absent = await openAbsent();
  const { room, log } = absent;
  const page = room.page().connect();
  const call = await room.dial();
  const chat = await room.openChat("hello");

  page.leave();
  const before = [...log];
  room.clock.advance(3_000);
  const after = [...log];
  room.clock.advance(56_000);

  deepEqual(before, []);
  deepEqual(after, [
    ...[`id-otto call ${call.id}`, `id-otto chat ${chat.id}`],
  ]);
  equal(call.heard.at(-1)?.type, "alerting");
  equal(chat.heard.at(-1)?.type, "alerting");
});

Deno.test("[D40] a chat that still rang before a crash rings at the devices", async () => {
  await using absent = await openAbsent();
  const { room, log } = absent;
  room.bank.setReachable(OTTO.id, false);
  const chat = room.bank.resumeChat(
    {
      ...{ id: "before", address: "otto", visitor: ADA },
      log: { since: () => [] },
    },
    () => {},
    { startedAt: 0, alerted: true, read: { visitor: 0, agent: 0 } },
  );
  await turn();
  const before = [...log];

  room.bank.setReachable(OTTO.id, true);
  await turn();

  deepEqual([chat !== undefined, before], [true, []]);
  deepEqual(log, ["id-otto chat before"]);
});

Deno.test("[D40] a contact that rings at the devices continues when the kept chats of the closed desk end", async () => {
  await using absent = await openAbsent();
  const { room } = absent;
  const page = room.page().connect();
  const joined = await room.openChat("hello");
  page.say({ type: "chat-join", chat: joined.id });
  page.leave();
  room.clock.advance(30_000);
  const chat = await room.openChat("me too");

  room.clock.advance(30_000);

  deepEqual(joined.heard.at(-1), { type: "terminated", cause: 41 });
  deepEqual(chat.heard, [{ type: "alerting" }]);
});

Deno.test("[D40] no device is notified while the desk is open, or its connection is lost for less than 3 s", async () => {
  await using absent = await openAbsent();
  const { room, log } = absent;
  const page = room.page().connect();

  await room.dial();
  page.end(1006);
  await room.dial();
  page.connect();
  room.clock.advance(10_000);

  deepEqual(log, []);
});

Deno.test("[D40] the devices are notified if no open page shows a call or chat within 4 s, as one of a phone that sleeps", async () => {
  await using absent = await openAbsent();
  const { room, log } = absent;
  room.page({ shows: false }).connect();

  const call = await room.dial();
  room.clock.advance(3_999);
  const before = [...log];
  room.clock.advance(1);
  await turn();
  const chat = await room.openChat("hello");
  room.page().connect(); // It shows both.
  room.clock.advance(60_000);

  deepEqual(before, []);
  deepEqual(log, [`id-otto call ${call.id}`]);
  deepEqual(call.heard, [{ type: "alerting", forMs: 90_000 }]);
  deepEqual(chat.heard, [{ type: "alerting" }]);
});

Deno.test("[D40] contacts that ring at the devices end with 18 when the last device is turned off", async () => {
  await using absent = await openAbsent();
  const { room } = absent;
  const call = await room.dial();

  room.bank.setReachable(OTTO.id, false);

  deepEqual(call.heard.at(-1), { type: "terminated", cause: 18 });
  const next = await room.dial();
  deepEqual(next.heard, [{ type: "terminated", cause: 18 }]);
});

Deno.test("[D40] an agent who can't be notified, or has chosen away, is not reached at a closed desk", async () => {
  await using absent = await openAbsent();
  const { room, log } = absent;
  const page = room.page().connect();
  page.say({ type: "choose", presence: "away" });
  page.leave();

  const call = await room.dial();

  deepEqual(call.heard, [{ type: "terminated", cause: 18 }]);
  deepEqual(log, []);
});

import { deepEqual, equal } from "node:assert/strict";
import { CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import { RunningChatStore } from "@/lib/store/running_chat_store.ts";
import { asyncProperty, type Chance } from "@/tests/support/chance.ts";
import type { FakeChat } from "@/tests/support/fake_agents.ts";
import { TeamRoom, TO_TEAM, turn } from "@/tests/support/team_room.ts";

Deno.test("[CHAT32] a chat rings at all members of a team but the agent who hands it over, and the first one who accepts has it", async () => {
  const { room, otto } = await TeamRoom.joined();
  room.contacts.chat.dispatch({ type: "message", id: "v1", text: "one" });
  otto.emit(TO_TEAM);
  await turn();
  deepEqual(room.asked.map(({ chat }) => chat.address), ["bob", "cleo"]);
  const [bob, cleo] = [room.at("bob"), room.at("cleo")];
  deepEqual(bob.chat.offeredBy, { name: "Otto", note: "VIP" });

  cleo.emit({ type: "joined", name: "Cleo" });
  cleo.emit({ type: "message", id: "c1", text: "Hello" });
  bob.emit({ type: "joined", name: "Bob" });
  otto.emit({ type: "message", id: "o1", text: "too late" });
  cleo.end(CAUSE.normal);
  await turn();

  equal(bob.over, true);
  deepEqual(otto.commands.all.at(-1), { type: "close", cause: HANDED_OVER });
  const infos = room.told.filter(({ mt }) => mt === "ChatInfo");
  deepEqual(infos.at(-2), { mt: "ChatInfo", state: "connected", dn: "Cleo" });
  deepEqual(
    cleo.chat.log.since(1).map(({ text, leg }) => [text, leg]),
    [["Hello", cleo.chat.id]],
  );
  const [record] = room.records;
  deepEqual(
    record?.handovers?.map(({ from, to }) => [from, to]),
    [["otto", "cleo"]],
  );
});

Deno.test("[CHAT32] a chat stays if all members decline, or none accepts within 20 s, and never waits in the team's queue", async () => {
  const { room, otto } = await TeamRoom.joined();
  const last = () => otto.commands.all.at(-1);

  otto.emit(TO_TEAM);
  await turn();
  for (const one of room.asked) one.end(CAUSE.rejected);
  deepEqual(last(), { type: "not-taken", cause: CAUSE.rejected });
  otto.emit(TO_TEAM);
  await turn();
  equal(room.asked.length, 2);
  room.clock.advance(20_000);
  deepEqual(last(), { type: "not-taken", cause: CAUSE.noAnswer });
  equal(room.asked.length, 0);
  for (const address of ["bob", "cleo"]) {
    room.agents.setPresence(address, "busy");
  }
  otto.commands.all.length = 0;
  otto.emit(TO_TEAM);
  await turn();

  deepEqual(otto.commands.all, [{
    ...{ type: "not-taken", cause: CAUSE.noResponse },
  }]);
  otto.emit({ type: "message", id: "o1", text: "still here" });
  equal(room.told.at(-1)?.mt, "ChatMessage");
});

Deno.test("[CHAT32] a team that the widget does not have, or that cannot be read, cannot be asked", async () => {
  const { room, otto } = await TeamRoom.joined();

  for (const to of ["team-2", "broken"]) {
    room.agents.add({ address: to, name: to, email: "" });
    otto.commands.all.length = 0;
    otto.emit({ ...TO_TEAM, to });
    await turn();

    deepEqual(otto.commands.all.at(-1), {
      type: "not-taken",
      cause: CAUSE.unallocated,
    });
  }
  equal(room.asked.length, 0);
});

Deno.test("[CHAT31] a chat that a member of a team has taken continues with that member after a crash, and can be handed over again", async () => {
  using kv = await Deno.openKv(":memory:");
  const { room, otto } = await TeamRoom.joined(new RunningChatStore(kv));
  await room.bridge.settled();
  otto.emit(TO_TEAM);
  await room.bridge.settled();
  await turn();
  await room.bridge.settled();
  const { chat: { id } } = room.at("bob");
  room.at("bob").emit({ type: "joined", name: "Bob" });
  await room.bridge.settled();

  await room.restart();
  const bob = room.chats.find(({ chat }) => chat.address === "bob");
  equal(bob?.chat.id, id);
  bob?.emit({ type: "message", id: "b1", text: "still here" });
  bob?.emit({ ...TO_TEAM, name: "Bob" });
  await room.bridge.settled();
  await turn();
  await room.bridge.settled();
  deepEqual(room.asked.map(({ chat }) => chat.address), ["cleo"]);
  room.at("cleo").emit({ type: "joined", name: "Cleo" });
  await room.bridge.settled();

  deepEqual(bob?.commands.all.at(-1), { type: "close", cause: HANDED_OVER });
  deepEqual(room.told.at(-1), {
    ...{ mt: "ChatInfo", state: "connected", dn: "Cleo" },
  });
  room.contacts.close();
  await room.bridge.settled();
  deepEqual(
    room.records[0]?.handovers?.map(({ from, to }) => [from, to]),
    [["otto", "bob"], ["bob", "cleo"]],
  );
});

Deno.test("[CHAT32] over any order of offers to teams and agents, answers, silence and ends, exactly one agent has a running chat", async () => {
  await asyncProperty(300, live);
});

async function live(luck: Chance): Promise<void> {
  const { room, otto } = await TeamRoom.joined();
  const joined = new Set([otto]);
  for (let n = 0; n < 30 && room.records.length === 0; n++) {
    act(room, joined, luck);
    for (let n = 0; n < 20; n++) await Promise.resolve();
    const holders = [...joined].filter(({ over }) => !over);
    equal(holders.length, room.records.length > 0 ? 0 : 1);
  }
  if (room.records.length === 0) return;
  deepEqual(room.chats.filter(({ over }) => !over), []);
}

function act(room: TeamRoom, joined: Set<FakeChat>, luck: Chance): void {
  const open = room.chats.filter(({ over }) => !over);
  const holder = open.find((one) => joined.has(one));
  const [first, ...others] = open.filter((one) => !joined.has(one));
  const asked = first && luck.pick([first, ...others]);
  const { isTeam: _, ...toAgent } = TO_TEAM;
  switch (luck.below(8)) {
    case 0:
    case 1:
      return holder?.emit(TO_TEAM);
    case 2:
      return holder?.emit({ ...toAgent, to: "bob" });
    case 3:
    case 4:
      if (asked === undefined) return;
      joined.add(asked);
      return asked.emit({ type: "joined", name: asked.chat.address });
    case 5:
      return asked?.end(CAUSE.rejected);
    case 6:
      return room.clock.advance(luck.below(25_000));
    default:
      if (luck.below(3) > 0) return holder?.emit({ type: "withdraw" });
      if (luck.below(3) > 0) return holder?.end(CAUSE.normal);
      return room.contacts.chat.dispatch({ type: "clear" });
  }
}

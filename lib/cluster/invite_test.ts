import { deepEqual } from "node:assert/strict";
import { Bridge } from "@/lib/contact/bridge.ts";
import type { VisitorMessage } from "@/lib/contact/ports.ts";
import { ClusterRoom } from "@/tests/support/cluster_room.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import type { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";

/** A visitor, Otto and Bob, who share the chat, at three instances. */
async function together() {
  const { room, all: [a, b, c] } = await ClusterRoom.open("a", "b", "c");
  if (!a || !b || !c) throw new Error("Cannot open three instances");
  const otto = await room.connect(b);
  const bob = await room.connectBob(c);
  await room.pass(1_000);
  const told: VisitorMessage[] = [];
  const bridge = new Bridge({
    agents: a.agents.desk,
    records: { add: () => Promise.resolve() },
    clock: room.clock,
  });
  const visitor = bridge.contacts({ tell: (message) => told.push(message) });
  const chat = visitor.createChat({ address: "otto", visitor: ADA });
  room.store(chat, a);
  visitor.chat.dispatch({ type: "message", id: "v1", text: "one" });
  await room.pass(50);
  otto.say({ type: "chat-join", chat });
  await room.pass(50);
  otto.say({ type: "chat-invite", chat, id: "i1", to: "bob", note: "VIP" });
  await room.pass(50);
  const offer = bob.last("chat")?.chat;
  bob.say({ type: "chat-join", chat: offer?.id ?? "" });
  await room.pass(50);
  return { room, b, c, otto, bob, told, visitor, chat, offer };
}

function textsAt(page: FakeDeskPage): string[] {
  return page.all("chat-entries")
    .flatMap(({ entries }) => entries).map(({ text }) => text);
}

Deno.test("[CHAT34] two agents share a chat among three instances", async () => {
  const { room, otto, bob, told, visitor, chat, offer } = await together();
  await using _room = room;
  deepEqual(offer?.offeredBy, {
    ...{ name: "Otto Lilienthal", note: "VIP", isInvite: true },
  });
  const { id = "" } = offer ?? {};

  bob.say({ type: "chat-message", chat: id, id: "b1", text: "two" });
  await room.pass(50);
  otto.say({ type: "chat-message", chat, id: "o1", text: "three" });
  await room.pass(50);
  visitor.chat.dispatch({ type: "message", id: "v2", text: "four" });
  await room.pass(50);

  const all = ["one", "two", "three", "four"];
  deepEqual([textsAt(otto), textsAt(bob)], [all, all]);
  const others = [otto, bob].map((page) => {
    const view = page.last("chat")?.chat;
    return view?.state === "joined" && view.others;
  });
  deepEqual(others, [["Bob"], ["Otto Lilienthal"]]);
  const writers = told.flatMap((one) =>
    one.mt === "ChatMessage" ? [one.dn] : []
  );
  deepEqual(writers, ["Bob", undefined]);
});

Deno.test("[CHAT35] the agents at the other instance have the chat alone after one of them has left", async () => {
  const { room, otto, bob, told, visitor, chat, offer } = await together();
  await using _room = room;
  const { id = "" } = offer ?? {};

  otto.say({ type: "chat-leave", chat });
  await room.pass(50);
  deepEqual(told.at(-1), { mt: "ChatInfo", state: "connected", dn: "Bob" });
  visitor.chat.dispatch({ type: "message", id: "v2", text: "two" });
  await room.pass(50);
  bob.say({ type: "chat-message", chat: id, id: "b1", text: "three" });
  await room.pass(50);

  deepEqual(textsAt(bob), ["one", "two", "three"]);
  bob.say({ type: "chat-leave", chat: id });
  await room.pass(50);
  deepEqual(told.at(-1), { mt: "ChatInfo", state: "terminated", cause: 16 });
});

Deno.test("[CHAT34] an agent whose instance dies is in the chat of two agents at another one", async () => {
  const { room, b, c, otto, told, chat, offer } = await together();
  await using _room = room;

  room.kill(c);
  await room.pass(3_000);
  const bob = await room.connectBob(b);
  await room.pass(100);
  const view = bob.last("chat")?.chat ?? bob.last("welcome")?.chats[0];
  deepEqual(view?.state === "joined" && [view.id, view.others], [
    offer?.id,
    ["Otto Lilienthal"],
  ]);
  otto.say({ type: "chat-message", chat, id: "o1", text: "still here" });
  await room.pass(50);
  bob.say({
    ...{ type: "chat-message", chat: offer?.id ?? "", id: "b1" },
    text: "me too",
  });
  await room.pass(50);

  deepEqual(textsAt(bob).slice(-2), ["still here", "me too"]);
  deepEqual(
    told.flatMap((one) => one.mt === "ChatMessage" ? [one.dn] : []),
    [undefined, "Bob"],
  );
});

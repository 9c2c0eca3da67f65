import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import type { VisitorMessage } from "@/lib/contact/ports.ts";
import { account, ADA, DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";

const OTTO = account("otto", { displayName: "Otto" });
const BOB = account("bob", { displayName: "Bob" });

/** A visitor whose chat Otto has joined, and Bob's page. */
async function joined() {
  const room = await DeskRoom.open([OTTO, BOB]);
  const otto = room.page().connect();
  const bob = new FakeDeskPage(room.bank, BOB).connect();
  const told: VisitorMessage[] = [];
  const bridge = new Bridge({
    agents: room.bank,
    records: { add: () => Promise.resolve() },
    clock: room.clock,
  });
  const visitor = bridge.contacts({ tell: (message) => told.push(message) });
  const chat = visitor.createChat({ address: "otto", visitor: ADA });
  visitor.chat.dispatch({ type: "message", id: "v1", text: "one" });
  await turn();
  otto.say({ type: "chat-join", chat });
  return {
    ...{ room, otto, bob, told, visitor, chat },
    /** Otto invites Bob, and Bob's chat is returned. */
    async invite({ to = "bob", id = "i1" } = {}): Promise<string> {
      otto.say({ type: "chat-invite", chat, id, to, note: "VIP" });
      await turn();
      return bob.last("chat")?.chat.id ?? "";
    },
    [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
  };
}

function textsAt(page: FakeDeskPage): string[] {
  return page.all("chat-entries")
    .flatMap(({ entries }) => entries).map(({ text }) => text);
}

/** The last state of the chat of a page. */
function viewAt(page: FakeDeskPage) {
  const chat = page.last("chat")?.chat;
  return chat?.state === "joined"
    ? { others: chat.others, handover: chat.handover }
    : chat?.state;
}

Deno.test("[D48] an invited colleague sees who invites, the note and the conversation, and both agents write", async () => {
  await using scene = await joined();
  const { otto, bob, told, visitor, chat } = scene;
  const id = await scene.invite();
  deepEqual(bob.last("chat")?.chat.offeredBy, {
    ...{ name: "Otto", note: "VIP", isInvite: true },
  });
  const offered = { state: "offered", id: "i1", to: "Bob", isInvite: true };
  deepEqual(viewAt(otto), { others: undefined, handover: offered });

  bob.say({ type: "chat-join", chat: id });
  bob.say({ type: "chat-message", chat: id, id: "b1", text: "two" });
  otto.say({ type: "chat-message", chat, id: "o1", text: "three" });
  visitor.chat.dispatch({ type: "message", id: "v2", text: "four" });

  const all = ["one", "two", "three", "four"];
  deepEqual([textsAt(otto), textsAt(bob)], [all, all]);
  deepEqual(viewAt(otto), { others: ["Bob"], handover: undefined });
  deepEqual(viewAt(bob), { others: ["Otto"], handover: undefined });
  const names = otto.all("chat-entries").flatMap(({ entries }) => entries)
    .map(({ name }) => name);
  deepEqual(names, [undefined, "Bob", undefined, undefined]);
  deepEqual(told.find(({ mt }) => mt === "ChatGuest"), {
    ...{ mt: "ChatGuest", dn: "Bob" },
  });
});

Deno.test("[D48] an invitation that the colleague declines, or does not accept within 20 s, has failed, and the chat goes on", async () => {
  await using scene = await joined();
  const { room, otto, bob, told, chat } = scene;
  const failed = { state: "not-taken", to: "Bob", isInvite: true } as const;

  bob.say({ type: "chat-decline", chat: await scene.invite() });
  deepEqual(viewAt(otto), {
    ...{ others: undefined },
    handover: { ...failed, id: "i1", cause: CAUSE.rejected },
  });
  await scene.invite({ id: "i2" });
  room.clock.advance(20_000);
  deepEqual(viewAt(otto), {
    ...{ others: undefined },
    handover: { ...failed, id: "i2", cause: CAUSE.noAnswer },
  });
  otto.say({ type: "chat-message", chat, id: "o1", text: "still here" });

  equal(told.at(-1)?.mt, "ChatMessage");
});

Deno.test("[D48] only a colleague at the desk can be invited, and nobody else while two agents are in the chat", async () => {
  await using scene = await joined();
  const { otto, bob } = scene;
  const cause = () => {
    const chat = otto.last("chat")?.chat;
    const handover = chat?.state === "joined" ? chat.handover : undefined;
    return handover?.state === "not-taken" ? handover.cause : undefined;
  };
  for (const [n, to] of ["nobody", "OTTO"].entries()) {
    await scene.invite({ to, id: `n${n}` });
    equal(cause(), CAUSE.unallocated);
  }
  bob.say({ type: "chat-join", chat: await scene.invite() });

  await scene.invite({ id: "i2" });

  equal(cause(), CAUSE.busy);
});

Deno.test("[D48] either agent leaves the chat to the other one, and the last one ends it", async () => {
  await using scene = await joined();
  const { otto, bob, told, chat } = scene;
  bob.say({ type: "chat-join", chat: await scene.invite() });
  bob.say({ type: "chat-leave", chat: bob.last("chat")?.chat.id ?? "" });
  deepEqual(viewAt(otto), { others: undefined, handover: undefined });
  equal(viewAt(bob), "ended");

  const id = await scene.invite({ id: "i2" });
  bob.say({ type: "chat-join", chat: id });
  otto.say({ type: "chat-leave", chat });
  equal(viewAt(otto), "ended");
  deepEqual(viewAt(bob), { others: undefined, handover: undefined });
  bob.say({ type: "chat-message", chat: id, id: "b1", text: "I go on" });
  deepEqual(textsAt(bob).at(-1), "I go on");
  bob.say({ type: "chat-leave", chat: id });

  deepEqual(told.at(-1), { mt: "ChatInfo", state: "terminated", cause: 16 });
});

Deno.test("[D10] an agent cannot invite anybody into the chat of a colleague", async () => {
  await using scene = await joined();
  const { bob, chat } = scene;

  bob.say({ type: "chat-invite", chat, id: "i1", to: "bob", note: "" });
  await turn();

  equal(bob.last("chat"), undefined);
});

import { deepEqual, equal } from "node:assert/strict";
import { CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import type { VisitorMessage } from "@/lib/contact/ports.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { ChatView } from "@/lib/protocol/desk/service_messages.ts";
import { TeamAgents } from "@/lib/routing/team_agents.ts";
import { account, ADA, DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";

const OTTO = account("otto", { displayName: "Otto" });
const BOB = account("bob", { displayName: "Bob" });
/** The only step of a team of the widget. */
const SALES = {
  ...{ agents: ["otto", "bob"], ringMs: 20_000 },
  strategy: "all" as const,
};
const CHAT = { address: "otto", visitor: ADA };

/** A visitor whose chat Otto has joined, and Bob's page. */
async function joined() {
  const room = await DeskRoom.open([OTTO, BOB]);
  const otto = room.page().connect();
  const bob = new FakeDeskPage(room.bank, BOB).connect();
  const told: VisitorMessage[] = [];
  const records: ContactRecord[] = [];
  const bridge = new Bridge({
    agents: new TeamAgents({
      agents: room.bank,
      watch: (...watched) => room.bank.watch(...watched),
      clock: room.clock,
    }),
    routeTo: (_, team) =>
      Promise.resolve(
        team === "team-1"
          ? { route: { steps: [SALES] }, name: "Sales" }
          : undefined,
      ),
    records: { add: (record) => Promise.resolve(records.push(record)) },
    clock: room.clock,
  });
  const visitor = bridge.contacts({ tell: (message) => told.push(message) });
  const chat = visitor.createChat(CHAT);
  visitor.chat.dispatch({ type: "message", id: "v1", text: "one" });
  await turn();
  otto.say({ type: "chat-join", chat });
  return {
    ...{ room, otto, bob, told, records, visitor, chat },
    /** Otto hands the chat over. */
    async offer(
      { team, to = "bob", id = "h1", note = "VIP" }: {
        team?: string;
        to?: string;
        id?: string;
        note?: string;
      } = {},
    ) {
      const named = team === undefined ? {} : { team };
      otto.say({ type: "chat-hand-over", chat, id, to, note, ...named });
      await turn();
      return offerOf(bob);
    },
    [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
  };
}

function offerOf(page: FakeDeskPage): ChatView | undefined {
  return page.last("chat")?.chat;
}

function textsAt(page: FakeDeskPage): string[] {
  return page.all("chat-entries")
    .flatMap(({ entries }) => entries).map(({ text }) => text);
}

function handoverOf(page: FakeDeskPage) {
  const chat = page.last("chat")?.chat;
  return chat?.state === "joined" ? chat.handover : chat?.state;
}

Deno.test("[D43] a colleague sees who hands the chat over, the note and the conversation, and gets the chat", async () => {
  await using scene = await joined();
  const { otto, bob, told, visitor, chat } = scene;

  const offer = await scene.offer();
  deepEqual(offer?.offeredBy, { name: "Otto", note: "VIP" });
  deepEqual(textsAt(bob), ["one"]);
  deepEqual(handoverOf(otto), { state: "offered", id: "h1", to: "Bob" });
  const { id = "" } = offer ?? {};
  bob.say({ type: "chat-join", chat: id });

  const over = otto.last("chat")?.chat;
  deepEqual(
    over?.state === "ended" && [over.cause, over.handedTo],
    [HANDED_OVER, "Bob"],
  );
  deepEqual(told.at(-1), { mt: "ChatInfo", state: "connected", dn: "Bob" });
  otto.say({ type: "chat-message", chat, id: "o1", text: "too late" });
  bob.say({ type: "chat-message", chat: id, id: "b1", text: "Hello" });
  visitor.chat.dispatch({ type: "message", id: "v2", text: "Hi" });

  deepEqual(textsAt(bob), ["one", "Hello", "Hi"]);
});

Deno.test("[D43] a chat that the colleague declines, or does not accept within 20 s, stays, and a reload of either page changes nothing", async () => {
  await using scene = await joined();
  const { room, otto, bob, told, chat } = scene;

  const declined = await scene.offer();
  bob.say({ type: "chat-decline", chat: declined?.id ?? "" });
  const failed = { state: "not-taken", to: "Bob" } as const;
  deepEqual(handoverOf(otto), { ...failed, id: "h1", cause: CAUSE.rejected });
  const late = await scene.offer({ id: "h2" });
  equal(late?.state, "ringing");
  otto.leave();
  otto.connect();
  const [shown] = otto.last("welcome")?.chats ?? [];
  deepEqual(shown?.state === "joined" && shown.handover?.state, "offered");
  room.clock.advance(20_000);
  deepEqual(handoverOf(otto), { ...failed, id: "h2", cause: CAUSE.noAnswer });
  await scene.offer({ id: "h3" });
  bob.leave();
  room.clock.advance(3_000);

  deepEqual(handoverOf(otto), { ...failed, id: "h3", cause: CAUSE.noResponse });
  otto.say({ type: "chat-message", chat, id: "o1", text: "still here" });
  equal(told.at(-1)?.mt, "ChatMessage");
});

Deno.test("[D43] only an agent with a desk can be asked, and a repeated request changes nothing", async () => {
  await using scene = await joined();
  const { otto, bob, chat } = scene;

  for (const [n, to] of ["nobody", "OTTO"].entries()) {
    await scene.offer({ to, id: `n${n}` });
    deepEqual(handoverOf(otto), {
      ...{ state: "not-taken", id: `n${n}`, to, cause: CAUSE.unallocated },
    });
  }
  equal(offerOf(bob), undefined);
  await scene.offer();
  otto.say({ type: "chat-withdraw", chat });
  const count = bob.all("chat").length;
  await scene.offer();

  equal(bob.all("chat").length, count);
});

Deno.test("[D10] an agent cannot hand over, or keep, the chat of a colleague", async () => {
  await using scene = await joined();
  const { otto, bob, chat } = scene;

  bob.say({ type: "chat-hand-over", chat, id: "h1", to: "bob", note: "" });
  await turn();
  equal(offerOf(bob), undefined);
  await scene.offer({ id: "h2" });
  bob.say({ type: "chat-withdraw", chat });

  deepEqual(handoverOf(otto), { state: "offered", id: "h2", to: "Bob" });
});

Deno.test("[D43] a handover that nobody answers has failed after 30 s", async () => {
  await using room = await DeskRoom.open([OTTO, BOB]);
  const page = room.page().connect();
  const chat = await room.openChat("hello");
  page.say({ type: "chat-join", chat: chat.id });

  page.say({
    ...{ type: "chat-hand-over", chat: chat.id, id: "h1", to: "bob" },
    note: "",
  });
  deepEqual(chat.heard.at(-1), {
    ...{ type: "hand-over", to: "bob", name: "Otto", note: "" },
  });
  room.clock.advance(30_000);

  deepEqual(handoverOf(page), {
    ...{ state: "not-taken", id: "h1", to: "Bob", cause: CAUSE.noAnswer },
  });
});

Deno.test("[D43] a chat is offered to the members of a team of its widget, whose name the page has sent", async () => {
  await using scene = await joined();
  const { otto, bob, told, chat } = scene;

  const offer = await scene.offer({ to: "team-1", team: "Sales" });
  deepEqual(handoverOf(otto), { state: "offered", id: "h1", to: "Sales" });
  deepEqual(offer?.offeredBy, { name: "Otto", note: "VIP" });
  deepEqual(textsAt(bob), ["one"]);
  equal(otto.last("chat")?.chat.id, chat);
  bob.say({ type: "chat-join", chat: offer?.id ?? "" });
  await turn();

  const over = otto.last("chat")?.chat;
  deepEqual(
    over?.state === "ended" && [over.cause, over.handedTo],
    [HANDED_OVER, "Sales"],
  );
  deepEqual(told.at(-1), { mt: "ChatInfo", state: "connected", dn: "Bob" });
  bob.say({
    type: "chat-message",
    chat: offer?.id ?? "",
    id: "b1",
    text: "Hi",
  });
  deepEqual(textsAt(bob), ["one", "Hi"]);
});

Deno.test("[D43] a team that the widget does not have cannot be asked", async () => {
  await using scene = await joined();

  await scene.offer({ to: "team-2", team: "Sales" });

  deepEqual(handoverOf(scene.otto), {
    ...{ state: "not-taken", id: "h1", to: "Sales" },
    cause: CAUSE.unallocated,
  });
});

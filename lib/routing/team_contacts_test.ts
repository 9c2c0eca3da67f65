import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { legId } from "@/lib/base/ids.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import type { VisitorMessage } from "@/lib/contact/ports.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { Route } from "@/lib/model/route.ts";
import { RunningChatStore } from "@/lib/store/running_chat_store.ts";
import { ADA, brief } from "@/tests/support/bridge.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";
import { TeamAgents } from "./team_agents.ts";

const SEAT = "5".repeat(64);
const TEAM = "team-0123456789ab";
const ROUTE: Route = {
  steps: [
    { agents: ["bob", "cleo"], strategy: "all", ringMs: 20_000 },
    { agents: ["dan"], strategy: "all", ringMs: 30_000, always: true },
  ],
  chatsMax: 3,
};

/** The contacts of one visitor with a team, over restarts of the service. */
class TeamRoom implements Disposable {
  readonly clock = new FakeClock();
  readonly records: ContactRecord[] = [];
  readonly told: VisitorMessage[] = [];
  readonly store: RunningChatStore;
  agents = new FakeAgents();
  bridge!: Bridge;
  readonly #kv: Deno.Kv;

  private constructor(kv: Deno.Kv) {
    this.#kv = kv;
    this.store = new RunningChatStore(kv, "reader");
    this.restart();
  }

  static async open(): Promise<TeamRoom> {
    return new TeamRoom(await Deno.openKv(":memory:"));
  }

  /** The process was killed: the next one has new agents and the same store. */
  restart(): void {
    this.agents = new FakeAgents();
    for (const address of ["bob", "cleo", "dan"]) {
      this.agents.add({ address, name: address, email: "" });
    }
    const { agents: bank, clock } = this;
    this.bridge = new Bridge({
      agents: new TeamAgents({
        ...{ agents: bank, clock },
        watch: (...watched) => bank.watch(...watched),
      }),
      records: { add: (one) => Promise.resolve(this.records.push(one)) },
      chatStore: new RunningChatStore(this.#kv),
      clock,
      newId: () => "c",
    });
  }

  contacts() {
    return this.bridge.contacts({ tell: (one) => this.told.push(one) }, SEAT);
  }

  /** Starts a chat with the team, which rings. */
  async chat() {
    const contacts = this.contacts();
    const request = { address: TEAM, visitor: ADA, route: ROUTE };
    contacts.createChat({ ...request, contact: "page" });
    contacts.chat.dispatch({ type: "message", id: "v1", text: "Hello" });
    await this.bridge.settled();
    return contacts;
  }

  /** The next process continues the chat. */
  async resume() {
    const [lost] = await this.bridge.lost();
    const contacts = lost?.resume({ tell: (one) => this.told.push(one) });
    await this.bridge.settled();
    return contacts;
  }

  /** The agents where a chat rings or runs. */
  get open(): string[] {
    return this.agents.chats.all.filter(({ over }) => !over)
      .map(({ chat }) => chat.address);
  }

  chatAt(address: string) {
    const found = this.agents.chats.all.findLast(({ chat }) =>
      chat.address === address
    );
    if (found === undefined) throw new Error(`Cannot find ${address}`);
    return found;
  }

  [Symbol.dispose](): void {
    this.#kv.close();
  }
}

Deno.test("[R9] a chat with a team leaves one record, which names the agent who answered", async () => {
  using room = await TeamRoom.open();
  const contacts = await room.chat();
  deepEqual(room.open, ["bob", "cleo"]);

  room.chatAt("bob").emit({ type: "alerting" });
  room.chatAt("cleo").emit({ type: "alerting" });
  room.chatAt("cleo").emit({ type: "joined", name: "Cleo" });
  room.chatAt("cleo").emit({ type: "message", id: "a1", text: "Hi" });
  await room.bridge.settled();
  const { chatsMax, log } = room.chatAt("cleo").chat;
  contacts.chat.dispatch({ type: "clear" });
  await room.bridge.settled();

  deepEqual([chatsMax, log.since(0).map(({ text }) => text)], [
    3,
    ["Hello", "Hi"],
  ]);
  deepEqual(brief(room.told), [
    "ChatAck",
    "ChatInfo alerting",
    "ChatInfo connected",
    "ChatMessage",
    "ChatInfo terminated",
  ]);
  const [connected] = room.told.filter((one) =>
    one.mt === "ChatInfo" && one.state === "connected"
  );
  deepEqual(connected, {
    ...{ mt: "ChatInfo", state: "connected", dn: "Cleo", contact: "page" },
  });
  deepEqual(room.open, []);
  deepEqual(
    room.records.map(({ address, agent, cause }) => [address, agent, cause]),
    [[TEAM, "cleo", CAUSE.normal]],
  );
});

Deno.test("[R5] a chat that nobody answers has the time of all steps, and ends with 19 so that the visitor can leave a message", async () => {
  using room = await TeamRoom.open();
  await room.chat();

  room.clock.advance(20_000);
  const second = room.open;
  room.clock.advance(29_999);
  const before = room.records.length;
  room.clock.advance(1);
  await room.bridge.settled();

  deepEqual([second, before, room.open], [["dan"], 0, []]);
  deepEqual(room.told.at(-1), {
    ...{ mt: "ChatInfo", state: "terminated", cause: CAUSE.noAnswer },
    contact: "page",
  });
  deepEqual(room.records.map(({ agent }) => agent), [undefined]);
});

Deno.test("[R7] a chat that was ringing begins its route again after a restart, as soon as agents are available", async () => {
  using room = await TeamRoom.open();
  await room.chat();
  room.clock.advance(5_000);

  room.restart();
  room.agents.setPresence("bob", "offline");
  room.agents.setPresence("cleo", "offline");
  await room.resume();
  const early = room.open;
  room.clock.advance(10_000);
  room.agents.setPresence("cleo", "online");
  const late = room.open;
  room.chatAt("cleo").emit({ type: "joined" });
  await room.bridge.settled();

  deepEqual([early, late], [[], ["cleo"]]);
  const { id, log } = room.chatAt("cleo").chat;
  deepEqual(log.since(0).map(({ text }) => text), ["Hello"]);
  equal(id, legId("c", 5_000)); // Other than before the restart.
});

Deno.test("[R7] without agents, a chat goes on with its next step 20 s after a restart", async () => {
  using room = await TeamRoom.open();
  await room.chat();
  room.restart();
  for (const address of ["bob", "cleo"]) {
    room.agents.setPresence(address, "offline");
  }
  await room.resume();

  room.clock.advance(19_999);
  const before = room.open;
  room.clock.advance(1);

  deepEqual([before, room.open], [[], ["dan"]]);
});

Deno.test("[R7] a chat that was answered continues after a restart with the agent who has it", async () => {
  using room = await TeamRoom.open();
  await room.chat();
  room.chatAt("bob").emit({ type: "joined", name: "Bob" });
  await room.bridge.settled();
  const [ofBob, ofTeam, ofCleo] = await Promise.all(
    ["Bob", TEAM, "cleo"].map((one) => room.store.seatsOfAgent(one)),
  );

  room.restart();
  const contacts = await room.resume();
  const { chat: { id, address }, before } = room.chatAt("bob");
  room.chatAt("bob").emit({ type: "message", id: "a1", text: "Again" });
  contacts?.chat.dispatch({ type: "clear" });
  await room.bridge.settled();

  deepEqual([ofBob?.map(({ id }) => id), ofTeam, ofCleo], [["c.0"], [], []]);
  deepEqual([id, address, before?.by], [
    ...["c.0", "bob", { address: "bob", leg: "c.0" }],
  ]);
  deepEqual(room.records.map(({ agent, messages }) => [agent, messages]), [
    ["bob", 2],
  ]);
  room.clock.advance(60_000);
  await room.bridge.settled();
  deepEqual(await room.store.ofAgent("bob"), []);
});

Deno.test("[R9] a call to a team leaves one record, which names the agent who answered", async () => {
  using room = await TeamRoom.open();
  const contacts = room.contacts();
  contacts.createCall({
    ...{ address: TEAM, visitor: ADA, route: ROUTE, video: false },
  });
  contacts.call.dispatch({
    type: "channels",
    channels: { cmd: "PROPOSAL", sdp: sampleOffer() },
  });
  await Promise.resolve();
  const at = (address: string) =>
    room.agents.calls.all.find(({ call }) => call.address === address);

  at("bob")?.end(CAUSE.rejected);
  at("cleo")?.emit({ type: "connected", sdp: sampleAnswer(), name: "Cleo" });
  at("cleo")?.end(CAUSE.normal);
  await room.bridge.settled();

  deepEqual(brief(room.told), ["CallInfo connected", "CallInfo terminated"]);
  deepEqual(
    room.records.map(({ address, agent }) => [address, agent]),
    [[TEAM, "cleo"]],
  );
});

Deno.test("[R3] an agent who is rung later knows that the visitor's page is away", async () => {
  using room = await TeamRoom.open();
  const contacts = await room.chat();
  const seen = () => [
    ...room.chatAt("dan").commands.all.filter(({ type }) => type === "visitor"),
  ];

  contacts.chat.dispatch({ type: "away" });
  room.clock.advance(20_000);
  const away = seen();
  contacts.back(0);
  await room.bridge.settled();

  deepEqual(away, [{ type: "visitor", here: false }]);
  deepEqual(seen().at(-1), { type: "visitor", here: true });
});

Deno.test("[R7] after a restart, the agents of a team know that the visitor's page is away", async () => {
  using room = await TeamRoom.open();
  await room.chat();

  room.restart();
  await room.resume();

  deepEqual(
    room.chatAt("bob").commands.all.filter(({ type }) => type === "visitor"),
    [{ type: "visitor", here: false }],
  );
});

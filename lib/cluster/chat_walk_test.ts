import { deepEqual, equal, ok } from "node:assert/strict";
import type { ChatBefore } from "@/lib/contact/ports.ts";
import type { OpenedChat } from "@/tests/contact/agent_port_steps.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";
import {
  ClusterRoom,
  type RoomInstance,
} from "@/tests/support/cluster_room.ts";
import type { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";

const WALKS = 12;
const STEPS = 25;
const JOINED: ChatBefore = {
  startedAt: 1,
  alerted: true,
  joinedAt: 2,
  read: { visitor: 0, agent: 0 },
};

Deno.test("[CLUSTER9] while instances die and stop, and agents move, each message of a chat arrives once and in order", async () => {
  const first = chance().seed;
  for (let n = 0; n < WALKS; n++) await walkWith((first + n) >>> 0);
});

Deno.test("[CLUSTER8] a chat does not return to the instance that its agent has left, when an even older report ends", async () => {
  await walkWith(1_066);
});

Deno.test("[CLUSTER8] a chat stays where its agent has arrived when a report of an instance ends that has just died", async () => {
  await walkWith(2_267_368_765);
});

async function walkWith(seed: number): Promise<void> {
  const walk = await ChatWalk.open(chance(seed));
  await walk.run().catch((cause) => {
    throw new Error(`failed with CW_SEED=${seed}`, { cause });
  });
}

/** A visitor and an agent who write to each other while their instances change.
 * The bus loses frames of pipes. */
class ChatWalk {
  readonly #luck: Chance;
  readonly #room: ClusterRoom;
  #alive: RoomInstance[] = [];
  #count = 0;
  #home!: RoomInstance;
  #chat!: OpenedChat;
  #desk!: RoomInstance;
  #page!: FakeDeskPage;
  #visitor: string[] = [];
  #agent: string[] = [];
  /** Texts that the agent's pages have shown, by number. */
  readonly #shown = new Map<number, string>();

  private constructor(luck: Chance, room: ClusterRoom) {
    this.#luck = luck;
    this.#room = room;
  }

  static async open(luck: Chance): Promise<ChatWalk> {
    const { room } = await ClusterRoom.open();
    room.luck = luck;
    room.lost = luck.pick([0, 0.1, 0.2]);
    const walk = new ChatWalk(luck, room);
    for (let n = 0; n < 3; n++) await walk.#start();
    [walk.#home, walk.#desk] = [walk.#any(), walk.#any()];
    walk.#page = await room.connect(walk.#desk);
    await room.pass(3_000);
    walk.#chat = await room.chat(walk.#home);
    await room.pass(2_000);
    walk.#page.say({ type: "chat-join", chat: "chat" });
    await room.pass(2_000);
    return walk;
  }

  async run(): Promise<void> {
    await using _room = this.#room;
    for (let step = 0; step < STEPS; step++) {
      await this.#step();
      await this.#room.pass(this.#luck.below(400));
    }
    for (const { pipesBus } of this.#alive) pipesBus.heal();
    await this.#room.pass(10_000);
    await this.#move(this.#any());
    await this.#room.pass(5_000);
    this.#check();
  }

  async #step(): Promise<void> {
    const [home, desk] = [this.#home, this.#desk];
    switch (this.#luck.below(12)) {
      case 0:
        return await this.#leave(home, "killed");
      case 1:
        return await this.#leave(desk, "killed");
      case 2:
        return await this.#leave(
          this.#luck.pick([desk, home]),
          "stopped",
        );
      case 3:
        return await this.#move(this.#any());
      case 4:
      case 5:
      case 6:
      case 7:
        return this.#write();
      default:
        this.#visitor.push(`v${this.#visitor.length}`);
        return this.#chat.say(this.#visitor.at(-1)!, this.#visitor.at(-1)!);
    }
  }

  #write(): void {
    const text = `a${this.#agent.length}`;
    this.#agent.push(text);
    this.#page.say({ type: "chat-message", chat: "chat", id: text, text });
  }

  async #leave(left: RoomInstance, how: "killed" | "stopped"): Promise<void> {
    this.#alive = this.#alive.filter((one) => one !== left);
    await this.#start();
    const stored = [...this.#chat.log.since(0)];
    if (how === "killed") this.#room.kill(left);
    else left[Symbol.dispose]();
    if (this.#home === left) {
      await this.#room.pass(this.#luck.below(3_000));
      this.#home = this.#any();
      this.#chat = await this.#room.resume(this.#home, JOINED, stored);
      this.#chat.leg.send({ type: "visitor", here: true });
    }
    if (this.#desk === left) await this.#move(this.#any());
  }

  /** The agent's page reconnects, and repeats each message without an entry. */
  async #move(to: RoomInstance): Promise<void> {
    this.#look();
    this.#page.end(1006);
    await this.#room.pass(this.#luck.below(1_000));
    this.#desk = to;
    const chats = [{ chat: "chat", seq: Math.max(0, ...this.#shown.keys()) }];
    do {
      const page = to.desk.page();
      this.#page = await this.#room.connect(to, page, chats);
    } while (!this.#hasChat());
    this.#look();
    const known = new Set(this.#shown.values());
    for (const text of this.#agent.filter((text) => !known.has(text))) {
      this.#page.say({ type: "chat-message", chat: "chat", id: text, text });
    }
  }

  /** True if the page was welcomed with the chat. If no frame is lost, it always
   * is. */
  #hasChat(): boolean {
    const views = this.#page.last("welcome")?.chats ?? [];
    const isThere = views.some(({ state }) => state === "joined");
    ok(isThere || this.#room.lost > 0, "the page came before its chat");
    if (!isThere) this.#page.end(1006);
    return isThere;
  }

  #look(): void {
    for (const { entries } of this.#page.all("chat-entries")) {
      for (const { seq, text } of entries) {
        equal(this.#shown.get(seq) ?? text, text, "two entries have a number");
        this.#shown.set(seq, text);
      }
    }
  }

  #check(): void {
    this.#look();
    const log = this.#chat.log.since(0);
    const of = (side: string) =>
      log.filter(({ from }) => from === side).map(({ text }) => text);
    const views = this.#desk.desk.page().connect().last("welcome")?.chats;
    deepEqual(of("visitor"), this.#visitor);
    deepEqual(of("agent"), this.#agent);
    deepEqual(
      [...this.#shown].sort(([a], [b]) => a - b).map(([, text]) => text),
      log.map(({ text }) => text),
    );
    deepEqual(views?.map(({ id, state }) => `${id} ${state}`), ["chat joined"]);
    ok(this.#chat.heard.all.every(({ type }) => type !== "terminated"));
  }

  async #start(): Promise<void> {
    this.#alive.push(await this.#room.start(`i${++this.#count}`));
    await this.#room.pass(1_000);
  }

  #any(): RoomInstance {
    return this.#luck.pick(this.#alive as [RoomInstance, ...RoomInstance[]]);
  }
}

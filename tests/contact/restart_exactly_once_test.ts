import { deepEqual, equal } from "node:assert/strict";
import { RunningChatStore } from "@/lib/store/running_chat_store.ts";
import { type Chance, chance } from "../support/chance.ts";
import { CutPower } from "../support/cut_power.ts";
import type { FakeChat } from "../support/fake_agents.ts";
import type { FakePage } from "../support/fake_page.ts";
import { settle, UUID, VisitorRoom } from "../support/visitor_room.ts";

const RUNS = 30;
const TEXTS = 40;

Deno.test("[CHAT20] each message arrives once and in order, whenever the process is killed", async () => {
  let kills = 0;
  for (let run = 0; run < RUNS; run++) {
    const dice = chance();
    try {
      kills += await runChat(dice);
    } catch (error) {
      throw new Error(`failed with CW_SEED=${dice.seed}`, { cause: error });
    }
  }
  equal(kills > RUNS, true, `it was killed ${kills} times`);
});

async function runChat(dice: Chance): Promise<number> {
  using kv = await Deno.openKv(":memory:");
  const store = new RunningChatStore(kv);
  const process = new MortalProcess(store, dice);
  const visitor = new Visitor();
  const agent = new Agent();
  await visitor.connect(process.room);
  visitor.page?.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  agent.take(process.room.agents.chats.all[0]);
  agent.chat?.emit({ type: "joined" });
  await settled(); // A chat begins when it is kept.

  const texts = Array.from({ length: TEXTS }, (_, n) => `text ${n}`);
  for (const text of texts) {
    visitor.write(text);
    agent.write(text);
    if (dice.next() < 0.5) await settle();
    if (dice.next() < 0.1) visitor.page?.drop();
    if (dice.next() < 0.1) {
      await process.kill();
      agent.take(process.room.agents.chats.all[0]);
    }
    if (dice.next() < 0.5) await visitor.connect(process.room);
  }
  await visitor.connect(process.room);
  visitor.sayAgain();
  await until(() =>
    agent.read.length === TEXTS && visitor.read.length === TEXTS &&
    agent.waiting.size === 0 && visitor.waiting.size === 0
  );

  deepEqual(agent.read, texts);
  deepEqual(visitor.read, texts);
  deepEqual([visitor.waiting.size, agent.waiting.size], [0, 0]);
  return process.kills;
}

class MortalProcess {
  readonly #store: RunningChatStore;
  readonly #dice: Chance;
  #power: CutPower;
  room: VisitorRoom;
  kills = 0;

  constructor(store: RunningChatStore, dice: Chance) {
    this.#store = store;
    this.#dice = dice;
    this.#power = new CutPower(store, dice);
    this.room = new VisitorRoom({}, { chatStore: this.#power });
  }

  async kill(): Promise<void> {
    this.kills++;
    this.#power.cut();
    await settled(); // What the kernel had is written.
    this.#power = new CutPower(this.#store, this.#dice);
    this.room = await VisitorRoom.restarted(this.#power);
  }
}

/** Sends again what has no acknowledgement, drops what it has already. */
class Visitor {
  readonly waiting = new Map<string, string>();
  readonly read: string[] = [];
  page: FakePage | undefined;
  #room: VisitorRoom | undefined;
  #token: string | undefined;
  #seq = 0;

  write(text: string): void {
    this.waiting.set(`v ${text}`, text);
    this.#send(`v ${text}`, text);
  }

  async connect(room: VisitorRoom): Promise<void> {
    if (this.#room === room && this.page?.isClosed === false) return;
    this.#room = room;
    const resume = this.#token === undefined ? {} : { resume: this.#token };
    const page = room.open();
    this.page = page;
    page.heard.onTell = (message) => {
      if (this.page !== page) return; // Of a process that is dead.
      if (message.mt === "Session") {
        if (this.#token !== undefined) equal(message.resume, this.#token);
        this.#token = message.resume;
      }
      if (message.mt === "ChatAck") {
        this.waiting.delete(message.id);
        this.#seq = Math.max(this.#seq, message.seq);
      }
      if (message.mt !== "ChatMessage" || message.seq <= this.#seq) return;
      equal(message.seq, this.#seq + 1, "a gap");
      this.#seq = message.seq;
      if (message.own === undefined) this.read.push(message.text);
      else this.waiting.delete(message.own);
    };
    page.say({
      mt: "Start",
      uuid: UUID,
      v: 1,
      seq: this.#seq,
      ...resume,
    });
    await page.until("Session");
    await settle();
    this.sayAgain();
  }

  sayAgain(): void {
    for (const [id, text] of [...this.waiting]) this.#send(id, text);
  }

  #send(id: string, text: string): void {
    this.page?.say({ mt: "ChatMessage", id, text });
  }
}

/** An agent's client: the same promises from the other side. */
class Agent {
  readonly waiting = new Map<string, string>();
  readonly read: string[] = [];
  chat: FakeChat | undefined;
  #seq = 0;

  take(chat: FakeChat | undefined): void {
    if (chat === undefined) throw new Error("The chat is gone");
    this.chat = chat;
    for (const entry of chat.chat.log.since(this.#seq)) this.#hear(entry);
    chat.commands.onTell = (command) => {
      if (this.chat === chat && command.type === "entry") {
        this.#hear(command.entry);
      }
    };
    for (const [id, text] of this.waiting) this.#send(id, text);
  }

  write(text: string): void {
    this.waiting.set(`a ${text}`, text);
    this.#send(`a ${text}`, text);
  }

  #hear(entry: { seq: number; from: string; id: string; text: string }): void {
    if (entry.from === "agent") this.waiting.delete(entry.id);
    if (entry.seq <= this.#seq) return;
    equal(entry.seq, this.#seq + 1, "a gap");
    this.#seq = entry.seq;
    if (entry.from === "visitor") this.read.push(entry.text);
  }

  #send(id: string, text: string): void {
    this.chat?.emit({ type: "message", id, text });
  }
}

/** The store takes its time; if it never comes, what is compared says so. */
async function until(isThere: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!isThere() && performance.now() < deadline) await settle();
}

async function settled(): Promise<void> {
  for (let n = 0; n < 30; n++) await settle();
}

import { deepEqual } from "node:assert/strict";
import type { FakeChat } from "../support/fake_agents.ts";
import { type Chance, chance } from "../support/chance.ts";
import type { FakePage } from "../support/fake_page.ts";
import { settle, VisitorRoom } from "../support/visitor_room.ts";

const RUNS = 40;
const TEXTS = 60;

Deno.test("[CHAT14] each message arrives once and in order, whatever is lost and repeated", async () => {
  for (let run = 0; run < RUNS; run++) {
    const dice = chance();
    try {
      await runChat(dice);
    } catch (error) {
      throw new Error(`failed with CW_SEED=${dice.seed}`, { cause: error });
    }
  }
});

async function runChat(dice: Chance): Promise<void> {
  using room = new VisitorRoom();
  const page = new ChattingPage(room, dice);
  await page.connect();
  page.socket?.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  const [chat] = room.agents.chats.all;
  if (chat === undefined) throw new Error("Cannot find the chat");
  chat.emit({ type: "joined" });

  const texts = Array.from({ length: TEXTS }, (_, n) => `text ${n}`);
  const fromAgent = new RepeatingAgent(chat, dice);
  for (const text of texts) {
    if (dice.next() < 0.15) page.lose();
    if (dice.next() < 0.3) await page.connect();
    page.write(text);
    fromAgent.write(text);
  }
  await page.connect();
  page.sayAgain();

  deepEqual(chat.visitorTexts, texts);
  deepEqual(page.read, texts);
  deepEqual(page.unanswered, []);
}

/** Sends again what has no acknowledgement, drops what it has already. */
class ChattingPage {
  readonly #room: VisitorRoom;
  readonly #dice: Chance;
  readonly #waiting = new Map<string, string>();
  readonly read: string[] = [];
  socket: FakePage | undefined;
  #token: string | undefined;
  #seq = 0;
  #heard = 0;
  /** The socket is broken, and the page has not noticed: it hears nothing, and
   * what it says arrives for a while. */
  #deaf = false;
  #mute = false;

  constructor(room: VisitorRoom, dice: Chance) {
    this.#room = room;
    this.#dice = dice;
  }

  get unanswered(): string[] {
    return [...this.#waiting.values()];
  }

  write(text: string): void {
    const id = `id of ${text}`;
    this.#waiting.set(id, text);
    this.#send(id, text);
    this.#hear();
  }

  /** The socket is lost, either immediately or half-open first. */
  lose(): void {
    if (this.#dice.next() < 0.5) this.socket?.drop();
    else this.#deaf = true;
  }

  async connect(): Promise<void> {
    if (this.socket !== undefined && !this.#isLost()) return;
    this.#deaf = this.#mute = false;
    this.#heard = 0;
    this.socket = await this.#room.page({
      seq: this.#seq,
      ...(this.#token === undefined ? {} : { resume: this.#token }),
    });
    await settle();
    this.#hear();
    this.sayAgain();
  }

  sayAgain(): void {
    for (const [id, text] of [...this.#waiting]) this.#send(id, text);
    this.#hear();
  }

  #isLost(): boolean {
    return this.#deaf || this.socket?.closedWith !== undefined ||
      this.socket?.isClosed === true;
  }

  #send(id: string, text: string): void {
    this.#mute ||= this.#deaf && this.#dice.next() < 0.5;
    if (!this.#mute) this.socket?.say({ mt: "ChatMessage", id, text });
  }

  #hear(): void {
    if (this.#deaf) return;
    for (const message of this.socket?.heard.all.slice(this.#heard) ?? []) {
      this.#heard++;
      if (message.mt === "Session") this.#token = message.resume;
      if (message.mt === "ChatAck") {
        this.#waiting.delete(message.id);
        this.#seq = Math.max(this.#seq, message.seq);
      }
      if (message.mt !== "ChatMessage" || message.seq <= this.#seq) continue;
      this.#seq = message.seq;
      if (message.own === undefined) this.read.push(message.text);
      else this.#waiting.delete(message.own);
    }
  }
}

/** An agent's client that says again what it has said, now and then. */
class RepeatingAgent {
  readonly #said: { id: string; text: string }[] = [];

  constructor(readonly chat: FakeChat, readonly dice: Chance) {}

  write(text: string): void {
    const message = { id: `a ${text}`, text };
    this.#said.push(message);
    this.chat.emit({ type: "message", ...message });
    while (this.dice.next() < 0.3) {
      const again = this.#said[this.dice.below(this.#said.length)] ?? message;
      this.chat.emit({ type: "message", ...again });
    }
  }
}

import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { Pace } from "./pace.ts";
import { StubbornDesk } from "./stubborn_desk.ts";

/** An agent's page that continues one chat whenever the service is available:
 * joins ringing chats and repeats unconfirmed messages. */
export class StubbornAgent extends StubbornDesk {
  readonly #pace: Pace;
  #chat = "";
  /** The last welcome said nothing of its chat. */
  #isMissing = false;
  #seq = 0;
  #open: string | undefined;

  /** It waits `paceMs` before it writes the next text. */
  constructor(cookie: string, { paceMs = 0 } = {}) {
    super(cookie);
    this.#pace = new Pace(paceMs, () => {
      if (this.#open === undefined) this.#write();
    });
  }

  /** Resolves when it has read this number of texts, and has none
   * unconfirmed. */
  async has(count: number): Promise<void> {
    await this.until(() =>
      this.read.length >= count && this.#open === undefined
    );
  }

  /** Resolves when it has read this number of texts. */
  async reads(count: number): Promise<void> {
    await this.until(() => this.read.length >= count);
  }

  override drop(): void {
    this.#pace.stop();
    super.drop();
  }

  protected hello() {
    const chat = { chat: this.#chat, seq: this.#seq };
    return { chats: this.#chat === "" ? [] : [chat] };
  }

  protected hear(message: ServiceMessage): void {
    if (message.type === "welcome") {
      const joined = message.chats.find(({ state }) => state === "joined");
      for (const { id, state } of message.chats) {
        if (state === "ringing") this.#join(id);
      }
      const isKnown = message.chats.some(({ id }) => id === this.#chat);
      this.#isMissing = this.#chat !== "" && !isKnown;
      if (this.#isMissing) this.lost++;
      if (joined !== undefined) this.#write();
    }
    if (message.type === "chat") {
      const { chat } = message;
      if (chat.state === "ringing") this.#join(chat.id);
      if (chat.state === "joined" && this.#isMissing) this.#write();
      else if (chat.state === "joined" && this.#open === undefined) {
        this.#pace.go();
      }
      if (chat.id === this.#chat) this.#isMissing = false;
      if (chat.state === "ended") this.ends.push(chat.cause);
    }
    if (message.type === "chat-entries" && message.chat === this.#chat) {
      for (const { seq, from, id, text } of message.entries) {
        if (from === "agent" && id === this.#open) this.#open = undefined;
        if (seq <= this.#seq) continue;
        if (seq !== this.#seq + 1) throw new Error(`A gap before ${seq}`);
        this.#seq = seq;
        if (from !== "visitor") continue;
        this.read.push(text);
        this.onRead();
      }
      if (this.#open === undefined) this.#pace.go();
    }
  }

  #join(chat: string): void {
    this.#chat = chat;
    this.say({ type: "chat-join", chat });
  }

  /** Sends the unconfirmed text again, or the next one. */
  #write(): void {
    if (this.#open === undefined) {
      if (!this.isWriting) return;
      this.#open = `agent ${this.said.length}`;
      this.said.push(this.#open);
    }
    this.say({
      type: "chat-message",
      chat: this.#chat,
      id: this.#open,
      text: this.#open,
    });
  }
}

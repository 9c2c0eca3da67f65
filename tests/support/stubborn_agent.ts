import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { DeskAgent } from "./desk_agent.ts";
import { Heard } from "./heard.ts";

/** An agent's page that continues one chat whenever the service is available,
 * as the desk does: joins ringing chats and repeats unconfirmed messages. */
export class StubbornAgent {
  /** The agent's messages, and the visitor's. */
  readonly said: string[] = [];
  readonly read: string[] = [];
  isWriting = true;
  readonly #cookie: string;
  readonly #heard = new Heard<string>();
  #agent: DeskAgent | undefined;
  #chat = "";
  #seq = 0;
  #open: string | undefined;

  constructor(cookie: string) {
    this.#cookie = cookie;
  }

  /** Connects; `gone` resolves when the connection is lost. */
  async connect(url: string): Promise<{ gone: Promise<void> }> {
    this.#agent = await DeskAgent.connect(
      url,
      this.#cookie,
      (message, agent) => {
        this.#agent = agent;
        this.#hear(message);
      },
    );
    return { gone: this.#agent.gone };
  }

  /** Resolves when it has read this number of texts, and has none
   * unconfirmed. */
  async has(count: number): Promise<void> {
    const isThere = () => this.read.length >= count && this.#open === undefined;
    if (!isThere()) await this.#heard.until(isThere);
  }

  /** Resolves when it has read this number of texts. */
  async reads(count: number): Promise<void> {
    const isThere = () => this.read.length >= count;
    if (!isThere()) await this.#heard.until(isThere);
  }

  drop(): void {
    this.#agent?.[Symbol.dispose]();
  }

  #hear(message: ServiceMessage): void {
    if (message.type === "welcome") {
      const joined = message.chats.find(({ state }) => state === "joined");
      for (const { id, state } of message.chats) {
        if (state === "ringing") this.#join(id);
      }
      if (joined !== undefined) this.#write();
    }
    if (message.type === "chat") {
      const { id, state } = message.chat;
      if (state === "ringing") this.#join(id);
      if (state === "joined" && this.#open === undefined) this.#write();
    }
    if (message.type === "chat-entries" && message.chat === this.#chat) {
      for (const { seq, from, id, text } of message.entries) {
        if (from === "agent" && id === this.#open) this.#open = undefined;
        if (seq <= this.#seq) continue;
        if (seq !== this.#seq + 1) throw new Error(`A gap before ${seq}`);
        this.#seq = seq;
        if (from === "visitor") this.read.push(text);
      }
      if (this.#open === undefined) this.#write();
    }
    this.#heard.tell(message.type);
  }

  #join(chat: string): void {
    this.#chat = chat;
    this.#agent?.say({ type: "chat-join", chat });
  }

  #write(): void {
    if (this.#open === undefined) {
      if (!this.isWriting) return;
      this.#open = `agent ${this.said.length}`;
      this.said.push(this.#open);
    }
    this.#agent?.say({
      type: "chat-message",
      chat: this.#chat,
      id: this.#open,
      text: this.#open,
    });
  }
}

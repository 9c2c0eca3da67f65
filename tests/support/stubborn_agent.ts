import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { DeskAgent } from "./desk_agent.ts";
import { Heard } from "./heard.ts";
import { Pace } from "./pace.ts";

/** An agent's page that continues one chat whenever the service is available,
 * as the desk does: joins ringing chats and repeats unconfirmed messages. */
export class StubbornAgent {
  /** The agent's messages, and the visitor's. */
  readonly said: string[] = [];
  readonly read: string[] = [];
  isWriting = true;
  /** Called with each text of the visitor. */
  onRead: () => void = () => {};
  /** Causes with which the chat has ended. */
  readonly ends: number[] = [];
  /** Number of times that the service did not know the chat any more. */
  lost = 0;
  readonly #cookie: string;
  readonly #heard = new Heard<string>();
  readonly #pace: Pace;
  #agent: DeskAgent | undefined;
  #chat = "";
  /** The last welcome said nothing of its chat. */
  #isMissing = false;
  #seq = 0;
  #open: string | undefined;

  /** It waits `paceMs` before it writes the next text. */
  constructor(cookie: string, { paceMs = 0 } = {}) {
    this.#cookie = cookie;
    this.#pace = new Pace(paceMs, () => {
      if (this.#open === undefined) this.#write();
    });
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
      this.#chat === "" ? [] : [{ chat: this.#chat, seq: this.#seq }],
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

  /** Resolves when its chat has ended. */
  async ended(): Promise<void> {
    const isOver = () => this.ends.length > 0;
    if (!isOver()) await this.#heard.until(isOver);
  }

  drop(): void {
    this.#pace.stop();
    this.#agent?.[Symbol.dispose]();
  }

  #hear(message: ServiceMessage): void {
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
    this.#heard.tell(message.type);
  }

  #join(chat: string): void {
    this.#chat = chat;
    this.#agent?.say({ type: "chat-join", chat });
  }

  /** Sends the unconfirmed text again, or the next one. */
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

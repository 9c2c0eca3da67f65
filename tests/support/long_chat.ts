import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { DeskAgent } from "./desk_agent.ts";
import { Heard } from "./heard.ts";

/** Returns texts of a chat: some with a long word, some with an address. */
export function chatText(index: number): string {
  const more = [
    "Thank you for asking.",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik",
    "See https://example.com/a/rather/long/path?with=a&query=string",
    "One sentence. Another one.",
    "Yes",
  ];
  return `${index}: ${more[index % more.length]}`;
}

/** An agent who joins each chat, without a browser. */
export class ChatAgent implements Disposable {
  readonly #agent: DeskAgent;
  readonly #heard: Heard<ServiceMessage>;
  #chat = "";
  #written = 0;

  private constructor(agent: DeskAgent, heard: Heard<ServiceMessage>) {
    this.#agent = agent;
    this.#heard = heard;
  }

  static async open(url: string, cookie: string): Promise<ChatAgent> {
    const heard = new Heard<ServiceMessage>();
    return new ChatAgent(
      await DeskAgent.connect(url, cookie, heard.tell),
      heard,
    );
  }

  /** Joins the first chat that rings. */
  async join(): Promise<void> {
    const ring = await this.#heard.until((message) =>
      message.type === "chat" && message.chat.state === "ringing"
    );
    if (ring.type !== "chat") return;
    this.#chat = ring.chat.id;
    this.#agent.say({ type: "chat-join", chat: this.#chat });
  }

  /** Writes to the visitor; resolves when the service has it. */
  async write(text: string): Promise<void> {
    const id = `agent${this.#written++}`;
    this.#agent.say({ type: "chat-message", chat: this.#chat, id, text });
    await this.#hears((entry) => entry.id === id);
  }

  /** Resolves when the visitor's text has arrived. */
  reads(text: string): Promise<void> {
    return this.#hears((entry) => entry.text === text);
  }

  [Symbol.dispose](): void {
    this.#agent[Symbol.dispose]();
  }

  async #hears(
    is: (entry: { id: string; text: string }) => boolean,
  ): Promise<void> {
    await this.#heard.until((message) =>
      message.type === "chat-entries" && message.entries.some(is)
    );
  }
}

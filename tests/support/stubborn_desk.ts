import type { Hello } from "@/lib/protocol/desk/page_messages.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { DeskAgent } from "./desk_agent.ts";
import { Heard } from "./heard.ts";

/** An agent's page that continues one call or chat whenever the service is
 * available, as the desk does. */
export abstract class StubbornDesk {
  /** Everything that the agent has said, and the visitor. */
  readonly said: string[] = [];
  readonly read: string[] = [];
  isWriting = true;
  /** Called with each thing that the visitor says. */
  onRead: () => void = () => {};
  /** Causes with which the contact has ended. */
  readonly ends: number[] = [];
  /** Number of times that the service did not know the contact any more. */
  lost = 0;
  readonly #cookie: string;
  readonly #heard = new Heard<string>();
  #agent: DeskAgent | undefined;

  constructor(cookie: string) {
    this.#cookie = cookie;
  }

  /** Connects; `gone` resolves when the connection is lost. */
  async connect(url: string): Promise<{ gone: Promise<void> }> {
    const { chats = [], ...hello } = this.hello();
    this.#agent = await DeskAgent.connect(
      url,
      this.#cookie,
      (message, agent) => {
        this.#agent = agent;
        this.hear(message);
        this.#heard.tell(message.type);
      },
      chats,
      hello,
    );
    return { gone: this.#agent.gone };
  }

  /** Resolves when its call or chat has ended. */
  async ended(): Promise<void> {
    await this.until(() => this.ends.length > 0);
  }

  drop(): void {
    this.#agent?.[Symbol.dispose]();
  }

  protected say(...message: Parameters<DeskAgent["say"]>): void {
    this.#agent?.say(...message);
  }

  /** Resolves when it is so, after some message or already now. */
  protected async until(isSo: () => boolean): Promise<void> {
    if (!isSo()) await this.#heard.until(isSo);
  }

  /** Returns the state that the next connection shows. */
  protected abstract hello(): Partial<Hello>;
  protected abstract hear(message: ServiceMessage): void;
}

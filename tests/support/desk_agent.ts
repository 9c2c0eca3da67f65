import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import type { Hello, PageMessage } from "@/lib/protocol/desk/page_messages.ts";
import { OPCODE, RawWebSocket } from "./raw_websocket.ts";

/** An agent without a page: one socket of the desk. */
export class DeskAgent implements Disposable {
  readonly #socket: RawWebSocket;
  /** Resolves when the connection is lost. */
  readonly gone: Promise<void>;

  private constructor(socket: RawWebSocket, gone: Promise<void>) {
    this.#socket = socket;
    this.gone = gone;
  }

  /** Connects to the desk with the cookie of a session, as a page that shows
   * `chats`, or as one that comes back; resolves after welcome. */
  static async connect(
    url: string,
    cookie: string,
    heard: (message: ServiceMessage, agent: DeskAgent) => void = () => {},
    chats: Hello["chats"] = [],
    { page = crypto.randomUUID(), calls = [] }: Partial<Hello> = {},
  ): Promise<DeskAgent> {
    const { promise: welcomed, resolve, reject } = Promise.withResolvers<
      void
    >();
    const over = Promise.withResolvers<void>();
    const socket = await RawWebSocket.connect(`${url}/desk/service`, {
      headers: { cookie, origin: url },
      onFrame(opcode, payload) {
        if (opcode !== OPCODE.text) return;
        const message: ServiceMessage = JSON.parse(
          new TextDecoder().decode(payload),
        );
        if (message.type === "ping") agent.say({ type: "pong" });
        if (message.type === "welcome") resolve();
        heard(message, agent);
      },
      onClosed: (code) => {
        reject(new Error(`The desk was closed with ${code}`));
        over.resolve();
      },
    });
    const agent = new DeskAgent(socket, over.promise);
    agent.say({
      type: "hello",
      v: 1,
      page,
      calls,
      chats,
    });
    await welcomed;
    return agent;
  }

  say(message: PageMessage): void {
    this.#socket.send(JSON.stringify(message)).catch(() => {});
  }

  [Symbol.dispose](): void {
    this.#socket.drop();
  }
}

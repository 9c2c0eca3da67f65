import * as v from "valibot";
import { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type {
  Info,
  SessionInfo,
  SessionMessage,
} from "@/lib/protocol/visitor/session_messages.ts";
import { buildWidget } from "@/widget/build.ts";
import { info, session } from "./visitor_messages.ts";

type MessageOf<M> = Extract<ClientMessage, { mt: M }>;
type Agentward = { own?: string; text: string; time: number };

/**
 * Milliseconds for which a test waits for a message, as for everything else.
 */
const WAIT_MS = 15_000;

let built: Promise<string> | undefined;

/** The built widget, once per test file. */
function builtWidget(): Promise<string> {
  return built ??= (async () => {
    const folder = await Deno.makeTempDir({ prefix: "widget-" });
    addEventListener(
      "unload",
      () => Deno.removeSync(folder, { recursive: true }),
    );
    await buildWidget(folder);
    return folder;
  })();
}

/**
 * The service as visitors' browsers see it: the widget's files, and a real
 * WebSocket that sends the test's messages. One seat at a time.
 */
export class FakeService implements AsyncDisposable {
  session: SessionInfo = session();
  infos: Info[] = [info()];
  pictures: Record<string, string> = {};
  /** Its clock, in ms since 1970, for the times of messages. */
  now: () => number = Date.now;
  /** True if a lost seat is still known. */
  resumable = true;
  /** If true, Start is not answered until {@linkcode speak}. */
  silent = false;
  /** True if chat messages are acknowledged. */
  acks = true;
  /** All messages of pages. */
  readonly heard: ClientMessage[] = [];
  /** All requested paths. */
  readonly #requested: string[] = [];
  readonly #sockets = new Set<WebSocket>();
  readonly #waiting = new Set<() => void>();
  #server: Deno.HttpServer<Deno.NetAddr> | undefined;
  #log: Agentward[] = [];
  #seats = 0;
  #held: (() => void)[] = [];

  static async open(own: Partial<FakeService> = {}): Promise<FakeService> {
    const service = Object.assign(new FakeService(), own);
    const folder = await builtWidget();
    service.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => service.#serve(request, folder),
    );
    return service;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#server?.addr.port}`;
  }

  get ws(): string {
    return this.origin.replace("http", "ws");
  }

  /** Returns the HTML that shows the widget. */
  tags(attributes = ""): string {
    return `<contact-widget uuid="${"0".repeat(32)}" ${attributes}>
      </contact-widget>
      <script type="module" src="${this.origin}/widget.js" async></script>`;
  }

  say(message: ContactMessage | SessionMessage): void {
    for (const socket of this.#sockets) socket.send(JSON.stringify(message));
  }

  /** Sends everything again on the same sockets, as after a Save. */
  save(): void {
    this.say(this.session);
    for (const each of this.infos) this.say(each);
  }

  /** Answers the pending Start. */
  speak(): void {
    this.silent = false;
    for (const answer of this.#held.splice(0)) answer();
  }

  /** Writes in the chat as the agent. */
  write(text: string): void {
    this.#log.push({ text, time: Math.floor(this.now() / 1_000) });
    this.say(this.#entry(this.#log.length - 1));
  }

  /** Cuts all connections without a close. */
  cut(): void {
    for (const socket of [...this.#sockets]) socket.close(3_000);
    this.#sockets.clear();
  }

  close(code: number): void {
    for (const socket of [...this.#sockets]) socket.close(code);
  }

  /** Returns the `count`th message of a kind; fails after 15 s. */
  async once<M extends ClientMessage["mt"]>(
    mt: M,
    count = 1,
  ): Promise<MessageOf<M>> {
    const end = performance.now() + WAIT_MS;
    while (true) {
      const found = this.heard
        .filter((each): each is MessageOf<M> => each.mt === mt)[count - 1];
      if (found) return found;
      const ms = end - performance.now();
      if (ms <= 0) {
        const all = this.heard.map(({ mt }) => mt).join(" ");
        throw new Error(
          `No ${mt} number ${count} within ${WAIT_MS} ms: ${all}\n` +
            `Requested: ${this.#requested.join(" ")}`,
        );
      }
      await this.#next(ms);
    }
  }

  /** Resolves with the next message, or after `ms`. */
  async #next(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#waiting.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(resolve);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await this.#server?.shutdown();
  }

  async #serve(request: Request, folder: string): Promise<Response> {
    const { pathname } = new URL(request.url);
    this.#requested.push(pathname);
    if (pathname === "/widgets/service") {
      const { socket, response } = Deno.upgradeWebSocket(request);
      socket.onopen = () => this.#sockets.add(socket);
      socket.onmessage = ({ data }) => this.#hear(socket, data);
      socket.onclose = () => this.#sockets.delete(socket);
      return response;
    }
    const headers = {
      "content-type": "text/javascript",
      "access-control-allow-origin": "*",
    };
    try {
      // As it is served to browsers that take gzip.
      const file = await Deno.readFile(`${folder}${pathname}.gz`);
      return new Response(file, {
        headers: { ...headers, "content-encoding": "gzip" },
      });
    } catch {
      return new Response(null, { status: 404 });
    }
  }

  #hear(socket: WebSocket, frame: string): void {
    const message = v.parse(ClientMessage, JSON.parse(frame));
    this.heard.push(message);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
    const answer = (message: ContactMessage | SessionMessage) => {
      if (socket.readyState === WebSocket.OPEN) {
        socket.send(JSON.stringify(message));
      }
    };
    if (message.mt === "Start") {
      if (!this.silent) this.#start(message, answer);
      else this.#held.push(() => this.#start(message, answer));
    }
    if (message.mt === "GetPicture") {
      answer({
        mt: "Picture",
        id: message.id,
        url: this.pictures[message.id] ?? "",
      });
    }
    if (message.mt === "GetIceConfig") {
      answer({ mt: "IceConfig", stun: "", turn: "" });
    }
    if (message.mt === "CreateChat") this.#log = [];
    if (message.mt === "ChatMessage") this.#take(message, answer);
  }

  #start(
    start: MessageOf<"Start">,
    answer: (message: ContactMessage | SessionMessage) => void,
  ): void {
    const resumed = this.resumable && start.resume !== undefined;
    const resume = resumed ? start.resume ?? "" : `seat${++this.#seats}`;
    answer({ ...this.session, resume });
    for (const each of this.infos) answer(each);
    if (!resumed) return;
    if (this.#log.length > 0) answer({ mt: "ChatInfo", state: "connected" });
    for (let i = start.seq ?? 0; i < this.#log.length; i++) {
      answer(this.#entry(i));
    }
  }

  #take(
    { id, text }: MessageOf<"ChatMessage">,
    answer: (message: ContactMessage) => void,
  ): void {
    let at = this.#log.findIndex(({ own }) => own === id);
    const time = Math.floor(this.now() / 1_000);
    if (at < 0) at = this.#log.push({ own: id, text, time }) - 1;
    if (this.acks) answer({ mt: "ChatAck", id, seq: at + 1, time });
  }

  #entry(index: number): ContactMessage {
    const { own, text = "", time = 0 } = this.#log[index] ?? {};
    const mine = own === undefined ? {} : { own };
    return { mt: "ChatMessage", seq: index + 1, text, time, ...mine };
  }
}

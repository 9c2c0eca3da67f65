import { OPCODE, RawWebSocket } from "../tests/support/raw_websocket.ts";
import { nowMs } from "./clock.ts";
import { DeskAgent } from "../tests/support/desk_agent.ts";

export interface ChatOptions {
  /** The server's URL for visitors. */
  url: string;
  visitors: string;
  /** The visitor's first message, and the frames that answer it. */
  start: string;
  frames: number;
  /** The agents' endpoint: the desk, or a bare server. */
  kind: "product" | "bare";
  agents: { address: string; cookie: string }[];
  chats: number;
  /** Messages of each chat, of which `atOnce` wait for their ack. */
  messages: number;
  atOnce: number;
}

export interface Chatted {
  /** Time from the first message to the last ack and the last delivery. */
  tookMs: number;
}

/** Lets visitors write to agents as fast as they are acknowledged. */
export async function chatMany(options: ChatOptions): Promise<Chatted> {
  const total = options.chats * options.messages;
  const delivered = new Countdown(total);
  const acked = new Countdown(total);
  const agents = await Promise.all(
    options.agents.map((agent) => openAgent(options, agent, delivered)),
  );
  const visitors: Writer[] = [];
  for (let n = 0; n < options.chats; n++) {
    const { address } = options.agents[n % agents.length] ?? { address: "" };
    visitors.push(await openVisitor(options, { address, n, acked }));
  }
  const startedAt = nowMs();
  for (const visitor of visitors) visitor.go();
  await Promise.all([delivered.over, acked.over]);
  const tookMs = nowMs() - startedAt;
  await Promise.all(visitors.map((visitor) => visitor.leave()));
  for (const agent of agents) agent[Symbol.dispose]();
  return { tookMs };
}

class Countdown {
  #left: number;
  readonly #over = Promise.withResolvers<void>();

  constructor(left: number) {
    this.#left = left;
  }

  get over(): Promise<void> {
    return this.#over.promise;
  }

  take(count: number): void {
    this.#left -= count;
    if (this.#left <= 0) this.#over.resolve();
  }
}

interface Writer {
  go(): void;
  /** Ends the chat, which would otherwise count against the agent's limit in
   * the next round, and closes the page. */
  leave(): Promise<void>;
}

async function openAgent(
  { url, kind }: ChatOptions,
  { address, cookie }: { address: string; cookie: string },
  delivered: Countdown,
): Promise<Disposable> {
  if (kind === "product") {
    return await DeskAgent.connect(url, cookie, (message, agent) => {
      if (message.type === "chat" && message.chat.state === "ringing") {
        agent.say({ type: "chat-join", chat: message.chat.id });
      }
      if (message.type === "chat-entries") {
        delivered.take(message.entries.length);
      }
    });
  }
  const socket = await RawWebSocket.connect(`${url}/`, {
    onFrame: (_opcode, payload) => {
      JSON.parse(new TextDecoder().decode(payload));
      delivered.take(1);
    },
  });
  await socket.send(`agent:${address}`);
  return { [Symbol.dispose]: () => socket.drop() };
}

async function openVisitor(
  { visitors, start, frames, kind, messages, atOnce }: ChatOptions,
  { address, n, acked }: { address: string; n: number; acked: Countdown },
): Promise<Writer> {
  const { promise: connected, resolve, reject } = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let left = frames;
  let written = 0;
  const write = () => {
    if (written === messages) return;
    const id = String(++written);
    const text = "How much is the fish, and when can I have it?";
    socket.send(JSON.stringify({ mt: "ChatMessage", id, text }))
      .catch(() => {});
  };
  const open = kind === "product"
    ? JSON.stringify({ mt: "CreateChat", dest: address, dn: `Visitor ${n}` })
    : `visitor:${address}`;
  const socket = await RawWebSocket.connect(visitors, {
    headers: { "x-forwarded-for": `10.9.${n >> 8}.${n & 255}` },
    onFrame(opcode, payload) {
      if (opcode !== OPCODE.text) return;
      if (left > 0) {
        if (--left === 0) socket.send(open);
        return;
      }
      const message = JSON.parse(new TextDecoder().decode(payload));
      if (message.mt === "ChatInfo" && message.state === "connected") resolve();
      if (message.mt === "ChatInfo" && message.state === "terminated") {
        reject(new Error(`The chat with ${address} ended: ${message.cause}`));
        ended.resolve();
      }
      if (message.mt !== "ChatAck") return;
      acked.take(1);
      write();
    },
    onClosed(code) {
      reject(new Error(`Visitor ${n} got ${code}`));
      ended.resolve();
    },
  });
  await socket.send(start);
  await connected;
  return {
    go() {
      for (let n = 0; n < atOnce; n++) write();
    },
    async leave() {
      if (kind === "product") {
        await socket.send(JSON.stringify({ mt: "ClearChat" }));
        await ended.promise;
      }
      socket.drop();
    },
  };
}

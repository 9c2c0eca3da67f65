import { Heard } from "./heard.ts";
import { Pace } from "./pace.ts";
import { OPCODE, RawWebSocket } from "./raw_websocket.ts";

/**
 * A visitor of a real service who continues one chat whenever the service is
 * available, as the widget does: shows its token and repeats unacknowledged
 * messages.
 */
export class StubbornVisitor {
  /** The visitor's messages, acknowledged or not, and the agent's. */
  readonly said: string[] = [];
  readonly read: string[] = [];
  isWriting = true;
  isPersistent: boolean;
  /** Number of chats that it had to begin. */
  chats = 0;
  /** Number of them that the agent has joined. */
  answered = 0;
  /** Number of chats that the service has forgotten after it had acknowledged
   * something of them. */
  lost = 0;
  /** Causes with which the chat has ended. */
  readonly ends: number[] = [];
  /** Called with each text of the agent. */
  onRead: () => void = () => {};
  readonly #pace: Pace;
  readonly #widget: string;
  readonly #dest: string;
  readonly #heard = new Heard<string>();
  readonly #waits: boolean;
  #isChatting = false;
  /** The state of its chat, as the service said it last. */
  #state: "unknown" | "known" | "answered" = "unknown";
  #isOnline = false;
  #socket: RawWebSocket | undefined;
  #token: string | undefined;
  #seq = 0;
  /** Its last text, without an acknowledgement. */
  #open: string | undefined;

  /** It waits `paceMs` before it writes the next text. If it `waits`, it begins
   * a chat when it sees the agent online, as people do. A persistent one begins
   * another chat after its chat has ended. */
  constructor(
    widget: string,
    dest: string,
    { paceMs = 0, waits = false, isPersistent = false } = {},
  ) {
    this.#waits = waits;
    this.isPersistent = isPersistent;
    this.#pace = new Pace(paceMs, () => {
      if (this.#open === undefined) this.#write();
    });
    this.#widget = widget;
    this.#dest = dest;
  }

  /** Connects; `gone` resolves when the connection is lost. */
  async connect(url: string): Promise<{ gone: Promise<void> }> {
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    this.#socket = await RawWebSocket.connect(`${url}/widgets/service`, {
      onClosed: () => resolve(),
      onFrame: (opcode, payload) => {
        if (opcode !== OPCODE.text) return;
        this.#hear(JSON.parse(new TextDecoder().decode(payload)));
      },
    });
    const resume = this.#token === undefined
      ? {}
      : { resume: this.#token, seq: this.#seq };
    this.#say({ mt: "Start", uuid: this.#widget, v: 1, ...resume });
    return { gone };
  }

  /** Resolves when it has read this number of texts, and has none
   * unconfirmed. */
  async has(count: number): Promise<void> {
    const isThere = () => this.read.length >= count && this.#open === undefined;
    if (!isThere()) await this.#heard.until(isThere);
  }

  /** Ends the chat. */
  leave(): void {
    this.#say({ mt: "ClearChat" });
  }

  /** Resolves when it has read this text, or nothing if there is none. */
  async reads(text: string): Promise<void> {
    const isThere = () => text === "" || this.read.includes(text);
    if (!isThere()) await this.#heard.until(isThere);
  }

  /** Resolves when this number of its chats have ended. */
  async ended(count = 1): Promise<void> {
    const isOver = () => this.ends.length >= count;
    if (!isOver()) await this.#heard.until(isOver);
  }

  drop(): void {
    this.#pace.stop();
    this.#socket?.drop();
  }

  #hear(message: Record<string, string & number>): void {
    const { mt } = message;
    if (mt === "Session") this.#start(String(message["resume"]));
    if (mt === "ChatInfo" && this.#state === "unknown") this.#state = "known";
    if (mt === "ChatInfo" && message["state"] === "connected") {
      if (this.#state !== "answered") this.answered++;
      this.#state = "answered";
      this.#write();
    }
    if (mt === "ChatInfo" && message["state"] === "terminated") {
      this.ends.push(Number(message["cause"]));
      this.#isChatting = false;
      if (this.isPersistent) this.#meet();
    }
    if (mt === "Info" && message["id"] === this.#dest) {
      this.#isOnline = message["presence"] === "online";
      if (this.#waits && this.ends.length === 0) this.#meet();
      if (this.isPersistent) this.#meet();
    }
    if (mt === "ChatAck") {
      this.#seq = Math.max(this.#seq, Number(message["seq"]));
      this.#acked(String(message["id"]));
    }
    if (mt === "ChatMessage" && Number(message["seq"]) > this.#seq) {
      this.#seq = Number(message["seq"]);
      if (message["own"] === undefined) {
        this.read.push(String(message["text"]));
        this.onRead();
      } else this.#acked(String(message["own"]));
    }
    this.#heard.tell(String(mt));
  }

  #start(token: string): void {
    const isNew = token !== this.#token;
    this.#token = token;
    if (!isNew) {
      const isLost = this.#isChatting && this.#state === "unknown";
      return isLost ? this.#create() : undefined;
    }
    if (this.#seq > 0) this.lost++;
    this.#seq = 0;
    this.#isChatting = false;
    if (!this.#waits) this.#begin();
  }

  #begin(): void {
    this.chats++;
    this.#seq = 0;
    this.#isChatting = true;
    this.#state = "unknown";
    this.#create();
  }

  /** Asks for its chat, perhaps again. */
  #create(): void {
    const contact = `chat${this.chats}`;
    this.#say({ mt: "CreateChat", dest: this.#dest, dn: "Ada", contact });
  }

  /** Begins a chat, if the agent can be reached. An unacknowledged text belongs
   * to the last one. */
  #meet(): void {
    if (this.#isChatting || !this.#isOnline) return;
    this.#open = undefined;
    this.#begin();
  }

  /** Sends the unacknowledged text again, or the next one. */
  #write(): void {
    if (this.#open === undefined) {
      if (!this.isWriting) return;
      this.#open = `visitor ${this.said.length}`;
      this.said.push(this.#open);
    }
    this.#say({ mt: "ChatMessage", id: this.#open, text: this.#open });
  }

  #acked(id: string): void {
    if (id !== this.#open) return;
    this.#open = undefined;
    this.#pace.go();
  }

  #say(message: unknown): void {
    this.#socket?.send(JSON.stringify(message)).catch(() => {});
  }
}

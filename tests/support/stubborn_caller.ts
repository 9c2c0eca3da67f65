import { Heard } from "./heard.ts";
import { Pace } from "./pace.ts";
import { OPCODE, RawWebSocket } from "./raw_websocket.ts";
import { named, nameOf, sampleOffer } from "./sdp.ts";

/** Some members of a message to a visitor's page. */
interface ToPage {
  mt: string;
  resume?: string;
  id?: string;
  presence?: string;
  state?: string;
  cause?: number;
  cmd?: string;
  sdp?: string;
}

/**
 * A visitor of a real service who keeps one call whenever the service is
 * available, as the widget does: shows its token, and repeats an offer that was
 * not answered. Once connected, it sends one offer after the other.
 */
export class StubbornCaller {
  /** Names of its offers, and of the answers. */
  readonly said: string[] = [];
  readonly read: string[] = [];
  isWriting = true;
  /** Called with each answer. */
  onRead: () => void = () => {};
  /** Number of calls that it had to begin, and of seats that were lost. */
  calls = 0;
  lost = 0;
  /** Causes with which the call has ended. */
  readonly ends: number[] = [];
  readonly #contact = crypto.randomUUID();
  readonly #widget: string;
  readonly #dest: string;
  readonly #heard = new Heard<string>();
  readonly #pace: Pace;
  #isConnected = false;
  #socket: RawWebSocket | undefined;
  #token: string | undefined;
  /** Its last offer, without an answer. */
  #open: string | undefined;

  /** It waits `paceMs` before its next offer. */
  constructor(widget: string, dest: string, { paceMs = 0 } = {}) {
    this.#widget = widget;
    this.#dest = dest;
    this.#pace = new Pace(paceMs, () => {
      if (this.#open === undefined) this.#offer();
    });
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
    const resume = this.#token === undefined ? {} : { resume: this.#token };
    const call = this.#isConnected ? { call: this.#contact } : {};
    this.#say({ mt: "Start", uuid: this.#widget, v: 1, ...resume, ...call });
    return { gone };
  }

  hangUp(): void {
    this.#say({ mt: "ClearCall" });
  }

  /** Resolves when its last offer is answered. */
  async settled(): Promise<void> {
    const isSettled = () => this.#open === undefined;
    if (!isSettled()) await this.#heard.until(isSettled);
  }

  /** Resolves when its call has ended. */
  async ended(): Promise<void> {
    const isOver = () => this.ends.length > 0;
    if (!isOver()) await this.#heard.until(isOver);
  }

  drop(): void {
    this.#pace.stop();
    this.#socket?.drop();
  }

  #hear(message: ToPage): void {
    const { mt, state, cmd, sdp = "" } = message;
    if (mt === "Session") this.#start(message.resume ?? "");
    if (mt === "Info" && message.id === this.#dest) {
      if (this.calls === 0 && message.presence === "online") this.#call();
    }
    if (mt === "CallInfo" && state === "connected") this.#connect();
    if (mt === "CallInfo" && state === "terminated") {
      this.ends.push(message.cause ?? 0);
      this.#isConnected = false;
    }
    if (mt === "Channels" && cmd === "SELECT") this.#answered(nameOf(sdp));
    this.#heard.tell(mt);
  }

  #start(token: string): void {
    if (token !== this.#token && this.calls > 0) this.lost++;
    this.#token = token;
  }

  #call(): void {
    this.calls++;
    const contact = this.#contact;
    this.#say({ mt: "CreateCall", dest: this.#dest, dn: "Ada", contact });
    this.#say({ mt: "Channels", cmd: "PROPOSAL", sdp: sampleOffer(), contact });
  }

  /** The call is connected, or the page has resumed it. */
  #connect(): void {
    this.#isConnected = true;
    this.#offer();
  }

  /** Sends the unanswered offer again, or the next one. */
  #offer(): void {
    if (!this.#isConnected) return;
    if (this.#open === undefined) {
      if (!this.isWriting) return;
      this.#open = `offer ${this.said.length}`;
      this.said.push(this.#open);
    }
    const sdp = named(sampleOffer(), this.#open);
    const contact = this.#contact;
    this.#say({ mt: "Channels", cmd: "PROPOSAL", sdp, contact });
  }

  /** After an answer to another offer, which a browser rejects, it offers again,
   * as the widget does. */
  #answered(name: string): void {
    if (this.#open === undefined) return;
    if (name !== this.#open) return this.#offer();
    this.#open = undefined;
    this.read.push(name);
    this.onRead();
    this.#pace.go();
  }

  #say(message: unknown): void {
    this.#socket?.send(JSON.stringify(message)).catch(() => {});
  }
}

import { OPCODE, RawWebSocket } from "../tests/support/raw_websocket.ts";
import {
  type Connection,
  type ConnectionEffect,
  step,
} from "../widget/connection.ts";
import { addressOf } from "./crowd.ts";

export interface FaithfulOptions {
  url: string;
  count: number;
  /** The first message on each connection. */
  start: string;
}

/** The state of a crowd. */
export interface Loyalty {
  /** Members that show the widget now, and those that ever reconnected. */
  ready: number;
  returned: number;
  /** Presences in the last Info of each ready member, counted. */
  presences: Record<string, number>;
  /** Close codes of connections that were ready, counted. */
  codes: Record<string, number>;
  /** Errors of the service, and connections that it closed before they were
   * ready. */
  errors: number;
  /** Waits after a close with 1012, in ms. */
  shortestMs: number;
  longestMs: number;
}

/** Pages that keep their widget: each reconnects with the widget's own
 * policy. */
export class FaithfulCrowd {
  readonly #members: Member[] = [];

  /** Opens all of them, some at a time. */
  async come(options: FaithfulOptions, atOnce = 50): Promise<Loyalty> {
    let left = options.count;
    const worker = async () => {
      while (left-- > 0) {
        const member = new Member(options, this.#members.length);
        this.#members.push(member);
        member.on({ type: "arrive" });
        await member.ready;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return this.look();
  }

  look(): Loyalty {
    const codes: Record<string, number> = {};
    const presences: Record<string, number> = {};
    const waits = this.#members.flatMap(({ waits }) => waits);
    const ready = this.#members.filter(({ isReady }) => isReady);
    for (const { presence } of ready) {
      presences[presence] = (presences[presence] ?? 0) + 1;
    }
    for (const code of this.#members.flatMap(({ codes }) => codes)) {
      codes[code] = (codes[code] ?? 0) + 1;
    }
    return {
      ready: ready.length,
      returned: this.#members.filter(({ sessions }) => sessions > 1).length,
      presences,
      codes,
      errors: this.#members.reduce((sum, { errors }) => sum + errors, 0),
      shortestMs: waits.reduce((a, b) => Math.min(a, b), Infinity),
      longestMs: waits.reduce((a, b) => Math.max(a, b), 0),
    };
  }

  leave(): void {
    for (const member of this.#members) member.on({ type: "leave" });
    this.#members.length = 0;
  }
}

class Member {
  readonly waits: number[] = [];
  readonly codes: number[] = [];
  readonly ready: Promise<void>;
  presence = "";
  sessions = 0;
  errors = 0;
  readonly #options: FaithfulOptions;
  readonly #number: number;
  readonly #isThere: () => void;
  #connection: Connection = { state: "parked" };
  #socket: RawWebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSentAway = false;
  /** Number of its connection; older ones are ignored. */
  #generation = 0;

  constructor(options: FaithfulOptions, number: number) {
    this.#options = options;
    this.#number = number;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#isThere = resolve;
  }

  get isReady(): boolean {
    return this.#connection.state === "ready";
  }

  on(event: Parameters<typeof step>[1]): void {
    const { state, effects } = step(this.#connection, event, Math.random());
    this.#connection = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: ConnectionEffect): void {
    switch (effect.type) {
      case "open":
        return void this.#open();
      case "greet":
        this.#socket?.send(this.#options.start).catch(() => {});
        return;
      case "close":
        this.#generation++;
        return this.#socket?.drop();
      case "probe":
        return;
      case "wait":
        if (this.#isSentAway) this.waits.push(effect.ms);
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.on({ type: "due" }), effect.ms);
        return;
      case "stop-waiting":
        return clearTimeout(this.#timer);
    }
  }

  async #open(): Promise<void> {
    const own = ++this.#generation;
    const isOwn = () => own === this.#generation;
    try {
      const socket = await RawWebSocket.connect(this.#options.url, {
        headers: { "x-forwarded-for": addressOf(this.#number) },
        onFrame: (opcode, payload) => {
          if (opcode === OPCODE.text && isOwn()) this.#hear(payload);
        },
        onClosed: (code = 1006) => {
          if (isOwn()) this.#closed(code);
        },
      });
      if (!isOwn()) return socket.drop();
      this.#socket = socket;
      this.on({ type: "opened" });
    } catch {
      if (isOwn()) this.on({ type: "closed", code: 1006 });
    }
  }

  #hear(payload: Uint8Array): void {
    const text = new TextDecoder().decode(payload);
    if (text.startsWith('{"mt":"Session"')) {
      this.sessions++;
      this.on({ type: "session" });
      this.#isThere();
    }
    if (text.startsWith('{"mt":"Error"')) this.errors++;
    const presence = /"presence":"(\w+)"/.exec(text)?.[1];
    if (presence !== undefined) this.presence = presence;
  }

  #closed(code: number): void {
    if (this.isReady) this.codes.push(code);
    else this.errors++;
    this.#isSentAway = code === 1012;
    this.on({ type: "closed", code });
    this.#isSentAway = false;
  }
}

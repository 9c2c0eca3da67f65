import { deepEqual } from "node:assert/strict";
import type { Fleet } from "./fleet.ts";
import { StubbornAgent } from "./stubborn_agent.ts";
import { StubbornVisitor } from "./stubborn_visitor.ts";

/** Time between an answer and the next text of the same side. */
const PACE_MS = 100;
/** How long a page waits before it connects again. */
const BACK_MS = { from: 50, to: 200 };
/** Longer than any outage of these tests. */
const LATE_MS = 20_000;

type Side = StubbornVisitor | StubbornAgent;

/** One direction of a conversation. */
class Way {
  readonly #reader: Side;
  readonly #writer: Side;
  #at = performance.now();
  #longestMs = 0;
  readonly #waiting = new Set<() => void>();

  constructor(writer: Side, reader: Side) {
    this.#writer = writer;
    this.#reader = reader;
    reader.onRead = () => this.#heard();
  }

  /** Starts to measure, and returns the longest silence until now. */
  lap(): number {
    const longest = Math.max(this.#longestMs, performance.now() - this.#at);
    this.#longestMs = 0;
    this.#at = performance.now();
    return longest;
  }

  /** Resolves when a text that is written after this call has been read. */
  async passes(): Promise<void> {
    const count = this.#writer.said.length + 1;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = () => this.#reader.read.length >= count && resolve();
    const late = setTimeout(
      () => reject(new Error(`silent for ${LATE_MS} ms`)),
      LATE_MS,
    );
    this.#waiting.add(look);
    await promise.finally(() => {
      clearTimeout(late);
      this.#waiting.delete(look);
    });
  }

  #heard(): void {
    const now = performance.now();
    this.#longestMs = Math.max(this.#longestMs, now - this.#at);
    this.#at = now;
    for (const look of [...this.#waiting]) look();
  }
}

/** A visitor and an agent who write to each other all the time, and connect
 * again whenever their connection is lost. */
export class Talk implements AsyncDisposable {
  readonly name: string;
  readonly visitor: StubbornVisitor;
  readonly agent: StubbornAgent;
  readonly #ways: readonly Way[];
  readonly #url: string;
  #isOver = false;
  #staying: Promise<unknown> = Promise.resolve();
  readonly #wake = new Set<() => void>();

  private constructor({ stage, url }: Fleet, n: number) {
    this.name = `talk ${n}`;
    this.#url = url;
    const { address = "", cookie = "" } = stage.agents[n] ?? {};
    const pace = { paceMs: PACE_MS };
    this.visitor = new StubbornVisitor(stage.widget, address, pace);
    this.agent = new StubbornAgent(cookie, pace);
    this.#ways = [
      new Way(this.visitor, this.agent),
      new Way(this.agent, this.visitor),
    ];
  }

  /** The `n`th agent comes to the desk, then a visitor who writes to this
   * agent. Resolves when both have read something. */
  static async begin(fleet: Fleet, n: number): Promise<Talk> {
    const talk = new Talk(fleet, n);
    const { gone } = await talk.agent.connect(fleet.url);
    talk.#staying = Promise.all([
      talk.#stay(talk.agent, gone),
      talk.#stay(talk.visitor),
    ]);
    await talk.passes();
    return talk;
  }

  /** Resolves when both sides have read what the other one writes from now on.
   */
  async passes(): Promise<void> {
    try {
      await Promise.all(this.#ways.map((way) => way.passes()));
    } catch (error) {
      throw new Error(`${this.#state()}: ${String(error)}`, { cause: error });
    }
  }

  /** Returns the longest silence of both directions since the last call. */
  lap(): number {
    return Math.max(...this.#ways.map((way) => way.lap()));
  }

  /** Checks that everything has arrived once and in order, in one chat that no
   * one has lost. */
  async check(): Promise<void> {
    const { visitor, agent } = this;
    visitor.isWriting = agent.isWriting = false;
    try {
      await visitor.has(agent.said.length);
      await agent.has(visitor.said.length);
    } catch (error) {
      throw new Error(this.#state(), { cause: error });
    }
    deepEqual(agent.read, visitor.said, this.#state());
    deepEqual(visitor.read, agent.said, this.#state());
    deepEqual(
      {
        chats: visitor.chats,
        lost: visitor.lost + agent.lost,
        ends: [...visitor.ends, ...agent.ends],
      },
      { chats: 1, lost: 0, ends: [] },
      this.#state(),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.visitor.drop();
    this.agent.drop();
    this.#wake.forEach((wake) => wake());
    await this.#staying;
  }

  async #stay(side: Side, gone?: Promise<void>): Promise<void> {
    await gone;
    while (!this.#isOver) {
      try {
        const connection = await side.connect(this.#url);
        if (this.#isOver) side.drop();
        await connection.gone;
      } catch {
        // No instance was there.
      }
      await this.#pause();
    }
  }

  async #pause(): Promise<void> {
    const { from, to } = BACK_MS;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, from + Math.random() * (to - from));
    this.#wake.add(resolve);
    if (this.#isOver) resolve();
    await promise;
    clearTimeout(timer);
    this.#wake.delete(resolve);
  }

  #state(): string {
    const { visitor, agent } = this;
    return `${this.name}: visitor wrote ${visitor.said.length}, agent read ` +
      `${agent.read.length}; agent wrote ${agent.said.length}, visitor read ` +
      `${visitor.read.length}; chats ${visitor.chats}, lost by the visitor's ` +
      `service ${visitor.lost}, by the agent's ${agent.lost}; ended for the ` +
      `visitor with [${visitor.ends}], for the agent with [${agent.ends}]`;
  }
}

import { deepEqual } from "node:assert/strict";
import type { Fleet, Instance } from "./fleet.ts";
import { Stay } from "./stay.ts";
import { StubbornAgent } from "./stubborn_agent.ts";
import { StubbornVisitor } from "./stubborn_visitor.ts";
import { Ways } from "./ways.ts";

/** Time between an answer and the next text of the same side. */
export const PACE_MS = 100;

/** A visitor and an agent who write to each other all the time, and connect
 * again whenever their connection is lost. */
export class Talk implements AsyncDisposable {
  readonly name: string;
  readonly visitor: StubbornVisitor;
  readonly agent: StubbornAgent;
  readonly #ways: Ways;
  readonly #stays = new AsyncDisposableStack();

  private constructor({ stage }: Fleet, n: number) {
    this.name = `talk ${n}`;
    const { address = "", cookie = "" } = stage.agents[n] ?? {};
    const pace = { paceMs: PACE_MS };
    const visitor = { ...pace, waits: true };
    this.visitor = new StubbornVisitor(stage.widget, address, visitor);
    this.agent = new StubbornAgent(cookie, pace);
    this.#ways = new Ways(this.visitor, this.agent);
  }

  /** The `n`th agent comes to the desk, then a visitor who writes to this
   * agent, each at the given instance or at any. Resolves when both have read
   * something. */
  static async begin(
    fleet: Fleet,
    n: number,
    { agent, visitor }: { agent?: Instance; visitor?: Instance } = {},
  ): Promise<Talk> {
    const talk = new Talk(fleet, n);
    if (agent !== undefined) fleet.balancer.aim(agent.url);
    const { gone } = await talk.agent.connect(fleet.url);
    if (visitor !== undefined) fleet.balancer.aim(visitor.url);
    talk.#stays.use(new Stay(fleet.url, talk.agent, gone));
    talk.#stays.use(new Stay(fleet.url, talk.visitor));
    await talk.passes();
    return talk;
  }

  /** Resolves when both sides have read what the other one writes from now on.
   */
  async passes(): Promise<void> {
    try {
      await this.#ways.passes();
    } catch (error) {
      throw new Error(`${this.state()}: ${String(error)}`, { cause: error });
    }
  }

  /** Returns the longest silence of both directions since the last call. */
  lap(): number {
    return this.#ways.lap();
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
      throw new Error(this.state(), { cause: error });
    }
    deepEqual(agent.read, visitor.said, this.state());
    deepEqual(visitor.read, agent.said, this.state());
    deepEqual(
      {
        chats: visitor.chats,
        lost: visitor.lost + agent.lost,
        ends: [...visitor.ends, ...agent.ends],
      },
      { chats: 1, lost: 0, ends: [] },
      this.state(),
    );
  }

  /** Number of chats that it had, and of those that the agent has joined. */
  get chats(): { all: number; answered: number } {
    const { chats: all, answered } = this.visitor;
    return { all, answered };
  }

  /** The visitor ends the chat. Resolves when both sides know. */
  async end(): Promise<void> {
    const ended = Promise.all([this.visitor.ended(), this.agent.ended()]);
    this.visitor.leave();
    await ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stays.disposeAsync();
  }

  /** Returns a description for failures. */
  state(): string {
    const { visitor, agent } = this;
    return `${this.name}: visitor wrote ${visitor.said.length}, agent read ` +
      `${agent.read.length}; agent wrote ${agent.said.length}, visitor read ` +
      `${visitor.read.length}; chats ${visitor.chats}, lost by the visitor's ` +
      `service ${visitor.lost}, by the agent's ${agent.lost}; ended for the ` +
      `visitor with [${visitor.ends}], for the agent with [${agent.ends}]`;
  }
}

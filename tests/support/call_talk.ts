import { deepEqual } from "node:assert/strict";
import type { Fleet, Instance } from "./fleet.ts";
import { Stay } from "./stay.ts";
import { StubbornCallAgent } from "./stubborn_call_agent.ts";
import { StubbornCaller } from "./stubborn_caller.ts";
import { Ways } from "./ways.ts";

/** Time between an answer and the next offer. */
const PACE_MS = 200;

/** A visitor in a call with an agent, who send each other offers and answers all
 * the time, and connect again whenever their connection is lost. */
export class CallTalk implements AsyncDisposable {
  readonly name: string;
  readonly visitor: StubbornCaller;
  readonly agent: StubbornCallAgent;
  readonly #ways: Ways;
  readonly #stays = new AsyncDisposableStack();

  private constructor({ stage }: Fleet, n: number) {
    this.name = `call ${n}`;
    const { address = "", cookie = "" } = stage.agents[n] ?? {};
    const pace = { paceMs: PACE_MS };
    this.visitor = new StubbornCaller(stage.widget, address, pace);
    this.agent = new StubbornCallAgent(cookie);
    this.#ways = new Ways(this.visitor, this.agent);
  }

  /** The `n`th agent comes to the desk, then a visitor who calls this agent, each
   * at the given instance or at any. Resolves when both have received something
   * of the connected call. */
  static async begin(
    fleet: Fleet,
    n: number,
    { agent, visitor }: { agent?: Instance; visitor?: Instance } = {},
  ): Promise<CallTalk> {
    const talk = new CallTalk(fleet, n);
    if (agent !== undefined) fleet.balancer.aim(agent.url);
    const { gone } = await talk.agent.connect(fleet.url);
    if (visitor !== undefined) fleet.balancer.aim(visitor.url);
    talk.#stays.use(new Stay(fleet.url, talk.agent, gone));
    talk.#stays.use(new Stay(fleet.url, talk.visitor));
    await talk.passes();
    return talk;
  }

  /** Resolves when an offer from now on has been answered. */
  async passes(): Promise<void> {
    try {
      await this.#ways.passes();
    } catch (error) {
      throw new Error(`${this.#state()}: ${String(error)}`, { cause: error });
    }
  }

  /** Returns the longest silence of both directions since the last call. */
  lap(): number {
    return this.#ways.lap();
  }

  /** The visitor hangs up. Checks that it was one call, in which every offer was
   * answered, and that both sides have learned of its end. */
  async end(): Promise<void> {
    const { visitor, agent } = this;
    visitor.isWriting = false;
    try {
      await visitor.settled();
      deepEqual(visitor.ends.concat(agent.ends), [], this.#state());
      const ended = Promise.all([visitor.ended(), agent.ended()]);
      visitor.hangUp();
      await ended;
    } catch (error) {
      throw new Error(this.#state(), { cause: error });
    }
    deepEqual(visitor.read, visitor.said, this.#state());
    deepEqual(agent.read, visitor.said, this.#state());
    deepEqual(
      {
        calls: visitor.calls,
        lost: visitor.lost + agent.lost,
        ends: [...visitor.ends, ...agent.ends],
      },
      { calls: 1, lost: 0, ends: [16, 16] },
      this.#state(),
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stays.disposeAsync();
  }

  #state(): string {
    const { visitor, agent } = this;
    return `${this.name}: ${visitor.said.length} offers, agent read ` +
      `${agent.read.length}, visitor read ${visitor.read.length} answers; ` +
      `calls ${visitor.calls}, lost by the visitor's service ` +
      `${visitor.lost}, by the agent's ${agent.lost}; ended for the visitor ` +
      `with [${visitor.ends}], for the agent with [${agent.ends}]`;
  }
}

import { deepEqual } from "node:assert/strict";
import { Conversation, type Places } from "./conversation.ts";
import type { Fleet } from "./fleet.ts";
import { StubbornCallAgent } from "./stubborn_call_agent.ts";
import { StubbornCaller } from "./stubborn_caller.ts";

/** Time between an answer and the next offer. */
const PACE_MS = 200;

/** A visitor in a call with an agent, who send each other offers and answers all
 * the time. */
export class CallTalk extends Conversation<StubbornCaller, StubbornCallAgent> {
  /** The `n`th agent comes to the desk, then a visitor who calls this agent.
   * Resolves when both have received something of the connected call. */
  static async begin(
    fleet: Fleet,
    n: number,
    places: Places = {},
  ): Promise<CallTalk> {
    const { widget, agents } = fleet.stage;
    const { address = "", cookie = "" } = agents[n] ?? {};
    const talk = new CallTalk(`call ${n}`, {
      visitor: new StubbornCaller(widget, address, { paceMs: PACE_MS }),
      agent: new StubbornCallAgent(cookie),
    });
    await talk.begin(fleet, places);
    return talk;
  }

  /** The visitor hangs up. Checks that it was one call, in which every offer was
   * answered, and that both sides have learned of its end. */
  async end(): Promise<void> {
    const { visitor, agent } = this;
    visitor.isWriting = false;
    try {
      await visitor.settled();
      deepEqual(visitor.ends.concat(agent.ends), [], this.state());
      const ended = Promise.all([visitor.ended(), agent.ended()]);
      visitor.hangUp();
      await ended;
    } catch (error) {
      throw new Error(this.state(), { cause: error });
    }
    deepEqual(visitor.read, visitor.said, this.state());
    deepEqual(agent.read, visitor.said, this.state());
    deepEqual(
      {
        calls: visitor.calls,
        lost: visitor.lost + agent.lost,
        ends: [...visitor.ends, ...agent.ends],
      },
      { calls: 1, lost: 0, ends: [16, 16] },
      this.state(),
    );
  }

  state(): string {
    const { visitor, agent } = this;
    return `${this.name}: ${visitor.said.length} offers, agent read ` +
      `${agent.read.length}, visitor read ${visitor.read.length} answers; ` +
      `calls ${visitor.calls}, lost by the visitor's service ` +
      `${visitor.lost}, by the agent's ${agent.lost}; ended for the visitor ` +
      `with [${visitor.ends}], for the agent with [${agent.ends}]`;
  }
}

import { deepEqual } from "node:assert/strict";
import { Conversation, type Places } from "./conversation.ts";
import type { Fleet } from "./fleet.ts";
import { StubbornAgent } from "./stubborn_agent.ts";
import { StubbornVisitor } from "./stubborn_visitor.ts";

/** Time between an answer and the next text of the same side. */
export const PACE_MS = 100;

/** A visitor and an agent who write to each other all the time. */
export class Talk extends Conversation<StubbornVisitor, StubbornAgent> {
  /** The `n`th agent comes to the desk, then a visitor who writes to this agent.
   * Resolves when both sides have read something. */
  static async begin(
    fleet: Fleet,
    n: number,
    places: Places = {},
  ): Promise<Talk> {
    const { widget, agents } = fleet.stage;
    const { address = "", cookie = "" } = agents[n] ?? {};
    const pace = { paceMs: PACE_MS };
    const talk = new Talk(`talk ${n}`, {
      visitor: new StubbornVisitor(widget, address, { ...pace, waits: true }),
      agent: new StubbornAgent(cookie, pace),
    });
    await talk.begin(fleet, places);
    return talk;
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

  state(): string {
    const { visitor, agent } = this;
    return `${this.name}: visitor wrote ${visitor.said.length}, agent read ` +
      `${agent.read.length}; agent wrote ${agent.said.length}, visitor read ` +
      `${visitor.read.length}; chats ${visitor.chats}, lost by the visitor's ` +
      `service ${visitor.lost}, by the agent's ${agent.lost}; ended for the ` +
      `visitor with [${visitor.ends}], for the agent with [${agent.ends}]`;
  }
}

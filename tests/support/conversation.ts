import type { Fleet, Instance } from "./fleet.ts";
import { Stay, type Stayer } from "./stay.ts";
import { type Side, Ways } from "./ways.ts";

/** Where both sides connect first; absent for any instance. */
export interface Places {
  agent?: Instance;
  visitor?: Instance;
}

/** A visitor and an agent who answer each other all the time, and connect again
 * whenever their connection is lost. */
export abstract class Conversation<
  Visitor extends Side & Stayer,
  Agent extends Side & Stayer,
> implements AsyncDisposable {
  readonly name: string;
  readonly visitor: Visitor;
  readonly agent: Agent;
  readonly #ways: Ways;
  readonly #stays = new AsyncDisposableStack();

  protected constructor(
    name: string,
    { visitor, agent }: { visitor: Visitor; agent: Agent },
  ) {
    this.name = name;
    this.visitor = visitor;
    this.agent = agent;
    this.#ways = new Ways(visitor, agent);
  }

  /** Returns a description for failures. */
  abstract state(): string;

  /** Resolves when each side has received what the other one says from now
   * on. */
  async passes(): Promise<void> {
    await this.described(this.#ways.passes());
  }

  /** Returns the longest silence of both directions since the last call. */
  lap(): number {
    return this.#ways.lap();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stays.disposeAsync();
  }

  /** The agent comes to the desk, then the visitor. Resolves when both have
   * received something. */
  protected async begin(
    { balancer, url }: Fleet,
    { agent, visitor }: Places,
  ): Promise<void> {
    if (agent !== undefined) balancer.aim(agent.url);
    const { gone } = await this.agent.connect(url);
    if (visitor !== undefined) balancer.aim(visitor.url);
    this.#stays.use(new Stay(url, this.agent, gone));
    this.#stays.use(new Stay(url, this.visitor));
    await this.passes();
  }

  /** Adds the state to the error of a failure. */
  protected async described(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      const message = `${this.state()}: ${String(error)}`;
      throw new Error(message, { cause: error });
    }
  }
}

import { deepEqual, equal } from "node:assert/strict";
import type { Fleet } from "./fleet.ts";
import { Pace } from "./pace.ts";
import type { ClientChat } from "./simulated_pbx/client_chat.ts";
import { users } from "./simulated_pbx/in_memory.ts";
import { PASSWORD } from "./simulated_pbx/service.ts";
import { SimulatedPbx } from "./simulated_pbx/simulated_pbx.ts";
import { webSocketWire } from "./simulated_pbx/wire.ts";
import { Stay } from "./stay.ts";
import { StubbornVisitor } from "./stubborn_visitor.ts";
import { PACE_MS } from "./talk.ts";
import { type Side, Ways } from "./ways.ts";

/** Settings of a fleet with a PBX, which need not be linked for it to start. */
export const PBX_ARGS = [`--pbx-password=${PASSWORD}`, "--ready-pbx=no"];

/** A company with a PBX, which links again whenever its link is lost. */
export class TalkingPbx implements AsyncDisposable {
  readonly #pbx: SimulatedPbx;
  readonly #stay: Stay;
  readonly #agents = new Map<string, PbxAgent>();
  /** Number of links that it had. */
  links = 0;
  /** Number of times that others may have taken the instance with the link for
   * dead, which ends chats like the loss of the link. */
  partings = 0;

  private constructor(url: string, count: number) {
    const wire = webSocketWire(`${url.replace("http", "ws")}/widgets`);
    this.#pbx = new SimulatedPbx(wire, { users: users(count) });
    this.#pbx.onChat = (chat, sip) => this.agent(sip).take(chat);
    this.#stay = new Stay(url, {
      connect: async () => {
        await this.#pbx.connect();
        this.links++;
        return { gone: this.#pbx.lost() };
      },
      drop: () => this.#pbx.cut(),
    });
  }

  static start({ url }: Fleet, count: number): TalkingPbx {
    return new TalkingPbx(url, count);
  }

  agent(sip: string): PbxAgent {
    const agent = this.#agents.get(sip) ?? new PbxAgent();
    this.#agents.set(sip, agent);
    return agent;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const agent of this.#agents.values()) agent.stop();
    await this.#stay[Symbol.asyncDispose]();
  }
}

/** The agents of a PBX, as a widget names them. */
export function pbxAgents(
  count: number,
): { address: string; name: string }[] {
  return users(count).map(({ sip, name }) => ({ address: sip, name }));
}

/** A user of the PBX who writes all the time, in one chat after the other. */
class PbxAgent implements Side {
  readonly said: string[] = [];
  readonly read: string[] = [];
  isWriting = true;
  onRead = () => {};
  /** The number of texts that it had written when its last chat began. */
  saidBefore = 0;
  #chat: ClientChat | undefined;
  readonly #pace = new Pace(PACE_MS, () => this.#write());

  take(chat: ClientChat): void {
    this.#chat = chat;
    this.saidBefore = this.said.length;
    chat.join();
    chat.onText = (text) => {
      this.read.push(text);
      this.onRead();
    };
    this.#pace.go();
  }

  stop(): void {
    this.#pace.stop();
  }

  #write(): void {
    if (!this.isWriting || this.#chat?.isOver !== false) return;
    const text = `pbx ${this.said.length}`;
    this.said.push(text);
    this.#chat.say(text);
    this.#pace.go();
  }
}

/** A visitor who writes to an agent of a PBX, and begins another chat when the
 * loss of the link has ended it. */
export class PbxTalk implements AsyncDisposable {
  readonly name: string;
  readonly visitor: StubbornVisitor;
  readonly #agent: PbxAgent;
  readonly #pbx: TalkingPbx;
  readonly #ways: Ways;
  readonly #stay: Stay;

  private constructor(fleet: Fleet, pbx: TalkingPbx, sip: string) {
    this.name = `talk with ${sip}`;
    this.#pbx = pbx;
    this.#agent = pbx.agent(sip);
    const how = { paceMs: PACE_MS, waits: true, isPersistent: true };
    this.visitor = new StubbornVisitor(fleet.stage.widget, sip, how);
    this.#ways = new Ways(this.visitor, this.#agent);
    this.#stay = new Stay(fleet.url, this.visitor);
  }

  static async begin(
    fleet: Fleet,
    pbx: TalkingPbx,
    sip: string,
  ): Promise<PbxTalk> {
    const talk = new PbxTalk(fleet, pbx, sip);
    await talk.passes();
    return talk;
  }

  async passes(): Promise<void> {
    try {
      await this.#ways.passes();
    } catch (error) {
      throw new Error(`${this.state()}: ${String(error)}`, { cause: error });
    }
  }

  lap(): number {
    return this.#ways.lap();
  }

  /** Checks that no text came twice or in another order, that only the loss of a
   * link or of its instance ended a chat, and that the last chat is complete. */
  async check(): Promise<void> {
    const { visitor } = this;
    const agent = this.#agent;
    visitor.isWriting = agent.isWriting = false;
    const last = agent.said.slice(agent.saidBefore);
    await visitor.reads(last.at(-1) ?? "");
    await visitor.has(0);
    for (
      const { read, said } of [
        { read: agent.read, said: visitor.said },
        { read: visitor.read, said: agent.said },
      ]
    ) {
      const inOrder = said.filter((text) => read.includes(text));
      deepEqual(read, inOrder, this.state());
    }
    deepEqual(visitor.read.slice(-last.length), last, this.state());
    equal(visitor.lost, 0, this.state());
    const { links, partings } = this.#pbx;
    const refused = visitor.chats - visitor.answered;
    const lost = visitor.ends.length - refused;
    equal(lost < links + partings, true, this.state());
  }

  /** Number of chats that it had, and of those that the agent has joined. */
  get chats(): { all: number; answered: number } {
    const { chats: all, answered } = this.visitor;
    return { all, answered };
  }

  async end(): Promise<void> {
    const count = this.visitor.ends.length;
    this.visitor.isPersistent = false;
    this.visitor.leave();
    await this.visitor.ended(count + 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stay[Symbol.asyncDispose]();
  }

  /** Returns a description for failures. */
  state(): string {
    const { visitor } = this;
    return `${this.name}: visitor wrote ${visitor.said.length}, agent read ` +
      `${this.#agent.read.length}; agent wrote ${this.#agent.said.length}, ` +
      `visitor read ${visitor.read.length}; chats ${visitor.chats}, lost ` +
      `${visitor.lost}, ended with [${visitor.ends}]; links ${this.#pbx.links}`;
  }
}

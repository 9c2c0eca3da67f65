import type { Chance } from "../chance.ts";
import { FakeClock } from "../fake_clock.ts";
import { AgentTab } from "./agent_tab.ts";
import { type Leg, type Outliving, ServiceProcess } from "./service_process.ts";
import { UnsteadyStore } from "./unsteady_store.ts";
import { VisitorTab } from "./visitor_tab.ts";

/** Number of microtask turns in which all work of one step is done. */
const TURNS = 120;

const { port1, port2 } = new MessageChannel();
/** Resolves in the next turn of the real event loop. */
function later(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  port2.onmessage = () => resolve();
  port1.postMessage(undefined);
  return promise;
}

/** One visitor, one agent and the service between them. */
export class World {
  readonly clock = new FakeClock();
  readonly store = new UnsteadyStore(this.clock);
  readonly legs: Leg[] = [];
  readonly visitor: VisitorTab;
  readonly agent: AgentTab;
  readonly #outliving: Outliving = {
    store: this.store,
    legs: this.legs,
    records: [],
  };
  #service: ServiceProcess | undefined;

  constructor(dice: Chance) {
    this.visitor = new VisitorTab(
      this.clock,
      dice,
      (...args) => this.#running().acceptVisitor(...args),
    );
    this.agent = new AgentTab(
      this.clock,
      dice,
      (socket) => this.#running().acceptAgent(socket),
    );
  }

  async start(): Promise<void> {
    this.#service = await ServiceProcess.start(this.clock, this.#outliving);
    this.visitor.open();
    await this.pass(1_000);
  }

  /** Kills and restarts the service. Messages that it acknowledged while the
   * store failed would be lost (CHAT21), so the store catches up before. */
  async restart(): Promise<void> {
    this.store.be("ok");
    for (let second = 0; second < 12; second++) {
      this.clock.advance(1_000);
      await turns();
    }
    this.#service?.kill();
    this.visitor.endService();
    this.agent.endService();
    this.#service = await ServiceProcess.start(this.clock, this.#outliving);
    await turns();
  }

  /** Delivers all frames, and the frames that follow from them. */
  async deliverAll(): Promise<void> {
    for (let isMore = true; isMore;) {
      isMore = false;
      for (const tab of [this.visitor, this.agent]) {
        for (const way of ["to-page", "to-service"] as const) {
          isMore = tab.deliver(way) || isMore;
        }
      }
      await turns();
    }
  }

  /** Lets time pass with a network that delivers. */
  async pass(ms: number, stepMs = 1_000): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await this.deliverAll();
      this.clock.advance(stepMs);
      await turns();
    }
    await this.deliverAll();
  }

  /** Repairs everything and connects all. */
  async recover(): Promise<void> {
    this.store.be("ok");
    this.visitor.isUp = this.agent.isUp = true;
    this.visitor.notice();
    this.agent.notice();
    this.visitor.browser.devices.answerPrompts(true);
    this.agent.devices.answerPrompts(true);
    this.visitor.browser.dispatch("online");
    this.agent.desk.wake();
    await this.pass(20_000, 1_000);
  }

  #running(): ServiceProcess {
    if (this.#service === undefined) throw new Error("Nothing runs");
    return this.#service;
  }
}

export async function turns(): Promise<void> {
  for (let n = 0; n < TURNS; n++) await Promise.resolve();
  await later(); // A page may have loaded a chunk.
  for (let n = 0; n < TURNS; n++) await Promise.resolve();
}

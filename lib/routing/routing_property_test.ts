import { deepEqual, equal, ok } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import type { Route } from "@/lib/model/route.ts";
import { STRATEGIES } from "@/lib/model/team.ts";
import { type Chance, property } from "@/tests/support/chance.ts";
import { routingDueAt, stepRouting } from "./routing.ts";
import type { RouteLeg, Routing, RoutingEvent } from "./routing_state.ts";

const AGENTS = ["ada", "bob", "cleo", "dan", "eve", "finn"];

Deno.test("[R3] a contact reaches exactly one agent, or ends after the last step so that its message is stored, over any order of events", () => {
  const seen = {
    answered: 0,
    messages: 0,
    left: 0,
    restarts: 0,
    later: 0,
    queued: 0,
  };

  property(10_000, (luck) => {
    const world = new World(luck);
    for (let n = luck.below(40); n > 0 && !world.isSettled; n--) world.act();
    world.finish();
    world.check();
    seen.answered += world.answered === undefined ? 0 : 1;
    seen.messages += world.messages;
    seen.queued += world.queued > 0 ? 1 : 0;
    seen.left += world.hasLeft ? 1 : 0;
    seen.restarts += world.restarts;
    seen.later += world.steps > 1 ? 1 : 0;
  });

  for (const [what, count] of Object.entries(seen)) ok(count > 300, what);
});

/** One contact, its agents, and everything that can happen to them. */
class World {
  readonly #luck: Chance;
  readonly #route: Route;
  readonly #free = new Set<string>();
  readonly #busy = new Set<string>();
  /** Agents who are there, but have rejected the last leg as busy. */
  readonly #full = new Set<string>();
  /** True while others wait, too. */
  #hasQueue = false;
  #now = 1_000_000;
  #state: Routing = { state: "new" };
  /** The legs that ring at the agents. */
  #ringing = new Map<number, RouteLeg>();
  /** Legs that were cancelled, whose agents may not know it yet. */
  #cancelled: RouteLeg[] = [];
  /** The agents who must not be rung again in this step. */
  #rung = new Set<string>();
  #rings = 0;
  #ends = 0;
  answered: RouteLeg | undefined;
  messages = 0;
  /** Number of turns in the queue. */
  queued = 0;
  restarts = 0;
  hasLeft = false;
  /** Number of steps that rang. */
  steps = 0;

  constructor(luck: Chance) {
    this.#luck = luck;
    this.#route = routeBy(luck);
    for (const agent of AGENTS) if (luck.below(3) > 0) this.#free.add(agent);
    this.#dispatch({ type: "begin" });
  }

  get isSettled(): boolean {
    return this.#ends > 0;
  }

  act(): void {
    const luck = this.#luck;
    const leg = [...this.#ringing.values()].at(luck.below(3));
    switch (luck.below(11)) {
      case 0:
      case 1:
        return this.#join(luck.pick(["ada", ...AGENTS]));
      case 2:
        return this.#leave(luck.pick(["ada", ...AGENTS]));
      case 3:
      case 4:
        return leg &&
          this.#end(leg, luck.pick([CAUSE.rejected, CAUSE.busy]));
      case 5:
        return this.#queue();
      case 6:
        return leg && luck.below(3) === 0 ? this.#answer(leg) : undefined;
      case 7:
        return this.#dispatchStale();
      case 8:
        return this.#wait();
      case 9:
        return luck.below(8) === 0 ? this.#hangUp() : undefined;
      default:
        return luck.below(4) === 0 ? this.#crash() : this.#tick();
    }
  }

  /** Lets all timers run out. */
  finish(): void {
    for (let n = 0; n < 100 && routingDueAt(this.#state); n++) this.#wait();
    equal(routingDueAt(this.#state), undefined, "it never ends");
  }

  check(): void {
    const isAnswered = this.#state.state === "answered";
    equal(this.#ringing.size, 0, "an agent still rings");
    equal(this.#ends, isAnswered ? 0 : 1, "ends");
    const outcomes = [
      this.answered !== undefined,
      this.messages === 1,
      this.hasLeft && this.answered === undefined,
    ];
    deepEqual(outcomes.filter(Boolean), [true], JSON.stringify(outcomes));
  }

  #dispatch(event: RoutingEvent): void {
    const before = this.#state;
    const { state, effects } = stepRouting(before, event, {
      now: this.#now,
      wall: this.#now,
      isOpen: true,
      hasQueue: this.#hasQueue,
      route: this.#route,
      agents: {
        isFree: (address) => this.#free.has(address),
        isBusy: (address) => this.#busy.has(address),
        rungAt: (address) => AGENTS.indexOf(address) % 3,
        idleSince: (address) => AGENTS.indexOf(address) % 2,
      },
    });
    if (state.state === "ringing") this.#follow(state);
    if (before.state === "queued" && this.#now >= before.until) {
      this.#rung.clear(); // All who are available are rung once more.
    }
    if (state.state === "queued") {
      this.#rung = this.#rung.difference(this.#full);
      this.#full.clear();
    }
    this.#state = state;
    for (const effect of effects) {
      switch (effect.type) {
        case "ring":
          this.#ring(effect.leg);
          break;
        case "cancel":
          ok(this.#ringing.delete(effect.leg.n), "cancelled an unknown leg");
          this.#cancelled.push(effect.leg);
          break;
        case "answered":
          equal(this.answered, undefined, "two agents have answered");
          ok(this.#ringing.delete(effect.leg.n), "nobody rang there");
          this.answered = effect.leg;
          break;
        case "end":
          this.#over();
      }
    }
  }

  #follow(state: Extract<Routing, { state: "ringing" }>): void {
    const before = this.#state.state === "ringing" ? this.#state.step : -1;
    if (state.step <= before) return;
    this.steps++;
    if (state.step > 0) this.#rung.clear();
  }

  #ring(leg: RouteLeg): void {
    equal(this.answered, undefined, "rings although it is answered");
    equal(this.#ends, 0, "rings after the end");
    ok(!this.#ringing.has(leg.n), "the same leg twice");
    ok(!this.#rung.has(leg.address), "the same agent twice in one step");
    this.#rung.add(leg.address);
    this.#full.delete(leg.address);
    this.#ringing.set(leg.n, leg);
    ok(++this.#rings < 400, "it rings without end");
  }

  #over(): void {
    this.#ends++;
    if (this.hasLeft || this.answered !== undefined) return;
    this.messages++;
    const last = this.#route.steps.at(-1)?.agents ?? [];
    const forgotten = last.filter((address) =>
      this.#free.has(address) && !this.#rung.has(address)
    );
    deepEqual(forgotten, [], "an available agent was not rung");
  }

  #join(address: string): void {
    if (this.#free.has(address)) return;
    this.#free.add(address);
    this.#busy.delete(address);
    if (this.#canComeAgain(address)) this.#rung.delete(address);
    this.#dispatch({ type: "free", address });
  }

  /** A member of a team with a queue who was not available is rung again. */
  #canComeAgain(address: string): boolean {
    const state = this.#state;
    const isFirst = state.state === "queued" ||
      state.state === "ringing" && state.step === 0;
    const isRinging = [...this.#ringing.values()]
      .some((leg) => leg.address === address);
    return isFirst && this.#route.queueMs !== undefined && !isRinging;
  }

  /** The others leave the queue or come, or the contact is the first one. */
  #queue(): void {
    this.#hasQueue = this.#luck.below(3) === 0;
    if (this.#state.state === "queued") this.queued++;
    this.#dispatch({ type: "turn" });
  }

  /** An agent closes the desk, so the bank ends the legs there. */
  #leave(address: string): void {
    this.#free.delete(address);
    if (this.#luck.below(2) === 0) this.#busy.add(address);
    else this.#busy.delete(address);
    for (const leg of [...this.#ringing.values()]) {
      if (leg.address === address) this.#end(leg, CAUSE.noResponse);
    }
    const { answered } = this;
    if (answered?.address !== address) return;
    this.#dispatch({ type: "ended", n: answered.n, cause: CAUSE.outOfOrder });
  }

  #end(leg: RouteLeg, cause: number): void {
    this.#ringing.delete(leg.n);
    if (cause === CAUSE.busy) this.#full.add(leg.address);
    this.#dispatch({ type: "ended", n: leg.n, cause });
  }

  #answer(leg: RouteLeg): void {
    this.#dispatch({ type: "answered", n: leg.n });
    equal(this.answered, leg);
  }

  /** An agent answers or declines at the moment at which the leg is cancelled. */
  #dispatchStale(): void {
    const leg = this.#cancelled.at(this.#luck.below(3));
    if (leg === undefined) return;
    const before = this.#state;
    this.#dispatch({ type: "answered", n: leg.n });
    this.#dispatch({ type: "ended", n: leg.n, cause: CAUSE.rejected });
    deepEqual(this.#state, before);
  }

  #wait(): void {
    this.#now = Math.max(this.#now, routingDueAt(this.#state) ?? 0);
    this.#dispatch({ type: "time" });
  }

  /** Timers can be early. */
  #tick(): void {
    this.#now += 1;
    this.#dispatch({ type: "time" });
  }

  #hangUp(): void {
    if (this.answered !== undefined) return;
    this.hasLeft = true;
    this.#dispatch({ type: "hang-up", cause: CAUSE.normal });
  }

  /** The process dies, and the next one continues the stored contact. */
  #crash(): void {
    if (this.#ends > 0 || this.answered !== undefined) return;
    const before = this.#state;
    this.restarts++;
    this.#cancelled.push(...this.#ringing.values());
    this.#ringing.clear();
    this.#rung.clear();
    this.#state = { state: "new" };
    const next = 1_000 * this.restarts;
    const { queueMs: leftMs } = this.#route;
    const queued = before.state === "queued" && leftMs !== undefined
      ? { queued: { since: before.since, leftMs } }
      : {};
    this.#dispatch({ type: "begin", next, waitMs: 20_000, ...queued });
  }
}

function routeBy(luck: Chance): Route {
  const steps = Array.from({ length: 1 + luck.below(3) }, () => ({
    agents: AGENTS.filter(() => luck.below(2) > 0),
    strategy: luck.pick(STRATEGIES),
    ringMs: 1_000 * (5 + luck.below(20)),
    ...(luck.below(6) === 0 ? { always: true as const } : {}),
  }));
  return { steps, ...(luck.below(2) > 0 && { queueMs: 60_000 }) };
}

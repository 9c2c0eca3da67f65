import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Clock } from "@/lib/base/clock.ts";
import type { Counters, HttpTimes } from "@/lib/base/counters.ts";
import { LoopLag } from "./loop_lag.ts";
import { MeteredAgents, STATES } from "./metered_agents.ts";
import {
  ANSWER_SECONDS,
  COUNTED,
  FAN_OUT_SECONDS,
  HTTP_SECONDS,
  LAG_SECONDS,
  PREFIX,
} from "./names.ts";
import type { ContactAgents } from "@/lib/contact/ports.ts";
import { CONTACT_MEDIA } from "@/lib/model/media.ts";

/** One value of a gauge, with its labels. */
export type Sample = [value: number, labels?: Record<string, string>];

/**
 * All metrics of the service, for Prometheus. No label identifies a person.
 * Gauges are measured only on a scrape; events are counted when they happen.
 */
export class Metrics implements Counters, HttpTimes {
  readonly #registry = new Registry();
  readonly #counters = new Map<string, Counter>();
  readonly #clock: Clock;
  readonly #meters: ConstructorParameters<typeof MeteredAgents>[1];
  /** Seconds that the write of one change of presence to all pages takes. */
  readonly fanOut: Histogram;
  readonly #http: Histogram<"route">;
  readonly #lag: Histogram;

  constructor(clock: Clock) {
    this.#clock = clock;
    for (const name of Object.keys(COUNTED)) this.#counter(name, []);
    const registers = [this.#registry];
    this.#http = new Histogram({
      name: `${PREFIX}http_request_seconds`,
      help: "Seconds to answer an HTTP request, by route pattern",
      labelNames: ["route"],
      buckets: HTTP_SECONDS,
      registers,
    });
    this.#lag = new Histogram({
      name: `${PREFIX}event_loop_lag_seconds`,
      help: "Seconds that timers of the process are late",
      buckets: LAG_SECONDS,
      registers,
    });
    this.fanOut = new Histogram({
      name: `${PREFIX}presence_fan_out_seconds`,
      help: "Seconds from a change of presence to its last write to a visitor",
      buckets: FAN_OUT_SECONDS,
      registers,
    });
    this.#meters = {
      counters: this,
      contacts: new Gauge({
        name: `${PREFIX}contacts`,
        help: "Running calls and chats, by medium and state",
        labelNames: ["media", "state"],
        registers,
      }),
      answer: new Histogram({
        name: `${PREFIX}answer_seconds`,
        help: "Seconds that visitors waited for an answer, by medium",
        labelNames: ["media"],
        buckets: ANSWER_SECONDS,
        registers,
      }),
    };
    this.#zero();
  }

  /** Sets every counter to 0: a sum over nothing has no value, so an alert that
   * compares it would never fire. */
  #zero(): void {
    const { contacts, answer } = this.#meters;
    for (const media of CONTACT_MEDIA) {
      for (const state of STATES) contacts.set({ media, state }, 0);
      answer.zero({ media });
    }
    this.#http.zero({ route: "none" });
  }

  /** The content type of `text()`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Returns all metrics in Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  count(name: string, labels: Readonly<Record<string, string>> = {}): void {
    this.#counter(name, Object.keys(labels)).inc({ ...labels });
  }

  answered(route: string, seconds: number): void {
    this.#http.observe({ route }, seconds);
  }

  /** Measures the event loop until disposed of. */
  watchLoop(): Disposable {
    return new LoopLag(this.#clock, (seconds) => this.#lag.observe(seconds));
  }

  /** Adds a gauge that calls `read` on each scrape. */
  gauge(
    name: string,
    help: string,
    { labels = [], read }: {
      labels?: string[];
      read(): Sample[] | Promise<Sample[]>;
    },
  ): void {
    new Gauge({
      name,
      help,
      labelNames: labels,
      registers: [this.#registry],
      async collect() {
        const samples = await read();
        this.reset();
        if (labels.length === 0) this.remove({}); // reset() sets it to 0.
        for (const [value, own = {}] of samples) this.set(own, value);
      },
    });
  }

  /** Returns the same agents, measured. */
  metered(agents: ContactAgents): ContactAgents {
    return new MeteredAgents(agents, this.#meters, this.#clock);
  }

  #counter(name: string, labels: readonly string[]): Counter {
    const known = this.#counters.get(name);
    if (known !== undefined) return known;
    const described = COUNTED[name];
    const counter = new Counter({
      name: `${PREFIX}${name}_total`,
      help: described?.help ?? name,
      labelNames: described ? Object.keys(described.labels) : [...labels],
      registers: [this.#registry],
    });
    for (const values of combinations(described?.labels ?? {})) {
      if (described !== undefined) counter.inc(values, 0);
    }
    this.#counters.set(name, counter);
    return counter;
  }
}

/** Returns one record of labels for each combination of their values. */
function combinations(
  labels: Readonly<Record<string, readonly string[]>>,
): Record<string, string>[] {
  let all: Record<string, string>[] = [{}];
  for (const [label, values] of Object.entries(labels)) {
    all = all.flatMap((one) =>
      values.map((value) => ({ ...one, [label]: value }))
    );
  }
  return all;
}

import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";

const log = getLogger(["widgets", "readiness"]);

/** Time for which answers are cached, so that frequent checks cost nothing. */
const KEPT_MS = 1_000;
/** Time limit of a check. */
const WITHIN_MS = 3_000;

/** A condition for the service to be ready. */
export interface Need {
  name: string;
  /** Returns the problem; undefined if there is none. */
  check(): Promise<string | undefined>;
  /** Time for which an answer is cached; a second by default. */
  keptMs?: number;
}

/** The readiness of the service, for load balancers and monitoring. */
export class Readiness {
  readonly #needs: readonly CachedNeed[];
  #lines = "";
  #isStopping = false;

  constructor(needs: readonly Need[], clock: Clock) {
    this.#needs = needs.map((need) => new CachedNeed(need, clock));
  }

  /** Returns one line per problem. */
  async missing(): Promise<string[]> {
    const found = await Promise.all(this.#needs.map((need) => need.line()));
    const lines = found.filter((line) => line !== undefined);
    this.#logChange(lines.join("; "));
    return lines;
  }

  /** Answers 503 from now on, so that load balancers choose other instances. */
  stop(): void {
    this.#isStopping = true;
  }

  /** Answers 200, or 503 with one line per problem. */
  async answer(): Promise<Response> {
    const lines = this.#isStopping ? ["stopping"] : await this.missing();
    const headers = { "cache-control": "no-store" };
    return lines.length === 0
      ? new Response("ready\n", { headers })
      : new Response(lines.join("\n") + "\n", { status: 503, headers });
  }

  #logChange(lines: string): void {
    if (lines === this.#lines) return;
    this.#lines = lines;
    if (lines === "") log.info("The service is ready again");
    else log.error("The service is not ready: {lines}", { lines });
  }
}

/** A condition that is checked at most once at a time, and only after its
 * cached answer has expired. */
class CachedNeed {
  readonly #need: Need;
  readonly #clock: Clock;
  #last: { at: number; line: Promise<string | undefined> } | undefined;
  #running: { since: number; wrong: Promise<string | undefined> } | undefined;

  constructor(need: Need, clock: Clock) {
    this.#need = need;
    this.#clock = clock;
  }

  /** Returns its problem with its name; undefined if there is none. */
  line(): Promise<string | undefined> {
    const now = this.#clock.now();
    const { keptMs = KEPT_MS } = this.#need;
    if (this.#last === undefined || now - this.#last.at >= keptMs) {
      this.#last = { at: now, line: this.#look(now) };
    }
    return this.#last.line;
  }

  async #look(now: number): Promise<string | undefined> {
    this.#running ??= { since: now, wrong: this.#check() };
    const { since, wrong } = this.#running;
    const found = await this.#withinTime(wrong, since + WITHIN_MS - now);
    return found === undefined ? undefined : `${this.#need.name}: ${found}`;
  }

  async #check(): Promise<string | undefined> {
    try {
      return await this.#need.check();
    } catch (error) {
      const { name } = this.#need;
      log.error("Cannot check {name}: {error}", { name, error });
      return "has failed";
    } finally {
      this.#running = undefined;
    }
  }

  async #withinTime(
    wrong: Promise<string | undefined>,
    leftMs: number,
  ): Promise<string | undefined> {
    if (leftMs <= 0) return NO_ANSWER;
    const { promise, resolve } = Promise.withResolvers<string>();
    using _timer = this.#clock.after(leftMs, () => resolve(NO_ANSWER));
    return await Promise.race([promise, wrong]);
  }
}

const NO_ANSWER = "no answer";

import type { Clock } from "@/lib/base/clock.ts";

/** Answers are kept so long: asking often costs nothing. */
const KEPT_MS = 1_000;
/** A store that has not answered by then does not answer. */
const WITHIN_MS = 3_000;

/** What must be there for the service to be of use. */
export interface Need {
  name: string;
  /** What is wrong; undefined: nothing. */
  check(): Promise<string | undefined>;
}

/** Whether the service can do its work: for load balancers and watchdogs. */
export class Readiness {
  readonly #needs: readonly Need[];
  readonly #clock: Clock;
  #last: { at: number; lines: Promise<string[]> } | undefined;

  constructor(needs: readonly Need[], clock: Clock) {
    this.#needs = needs;
    this.#clock = clock;
  }

  /** 200, or 503 with one line for each thing that is missing. */
  async answer(): Promise<Response> {
    const now = this.#clock.now();
    if (this.#last === undefined || now - this.#last.at >= KEPT_MS) {
      this.#last = { at: now, lines: this.#missing() };
    }
    const lines = await this.#last.lines;
    const headers = { "cache-control": "no-store" };
    return lines.length === 0
      ? new Response("ready\n", { headers })
      : new Response(lines.join("\n") + "\n", { status: 503, headers });
  }

  async #missing(): Promise<string[]> {
    const found = await Promise.all(
      this.#needs.map(async ({ name, check }) => {
        const wrong = await this.#withinTime(check);
        return wrong === undefined ? [] : [`${name}: ${wrong}`];
      }),
    );
    return found.flat();
  }

  async #withinTime(check: Need["check"]): Promise<string | undefined> {
    const { promise, resolve } = Promise.withResolvers<string>();
    using _timer = this.#clock.after(WITHIN_MS, () => resolve("no answer"));
    return await Promise.race([promise, check().catch(() => "has failed")]);
  }
}

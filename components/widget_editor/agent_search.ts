import { type Signal, signal } from "@preact/signals";
import type { Clock } from "@/lib/base/clock.ts";
import type { Result } from "@/lib/base/result.ts";
import type { AgentPage, FoundAgent } from "@/lib/protocol/admin/messages.ts";

/** Pause in typing after which the search starts. */
const QUIET_MS = 180;

/** GET /api/agents, as in lib/protocol/admin/client.ts. */
export type FindAgents = (
  text: string,
  options: { after?: string; signal: AbortSignal },
) => Promise<Result<AgentPage, { reason: string }>>;

/**
 *   idle --text--> searching --page--> found --more--> searching (keeps agents)
 *                   |    ^-- text, from any state: what was under way is dropped
 *                   +--refused, unreachable--> failed
 */
export type SearchState =
  | { state: "idle" }
  | { state: "searching"; agents: readonly FoundAgent[] }
  | {
    state: "found";
    agents: readonly FoundAgent[];
    next?: string;
    notice?: "pbx-offline" | "pbx-no-search";
  }
  | { state: "failed" };

/** Searches while the user types; each keystroke cancels the previous
 * request. */
export class AgentSearchModel {
  readonly state: Signal<SearchState> = signal({ state: "idle" });
  readonly #find: FindAgents;
  readonly #clock: Clock;
  #text = "";
  #waiting: Disposable | undefined;
  #asking: AbortController | undefined;

  constructor(find: FindAgents, clock: Clock) {
    this.#find = find;
    this.#clock = clock;
  }

  /** Searches for this text after a short pause in typing. */
  type(text: string): void {
    this.#text = text.trim();
    this.#cancel();
    const { value } = this.state;
    const agents = "agents" in value ? value.agents : [];
    this.state.value = { state: "searching", agents };
    this.#waiting = this.#clock.after(QUIET_MS, () => this.#ask([], undefined));
  }

  /** Requests the next page, if there is one. */
  more(): void {
    const { value } = this.state;
    if (value.state !== "found" || value.next === undefined) return;
    this.state.value = { state: "searching", agents: value.agents };
    this.#ask(value.agents, value.next);
  }

  /** Clears the results and cancels the request. */
  stop(): void {
    this.#cancel();
    this.state.value = { state: "idle" };
  }

  async #ask(
    before: readonly FoundAgent[],
    after: string | undefined,
  ): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    const { signal } = asking;
    const options = after === undefined ? { signal } : { signal, after };
    const page = await this.#find(this.#text, options);
    if (signal.aborted) return;
    if (page.ok) this.#show(before, page.value);
    else this.state.value = { state: "failed" };
  }

  #show(before: readonly FoundAgent[], page: AgentPage): void {
    const { next, notice } = page;
    this.state.value = {
      state: "found",
      agents: [...before, ...page.agents],
      ...(next === undefined ? {} : { next }),
      ...(notice === undefined ? {} : { notice }),
    };
  }

  #cancel(): void {
    this.#waiting?.[Symbol.dispose]();
    this.#asking?.abort();
  }
}

import { type Signal, signal } from "@preact/signals";
import type { Clock } from "@/lib/base/clock.ts";
import type { Colleagues } from "@/lib/protocol/admin/colleagues.ts";

/** Pause in typing after which the search begins, and time after which the list
 * is read again, because presences change. */
const SEARCH_AFTER_MS = 250;
const REFRESH_MS = 5_000;
/** An answer that takes longer counts as failed. */
const ANSWER_MS = 8_000;

export type FoundColleagues =
  | { state: "loading" }
  | { state: "failed" }
  | { state: "found" } & Colleagues;

/** Returns the colleagues whose name or address contains the text; undefined if
 * that failed. */
export type AskColleagues = (
  text: string,
  signal: AbortSignal,
) => Promise<Colleagues | undefined>;

/** The colleagues to whom a chat can be handed over, while the agent chooses
 * one. */
export class ColleagueSearch implements Disposable {
  readonly text: Signal<string> = signal("");
  readonly found: Signal<FoundColleagues> = signal({ state: "loading" });
  readonly #ask: AskColleagues;
  readonly #clock: Pick<Clock, "after">;
  #request = new AbortController();
  #timer: Disposable | undefined;
  #isOver = false;

  constructor(ask: AskColleagues, clock: Pick<Clock, "after">) {
    this.#ask = ask;
    this.#clock = clock;
    void this.#look();
  }

  /** Searches as soon as the agent pauses. */
  search(text: string): void {
    this.text.value = text;
    this.#lookAfter(SEARCH_AFTER_MS);
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#request.abort();
    this.#timer?.[Symbol.dispose]();
  }

  #lookAfter(ms: number): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#clock.after(ms, () => void this.#look());
  }

  async #look(): Promise<void> {
    this.#request.abort();
    const request = this.#request = new AbortController();
    const late = this.#clock.after(ANSWER_MS, () => request.abort());
    const answer = await this.#ask(this.text.peek(), request.signal);
    late[Symbol.dispose]();
    if (this.#isOver || this.#request !== request) return;
    if (answer !== undefined) this.found.value = { state: "found", ...answer };
    else if (this.found.peek().state !== "found") {
      this.found.value = { state: "failed" };
    }
    this.#lookAfter(REFRESH_MS);
  }
}

import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { problemText, reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminClient, CallError } from "@/lib/protocol/admin/client.ts";
import type {
  SharesView,
  StatisticsView,
} from "@/lib/protocol/admin/statistics.ts";
import { type Choice, queryOf, stepsFor } from "./choice.ts";

/** The requests of the page. */
export type StatisticsApi = Pick<
  AdminClient,
  "getStatistics" | "getShares" | "getWidget"
>;

/** An agent who can be chosen. */
export interface AgentName {
  address: string;
  name: string;
}

export interface StatisticsModelOptions {
  api: StatisticsApi;
  texts: AdminTexts;
  /** The reader's time zone. */
  zone: string;
  /** Called when the page's address should show another query. */
  onQuery(query: string): void;
  /** The agents of all widgets; empty if there are too many. */
  agents: readonly AgentName[];
}

/** The state of the statistics page: the choice, and the results. */
export class StatisticsModel {
  readonly #options: StatisticsModelOptions;
  readonly #choice: Signal<Choice>;
  readonly #view = signal<StatisticsView | undefined>(undefined);
  readonly #widgetShares = signal<SharesView | undefined>(undefined);
  readonly #agentShares = signal<SharesView | undefined>(undefined);
  readonly #agents: Signal<readonly AgentName[]>;
  readonly #failure = signal("");
  readonly #isLoading = signal(true);
  #asking = new AbortController();

  constructor(choice: Choice, options: StatisticsModelOptions) {
    this.#choice = signal(choice);
    this.#options = options;
    this.#agents = signal(options.agents);
  }

  get choice(): ReadonlySignal<Choice> {
    return this.#choice;
  }

  /** Undefined until the first answer; then the last one, even while loading. */
  get view(): ReadonlySignal<StatisticsView | undefined> {
    return this.#view;
  }

  /** Shares by widget; undefined if one widget or agent is chosen. */
  get widgetShares(): ReadonlySignal<SharesView | undefined> {
    return this.#widgetShares;
  }

  /** Shares by agent, in the chosen widget; undefined if one agent is chosen. */
  get agentShares(): ReadonlySignal<SharesView | undefined> {
    return this.#agentShares;
  }

  /** The agents who can be chosen: those of the chosen widget, or all. */
  get agents(): ReadonlySignal<readonly AgentName[]> {
    return this.#agents;
  }

  /** Why the page does not show the chosen data; "" if it does. */
  get failure(): ReadonlySignal<string> {
    return this.#failure;
  }

  get isLoading(): ReadonlySignal<boolean> {
    return this.#isLoading;
  }

  /** The query of the shown data, with the reader's time zone, for the file. */
  get fileQuery(): string {
    return this.#query().toString();
  }

  /** Changes the choice. A step that does not fit the period is dropped. */
  choose(change: Partial<Choice>): Promise<void> {
    const next = { ...this.#choice.value, ...change };
    const { by } = next;
    if (by !== "" && !stepsFor(next).includes(by)) next.by = "";
    if (next.period !== "own") next.from = next.to = "";
    const isOtherWidget = next.widget !== this.#choice.value.widget;
    this.#choice.value = next;
    this.#options.onQuery(queryOf(next));
    return this.load({ names: isOtherWidget });
  }

  /** Requests the chosen data. The answer to an older request is dropped. */
  async load({ names = false } = {}): Promise<void> {
    this.#asking.abort();
    const asking = this.#asking = new AbortController();
    const { widget, agent } = this.#choice.value;
    this.#isLoading.value = true;
    this.#failure.value = "";
    await Promise.all([
      this.#loadView(asking),
      this.#loadShares(asking, "widgets", widget + agent === ""),
      this.#loadShares(asking, "agents", agent === ""),
      names ? this.#findAgents(widget) : undefined,
    ]);
  }

  async #loadView(asking: AbortController): Promise<void> {
    const { api } = this.#options;
    const view = await api.getStatistics(this.#query(), asking.signal);
    if (asking !== this.#asking) return;
    this.#isLoading.value = false;
    if (view.ok) this.#view.value = view.value;
    else this.#failure.value = this.#words(view.error);
  }

  /** Shares arrive after the view, because they need more reads. */
  async #loadShares(
    asking: AbortController,
    of: "widgets" | "agents",
    isShown: boolean,
  ): Promise<void> {
    const shares = of === "widgets" ? this.#widgetShares : this.#agentShares;
    if (!isShown) {
      shares.value = undefined;
      return;
    }
    const { api } = this.#options;
    const answer = await api.getShares(of, this.#query(), asking.signal);
    if (asking !== this.#asking) return;
    if (answer.ok) shares.value = answer.value;
    else this.#failure.value ||= this.#words(answer.error);
  }

  async #findAgents(uuid: string): Promise<undefined> {
    if (uuid === "") {
      this.#agents.value = this.#options.agents;
      return;
    }
    const widget = await this.#options.api.getWidget(uuid);
    this.#agents.value = widget.ok ? widget.value.content.agents : [];
  }

  #query(): URLSearchParams {
    const query = new URLSearchParams(queryOf(this.#choice.value));
    query.set("zone", this.#options.zone);
    return query;
  }

  #words(error: CallError): string {
    const { texts } = this.#options;
    const field = "field" in error ? error.field : undefined;
    return error.reason === "invalid" && field !== undefined
      ? `${field}: ${problemText(error.text, texts)}`
      : reasonText(error.reason, texts);
  }
}

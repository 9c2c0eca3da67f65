import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { InquiryStore } from "@/lib/store/inquiry_store.ts";
import type { Stored } from "@/lib/store/stored.ts";
import { TaskRounds } from "@/lib/store/task_rounds.ts";
import type { TaskStore } from "@/lib/store/task_store.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import { stateOf, step, TAKEN_MS } from "./callback_step.ts";
import { type CallbackCounted, countedChange } from "./outcome.ts";
import { timesOf } from "./times.ts";

const log = getLogger(["widgets", "callbacks"]);

/** Interval at which callbacks that are due are looked for. */
export const LOOK_MS = 5_000;

interface RingerOptions {
  store: {
    inquiries: Pick<InquiryStore, "due" | "taken" | "change">;
    widgets: Pick<WidgetStore, "get">;
    tasks: Pick<TaskStore, "run">;
  };
  hub: Hub<Topics>;
  clock: Clock;
  /** Counts callbacks, for the statistics. */
  happened?(counted: CallbackCounted): void;
}

/** Lets callbacks ring when they are due. Of several instances, one at a time
 * does it. */
export class CallbackRinger implements Disposable {
  readonly #options: RingerOptions;
  readonly #rounds: TaskRounds<Stored<Inquiry>>;

  constructor(options: RingerOptions) {
    this.#options = options;
    const { store: { tasks }, clock } = options;
    this.#rounds = new TaskRounds({
      ...{ task: "callbacks", tasks, clock, everyMs: LOOK_MS },
      items: () => this.#due(),
      numberOf: ({ value }) => value.number,
      handle: (stored) => this.#look(stored),
      onFailed: (number, error) =>
        log.error("Callback {number} cannot ring: {error}", { number, error }),
      onUnreadable: (error) =>
        log.warn("Cannot read the callbacks: {error}", { error }),
    });
  }

  [Symbol.dispose](): void {
    this.#rounds[Symbol.dispose]();
  }

  async *#due(): AsyncGenerator<Stored<Inquiry>> {
    const { store: { inquiries }, clock } = this.#options;
    const now = clock.wall();
    yield* inquiries.due(now);
    yield* inquiries.taken(now - TAKEN_MS);
  }

  async #look({ revision, value: inquiry }: Stored<Inquiry>): Promise<void> {
    const { callback, number } = inquiry;
    if (callback === undefined || inquiry.state === "done") return; // DUE5
    const { store, hub, clock } = this.#options;
    const now = clock.wall();
    const widget = await store.widgets.get(inquiry.widget);
    const times = timesOf(inquiry, widget?.value.content, now);
    const before = stateOf(callback);
    const call = step(before, { type: "time", ...times }, now);
    if (call === before) return;
    const changed = await store.inquiries.change(number, revision, {
      callback: { ...callback, call },
      ...before.state === "taken" && { assignee: null },
    });
    if (!changed.ok) return; // An agent was faster.
    hub.tell("callbacks-changed", { number });
    const counted = countedChange(changed.value.value);
    if (counted !== undefined) this.#options.happened?.(counted);
    log.info("Callback {number} is {state}", { number, state: call.state });
  }
}

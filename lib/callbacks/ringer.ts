import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type { Hub } from "@/lib/base/hub.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { InquiryStore } from "@/lib/store/inquiry_store.ts";
import type { Stored } from "@/lib/store/stored.ts";
import type { TaskStore } from "@/lib/store/task_store.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import { stateOf, step, TAKEN_MS } from "./callback_step.ts";
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
}

/** Lets callbacks ring when they are due. Of several instances, one at a time
 * does it. */
export class CallbackRinger implements Disposable {
  readonly #options: RingerOptions;
  readonly #timer: Disposable;
  /** Numbers of the callbacks at which the last round could not look. */
  #failed: ReadonlySet<string> = new Set();

  constructor(options: RingerOptions) {
    this.#options = options;
    this.#timer = every(options.clock, LOOK_MS, () => this.#start());
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #start(): void {
    const { tasks } = this.#options.store;
    tasks.run("callbacks", () => this.#round()).catch((error) => {
      log.warn("Cannot read the callbacks: {error}", { error });
    });
  }

  async #round(): Promise<void> {
    const { store, clock } = this.#options;
    const { inquiries } = store;
    const now = clock.wall();
    const failed = new Set<string>();
    for (const due of [inquiries.due(now), inquiries.taken(now - TAKEN_MS)]) {
      for await (const stored of due) {
        const { number } = stored.value;
        try {
          await this.#look(stored, now);
        } catch (error) {
          // One callback's exception must not stop the others.
          failed.add(number);
          if (this.#failed.has(number)) continue;
          log.error("Callback {number} cannot ring: {error}", {
            ...{ number, error },
          });
        }
      }
    }
    this.#failed = failed;
  }

  async #look(
    { revision, value: inquiry }: Stored<Inquiry>,
    now: number,
  ): Promise<void> {
    const { callback, number } = inquiry;
    if (callback === undefined || inquiry.state === "done") return; // DUE5
    const { store, hub } = this.#options;
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
    log.info("Callback {number} is {state}", { number, state: call.state });
  }
}

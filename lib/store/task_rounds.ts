import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type { TaskStore } from "./task_store.ts";

export interface TaskRoundsOptions<T> {
  /** Name of the task. */
  task: string;
  tasks: Pick<TaskStore, "run">;
  clock: Pick<Clock, "after">;
  everyMs: number;
  /** Returns what may have to be done in this round. */
  items(): AsyncIterable<T>;
  numberOf(item: T): string;
  handle(item: T): Promise<void>;
  /** Called if an item cannot be handled, and not again in the next rounds until
   * it can. */
  onFailed(number: string, error: unknown): void;
  /** Called if the items cannot be read. */
  onUnreadable(error: unknown): void;
}

/** Looks through stored items regularly. Of several instances, one at a time does
 * it. One item's exception doesn't stop the others. */
export class TaskRounds<T> implements Disposable {
  readonly #options: TaskRoundsOptions<T>;
  readonly #timer: Disposable;
  /** Numbers of the items that the last round could not handle. */
  #failed: ReadonlySet<string> = new Set();

  constructor(options: TaskRoundsOptions<T>) {
    this.#options = options;
    const { clock, everyMs } = options;
    this.#timer = every(clock, everyMs, () => this.#start());
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #start(): void {
    const { task, tasks, onUnreadable } = this.#options;
    tasks.run(task, () => this.#round()).catch(onUnreadable);
  }

  async #round(): Promise<void> {
    const { items, numberOf, handle, onFailed } = this.#options;
    const failed = new Set<string>();
    for await (const item of items()) {
      try {
        await handle(item);
      } catch (error) {
        const number = numberOf(item);
        failed.add(number);
        if (!this.#failed.has(number)) onFailed(number, error);
      }
    }
    this.#failed = failed;
  }
}

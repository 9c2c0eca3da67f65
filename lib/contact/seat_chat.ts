import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { ChatEntry, RunningChat } from "@/lib/model/running_chat.ts";
import type { ChatKeeper } from "./chat_keeper.ts";
import type { BridgeChat } from "./chat_state.ts";
import type { BridgeContext } from "./bridge_context.ts";
import { toEnded, toKept } from "./kept.ts";

/** Time for which an ended chat is kept for a page that missed its end. A page
 * that is away longer has lost its seat too. */
export const ENDED_KEPT_MS = 60_000;

interface Task {
  run(): void;
  isReady: boolean;
}

/**
 * The keeper's handle for the current chat of one seat. It stores the chat, and
 * runs tasks in order: a task behind a change waits until the change is stored.
 * Without a keeper it stores nothing, and no task waits.
 */
export class SeatChat {
  readonly #keeper: ChatKeeper | undefined;
  readonly #clock: BridgeContext["clock"];
  readonly #seat: string;
  readonly #onClaimed: () => void;
  readonly #tasks: Task[] = [];
  #hasMoved = false;
  #isRunning = false;
  #kept: RunningChat | undefined;
  #timer: Disposable | undefined;

  /**
   * @param seat Identifies the visitor's seat in the store of chats.
   * @param onClaimed Called if another instance continues the chat.
   */
  constructor(
    { keeper, clock }: Pick<BridgeContext, "keeper" | "clock">,
    seat: string,
    onClaimed: () => void,
  ) {
    this.#keeper = keeper;
    this.#clock = clock;
    this.#seat = seat;
    this.#onClaimed = onClaimed;
  }

  /** True once another instance continues the chat. */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  /** True if the next process would find the chat. */
  get isKept(): boolean {
    return this.#keeper !== undefined && this.#kept !== undefined;
  }

  /** Takes over a chat that another process stored. */
  resume(kept: RunningChat): void {
    this.#kept = kept;
    this.#watch(kept.id);
    if (kept.ended !== undefined) this.#forgetLater();
  }

  /** Stores the state of a running chat. Another chat replaces the previous
   * one. */
  keep(chat: BridgeChat): void {
    if (this.#keeper === undefined) return;
    if (chat.state === "idle" || chat.state === "over") return;
    const { id } = chat.plan;
    if (this.#kept?.id !== id) {
      this.leave();
      this.#watch(id);
    }
    this.#kept = toKept(this.#seat, chat);
    this.#keeper.keep(this.#kept);
  }

  /** Stores a new entry, and runs the task after that. */
  add(entry: ChatEntry, task: () => void): void {
    if (this.#kept !== undefined) this.#keeper?.add(this.#kept.id, entry);
    this.runWhenStored(task);
  }

  /** Stores the end of the chat, which is deleted after a moment. */
  end(record: ContactRecord): void {
    if (this.#kept === undefined) return;
    this.#kept = toEnded(this.#kept, record);
    this.#keeper?.keep(this.#kept);
    this.#forgetLater();
    this.runWhenStored(() => {});
  }

  /** Runs the task now, or after the waiting ones. */
  run(task: () => void): void {
    if (this.#hasMoved) return;
    this.#tasks.push({ run: task, isReady: true });
    this.#runReady();
  }

  /** Deletes the chat, because no page will come back to it. */
  leave(): void {
    this.#timer?.[Symbol.dispose]();
    if (this.#kept !== undefined) this.#keeper?.forget(this.#kept.id);
    this.#kept = undefined;
  }

  /** Leaves the stored chat to the next process. */
  suspend(): void {
    this.#timer?.[Symbol.dispose]();
    if (this.#kept !== undefined) this.#keeper?.park(this.#kept.id);
  }

  /** No waiting task may run, because its change was not stored. */
  #watch(id: string): void {
    this.#keeper?.watch(id, () => {
      this.#hasMoved = true;
      this.#tasks.length = 0;
      this.#kept = undefined;
      this.#timer?.[Symbol.dispose]();
      this.#onClaimed();
    });
  }

  /** Runs the task after the waiting ones, and after the latest change is
   * stored. */
  runWhenStored(run: () => void): void {
    if (this.#hasMoved) return;
    const task = { run, isReady: !this.isKept };
    this.#tasks.push(task);
    if (task.isReady) return this.#runReady();
    this.#keeper?.whenWritten(() => {
      task.isReady = true;
      this.#runReady();
    });
  }

  #runReady(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#tasks[0]?.isReady) this.#tasks.shift()?.run();
    } finally {
      this.#isRunning = false;
    }
  }

  #forgetLater(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#clock.after(ENDED_KEPT_MS, () => this.leave());
  }
}

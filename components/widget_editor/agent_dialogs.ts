import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Agent } from "@/lib/model/agent.ts";
import { fill } from "@/lib/i18n/fill.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { ToastList } from "@/lib/ui/toasts.ts";
import { NEW_AGENT } from "./agent_form.ts";
import { same } from "./same.ts";

/** The open dialog of an agent. */
export interface OpenedAgent {
  /** The agent's address; absent for a new one. */
  address?: string;
  /** The content of the form, if it was closed and is open again. */
  typed?: Agent;
  /** The defaults of a new agent, if they are special. */
  fresh?: Agent;
}

/** The dialog of the agents section. If it is closed with changes, a toast can
 * bring them back, because one Escape is quickly pressed. */
export class AgentDialogs implements Disposable {
  readonly #opened: Signal<OpenedAgent | undefined> = signal(undefined);
  readonly #toasts: ToastList;
  readonly #texts: AdminTexts;
  #toast: number | undefined;

  constructor({ toasts, texts }: { toasts: ToastList; texts: AdminTexts }) {
    this.#toasts = toasts;
    this.#texts = texts;
  }

  get opened(): ReadonlySignal<OpenedAgent | undefined> {
    return this.#opened;
  }

  open(opened: OpenedAgent): void {
    this.#forget();
    this.#opened.value = opened;
  }

  /** Closes the dialog after its agent was applied. */
  close(): void {
    this.#opened.value = undefined;
  }

  /** Closes the dialog without applying its form, which was opened with
   * `given`; absent for a new agent. */
  discard(typed: Agent, given: Agent | undefined): void {
    const opened = this.#opened.value ?? {};
    this.close();
    if (same(typed, given ?? opened.fresh ?? NEW_AGENT)) return;
    const { agents, common } = this.#texts;
    const name = given?.name || given?.address;
    this.#toast = this.#toasts.show({
      kind: "done",
      text: name === undefined
        ? agents.discardedNewToast
        : fill(agents.discardedToast, { name }),
      action: {
        label: common.undo,
        run: () => this.open({ ...opened, typed }),
      },
    });
  }

  /** Must be called when the section is left, which the undo needs. */
  [Symbol.dispose](): void {
    this.#forget();
  }

  #forget(): void {
    if (this.#toast !== undefined) this.#toasts.close(this.#toast);
    this.#toast = undefined;
  }
}

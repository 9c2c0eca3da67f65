import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { PbxView, TraceEntryView } from "@/lib/protocol/admin/pbx.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { ToastList } from "@/lib/ui/toasts.ts";

/** Messages that the page keeps; the service keeps the same number. */
const ENTRIES_MAX = 1_000;
/** Maximum length of the filter that the service accepts. */
export const TRACE_FILTER_LENGTH_MAX = 200;

/** The requests of the page. */
export type PbxApi = Pick<
  AdminClient,
  "getPbx" | "savePbxPassword" | "getPbxTrace"
>;

/** The state of the PBX page, which can be refreshed. */
export class PbxModel {
  readonly toasts: ToastList;
  readonly #api: PbxApi;
  readonly #texts: AdminTexts;
  readonly #view: Signal<PbxView>;
  /** The end of the messages that the page has. */
  #after = "";
  readonly #entries = signal<readonly TraceEntryView[]>([]);
  readonly #filter = signal("");
  readonly #failure = signal("");
  readonly #isSaving = signal(false);
  /** Number of the last request; answers to earlier ones are dropped. */
  #asked = 0;

  constructor(
    view: PbxView,
    { api, toasts, texts }: {
      api: PbxApi;
      toasts: ToastList;
      texts: AdminTexts;
    },
  ) {
    this.#view = signal(view);
    this.#api = api;
    this.toasts = toasts;
    this.#texts = texts;
  }

  get view(): ReadonlySignal<PbxView> {
    return this.#view;
  }

  get entries(): ReadonlySignal<readonly TraceEntryView[]> {
    return this.#entries;
  }

  get filter(): ReadonlySignal<string> {
    return this.#filter;
  }

  /** Why the page is not up to date; "" while it is. */
  get failure(): ReadonlySignal<string> {
    return this.#failure;
  }

  get isSaving(): ReadonlySignal<boolean> {
    return this.#isSaving;
  }

  /** Requests the links and the new messages. */
  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    if (this.#filter.value.length > TRACE_FILTER_LENGTH_MAX) return;
    const [view, trace] = await Promise.all([
      this.#api.getPbx(),
      this.#api.getPbxTrace(this.#filter.value, this.#after),
    ]);
    if (asked !== this.#asked) return;
    if (view.ok) this.#view.value = view.value;
    if (trace.ok) {
      // Those of several instances may arrive out of order.
      const all = [...this.#entries.value, ...trace.value.entries]
        .sort((one, other) => one.time - other.time);
      this.#entries.value = all.slice(-ENTRIES_MAX);
      this.#after = trace.value.after;
    }
    const failed = !view.ok ? view.error : !trace.ok ? trace.error : undefined;
    this.#failure.value = failed ? reasonText(failed.reason, this.#texts) : "";
  }

  /** Shows the messages that contain the text, from the first stored one. A
   * text over the limit finds none; the field states the limit. */
  filterBy(text: string): Promise<void> {
    this.#filter.value = text;
    this.#entries.value = [];
    this.#after = "";
    return this.refresh();
  }

  /** Returns whether it was saved; a toast shows the error. */
  async savePassword(password: string): Promise<boolean> {
    this.#isSaving.value = true;
    const answer = await this.#api.savePbxPassword(password);
    this.#isSaving.value = false;
    if (answer.ok) {
      this.#view.value = answer.value;
      this.toasts.show({ kind: "done", text: this.#texts.pbx.savedToast });
    } else {
      const text = reasonText(answer.error.reason, this.#texts);
      this.toasts.show({ kind: "failed", text });
    }
    return answer.ok;
  }
}

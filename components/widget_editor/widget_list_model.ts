import { type Signal, signal } from "@preact/signals";
import { fill } from "@/lib/i18n/fill.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { WidgetType } from "@/lib/model/widget.ts";
import type { AdminClient, CallError } from "@/lib/protocol/admin/client.ts";
import type {
  WidgetSummary,
  WidgetView,
} from "@/lib/protocol/admin/messages.ts";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { ToastList } from "@/lib/ui/toasts.ts";
import {
  type ContentChange,
  discard,
  type Draft,
  edit,
  hasConflict,
  isUnsaved,
  keepMine,
  lookAgain,
  openDraft,
  refresh,
  save,
  takeTheirs,
  wasRefused,
  wasSaved,
} from "./draft.ts";

type Client = Pick<
  AdminClient,
  | "listWidgets"
  | "getWidget"
  | "createWidget"
  | "saveWidget"
  | "deleteWidget"
>;

/** The choice after two admins have saved at the same time. */
export type Choice = "theirs" | "mine" | "later";

/** All widgets of the page: drafts, and the requests to the service. */
export class WidgetListModel {
  /** All widgets, oldest first. */
  readonly widgets: Signal<readonly WidgetSummary[]>;
  /** Widgets whose content was loaded, because they are or were open. */
  readonly drafts: Signal<readonly Draft[]>;
  /** The widgets that are expanded. */
  readonly expanded: Signal<ReadonlySet<string>>;
  /** The widget that was just added, whose name takes the focus. */
  readonly added: Signal<string> = signal("");
  readonly isAdding: Signal<boolean> = signal(false);
  readonly toasts: ToastList;
  readonly #client: Client;
  readonly #texts: AdminTexts;
  /** Counts answers to saves, additions and deletions. */
  #changes = 0;
  readonly #loading = new Map<string, Promise<boolean>>();

  /** @param loaded Widgets that are already loaded; a single one is opened. */
  constructor(
    widgets: readonly WidgetSummary[],
    { loaded = [], client, toasts, texts }: {
      loaded?: readonly WidgetView[];
      client: Client;
      toasts: ToastList;
      texts: AdminTexts;
    },
  ) {
    const [only] = widgets.length === 1 ? loaded : [];
    this.widgets = signal(widgets);
    this.drafts = signal(loaded.map(openDraft));
    this.expanded = signal(new Set(only ? [only.uuid] : []));
    this.#client = client;
    this.toasts = toasts;
    this.#texts = texts;
  }

  draft(uuid: string): Draft | undefined {
    return this.drafts.value.find(({ saved }) => saved.uuid === uuid);
  }

  /** Loads the content of a widget, unless it is loaded already. Returns false
   * if that fails; a toast shows the error. */
  load(uuid: string): Promise<boolean> {
    if (this.draft(uuid) !== undefined) return Promise.resolve(true);
    const loading = this.#loading.get(uuid) ?? this.#load(uuid);
    this.#loading.set(uuid, loading);
    return loading;
  }

  /** Number of widgets with unsaved changes. */
  get unsaved(): number {
    return this.drafts.value.filter(isUnsaved).length;
  }

  toggle(uuid: string, open = !this.expanded.value.has(uuid)): void {
    const expanded = new Set(this.expanded.value);
    if (open) expanded.add(uuid);
    else expanded.delete(uuid);
    this.expanded.value = expanded;
    if (open) void this.load(uuid);
  }

  edit(uuid: string, change: ContentChange): void {
    this.#change(uuid, (draft) => edit(draft, change));
  }

  discard(uuid: string): void {
    this.#change(uuid, discard);
  }

  /** Saves, or opens the widget at its first error. */
  async save(uuid: string): Promise<void> {
    this.#change(uuid, save);
    const draft = this.draft(uuid);
    if (draft === undefined) return;
    if (draft.phase !== "saving") return this.toggle(uuid, true);
    const { revision } = draft.saved;
    const answer = await this.#client
      .saveWidget(uuid, { revision, content: draft.sent });
    this.#changes++;
    if (!answer.ok) return this.#refuse(uuid, answer.error);
    this.#change(uuid, (draft) => wasSaved(draft, answer.value));
    const { name } = answer.value.content;
    this.#tell("done", fill(this.#texts.widgets.savedToast, { name }));
  }

  /** Resolves a conflict. "mine" overwrites their version on purpose. */
  async choose(uuid: string, choice: Choice): Promise<void> {
    const steps = { theirs: takeTheirs, mine: keepMine, later: lookAgain };
    this.#change(uuid, steps[choice]);
    if (choice === "mine") await this.save(uuid);
  }

  async add(type: WidgetType): Promise<void> {
    if (this.isAdding.value) return;
    this.isAdding.value = true;
    const answer = await this.#client.createWidget(type);
    this.isAdding.value = false;
    if (!answer.ok) return this.#fail(answer.error);
    this.#changes++;
    const { uuid } = answer.value;
    if (this.draft(uuid) === undefined) {
      this.drafts.value = [...this.drafts.value, openDraft(answer.value)];
    }
    this.#summarize(answer.value);
    this.toggle(uuid, true);
    this.added.value = uuid;
  }

  /** Returns whether it was deleted. */
  async delete(uuid: string): Promise<boolean> {
    const name = this.draft(uuid)?.saved.content.name ?? "";
    const answer = await this.#client.deleteWidget(uuid);
    if (!answer.ok && answer.error.reason !== "not-found") {
      this.#fail(answer.error);
      return false;
    }
    this.#changes++;
    this.#forget(uuid);
    this.#tell("done", fill(this.#texts.widgets.deletedToast, { name }));
    return true;
  }

  /** Shows what others have saved, added and deleted, except in widgets with
   * unsaved changes. Ignores a failure, because the next refresh follows
   * soon. */
  async refresh(): Promise<void> {
    const before = this.#changes;
    const answer = await this.#client.listWidgets();
    // The list may be older than a save, an addition or a deletion of this
    // page.
    if (before !== this.#changes) return await this.refresh();
    if (!answer.ok) return;
    const now = new Map(answer.value.map((widget) => [widget.uuid, widget]));
    const reloaded = await this.#reload(now);
    if (before !== this.#changes) return await this.refresh();
    const known = this.widgets.value.flatMap((widget) => {
      const { uuid } = widget;
      const found = now.get(uuid);
      now.delete(uuid);
      const draft = this.draft(uuid);
      const isKept = found === undefined && draft !== undefined &&
        isUnsaved(draft);
      return found ?? (isKept ? widget : []);
    });
    this.widgets.value = [...known, ...now.values()];
    const uuids = new Set(known.map(({ uuid }) => uuid));
    this.drafts.value = this.drafts.value
      .filter(({ saved }) => uuids.has(saved.uuid))
      .map((draft) => {
        const view = reloaded.get(draft.saved.uuid);
        return view === undefined ? draft : refresh(draft, view);
      });
  }

  /** Loads drafts that others have saved and that have no changes here. */
  async #reload(
    now: ReadonlyMap<string, WidgetSummary>,
  ): Promise<Map<string, WidgetView>> {
    const stale = this.drafts.value.filter((draft) => {
      const revision = now.get(draft.saved.uuid)?.revision;
      return revision !== undefined && revision !== draft.saved.revision &&
        !isUnsaved(draft);
    });
    const answers = await Promise.all(
      stale.map(({ saved }) => this.#client.getWidget(saved.uuid)),
    );
    return new Map(
      answers.flatMap((each) => each.ok ? [[each.value.uuid, each.value]] : []),
    );
  }

  async #load(uuid: string): Promise<boolean> {
    const answer = await this.#client.getWidget(uuid);
    this.#loading.delete(uuid);
    if (this.draft(uuid) !== undefined) return true;
    if (answer.ok) {
      this.drafts.value = [...this.drafts.value, openDraft(answer.value)];
      this.#summarize(answer.value);
      return true;
    }
    this.toggle(uuid, false);
    if (answer.error.reason === "not-found") this.#forget(uuid);
    this.#fail(answer.error);
    return false;
  }

  #forget(uuid: string): void {
    this.widgets.value = this.widgets.value.filter((one) => one.uuid !== uuid);
    this.drafts.value = this.drafts.value
      .filter(({ saved }) => saved.uuid !== uuid);
  }

  /** Updates the list with a stored widget. */
  #summarize(view: WidgetView): void {
    const summary = summaryOf(view);
    const isKnown = this.widgets.value.some(({ uuid }) => uuid === view.uuid);
    this.widgets.value = isKnown
      ? this.widgets.value.map((each) =>
        each.uuid === view.uuid ? summary : each
      )
      : [...this.widgets.value, summary];
  }

  #change(uuid: string, step: (draft: Draft) => Draft): void {
    const before = this.draft(uuid)?.saved;
    this.drafts.value = this.drafts.value.map((draft) =>
      draft.saved.uuid === uuid ? step(draft) : draft
    );
    const saved = this.draft(uuid)?.saved;
    if (saved !== undefined && saved !== before) this.#summarize(saved);
  }

  #refuse(uuid: string, error: CallError): void {
    this.#change(uuid, (draft) => refused(draft, error));
    this.toggle(uuid, true);
  }

  #fail(error: CallError): void {
    this.#tell("failed", reasonText(error.reason, this.#texts));
  }

  #tell(kind: "done" | "failed", text: string): void {
    this.toasts.show({ kind, text });
  }
}

function refused(draft: Draft, error: CallError): Draft {
  if ("current" in error && error.current !== undefined) {
    return hasConflict(draft, error.current);
  }
  const { reason } = error;
  const field = "field" in error ? error.field : undefined;
  if (field === undefined) return wasRefused(draft, { failure: { reason } });
  const path = field.replace(/^content\./, "");
  return wasRefused(draft, { problems: { [path]: error.text } });
}

/** Returns the list's summary of a widget. */
export function summaryOf(
  { uuid, type, revision, updatedAt, content }: WidgetView,
): WidgetSummary {
  const { name, agents } = content;
  return { uuid, type, revision, updatedAt, name, agents: agents.length };
}

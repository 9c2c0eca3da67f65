import { type Signal, signal } from "@preact/signals";
import { fill } from "@/lib/i18n/fill.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { WidgetContent, WidgetType } from "@/lib/model/widget.ts";
import type { AdminClient, CallError } from "@/lib/protocol/admin/client.ts";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { ToastList } from "@/lib/ui/toasts.ts";
import {
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
  "listWidgets" | "createWidget" | "saveWidget" | "deleteWidget"
>;

/** What was chosen when two had saved at once. */
export type Choice = "theirs" | "mine" | "later";

/** All widgets of the page: drafts, and what is asked of the service. */
export class WidgetListModel {
  /** Oldest first. */
  readonly drafts: Signal<readonly Draft[]>;
  /** The widgets that are expanded. */
  readonly expanded: Signal<ReadonlySet<string>>;
  /** The widget that was just added: its name wants to be written. */
  readonly added: Signal<string> = signal("");
  readonly isAdding: Signal<boolean> = signal(false);
  readonly toasts: ToastList;
  readonly #client: Client;
  readonly #texts: AdminTexts;
  /** Counts answers to saves, additions and deletions. */
  #changes = 0;

  constructor(widgets: readonly WidgetView[], { client, toasts, texts }: {
    client: Client;
    toasts: ToastList;
    texts: AdminTexts;
  }) {
    const [only] = widgets.length === 1 ? widgets : [];
    this.drafts = signal(widgets.map(openDraft));
    this.expanded = signal(new Set(only ? [only.uuid] : []));
    this.#client = client;
    this.toasts = toasts;
    this.#texts = texts;
  }

  draft(uuid: string): Draft | undefined {
    return this.drafts.value.find(({ saved }) => saved.uuid === uuid);
  }

  /** How many widgets have changes that would be lost. */
  get unsaved(): number {
    return this.drafts.value.filter(isUnsaved).length;
  }

  toggle(uuid: string, open = !this.expanded.value.has(uuid)): void {
    const expanded = new Set(this.expanded.value);
    if (open) expanded.add(uuid);
    else expanded.delete(uuid);
    this.expanded.value = expanded;
  }

  edit(uuid: string, change: Partial<WidgetContent>): void {
    this.#change(uuid, (draft) => edit(draft, change));
  }

  discard(uuid: string): void {
    this.#change(uuid, discard);
  }

  /** Saves, unless something is wrong: then the widget is opened at it. */
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

  /** After a conflict. "mine" saves over theirs, knowingly. */
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
    // A list that was asked for meanwhile may have brought it already.
    if (this.draft(uuid) === undefined) {
      this.drafts.value = [...this.drafts.value, openDraft(answer.value)];
    }
    this.toggle(uuid, true);
    this.added.value = uuid;
  }

  /** Whether it is gone now. */
  async delete(uuid: string): Promise<boolean> {
    const name = this.draft(uuid)?.saved.content.name ?? "";
    const answer = await this.#client.deleteWidget(uuid);
    if (!answer.ok && answer.error.reason !== "not-found") {
      this.#fail(answer.error);
      return false;
    }
    this.#changes++;
    this.drafts.value = this.drafts.value
      .filter(({ saved }) => saved.uuid !== uuid);
    this.#tell("done", fill(this.#texts.widgets.deletedToast, { name }));
    return true;
  }

  /** Shows what others have saved, added and deleted, except in widgets with
   * unsaved changes. A failure changes nothing, because the next refresh is soon. */
  async refresh(): Promise<void> {
    const before = this.#changes;
    const answer = await this.#client.listWidgets();
    // The list may be older than a save, an addition or a deletion of this page.
    if (before !== this.#changes) return await this.refresh();
    if (!answer.ok) return;
    const views = new Map(answer.value.map((view) => [view.uuid, view]));
    const known = this.drafts.value.flatMap((draft) => {
      const view = views.get(draft.saved.uuid);
      views.delete(draft.saved.uuid);
      if (view !== undefined) return [refresh(draft, view)];
      return isUnsaved(draft) ? [draft] : [];
    });
    this.drafts.value = [...known, ...[...views.values()].map(openDraft)];
  }

  #change(uuid: string, step: (draft: Draft) => Draft): void {
    this.drafts.value = this.drafts.value.map((draft) =>
      draft.saved.uuid === uuid ? step(draft) : draft
    );
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

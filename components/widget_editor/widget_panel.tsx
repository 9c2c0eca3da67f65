import { useEffect, useRef, useState } from "preact/hooks";
import {
  Check,
  ChevronRight,
  Code,
  History,
  IdCard,
  PanelRight,
  Pencil,
  Trash2,
  X,
} from "lucide-preact";
import { isComposing } from "@/lib/base/keys.ts";
import { fill, plural } from "@/lib/i18n/fill.ts";
import { WIDGET_NAME_LENGTH_MAX } from "@/lib/model/widget.ts";
import type { WidgetSummary } from "@/lib/protocol/admin/messages.ts";
import { Button, IconButton } from "@/lib/ui/button.tsx";
import { Badge } from "@/lib/ui/notices.tsx";
import { Spinner } from "@/lib/ui/spinner.tsx";
import { isTooLong } from "@/lib/ui/limit.tsx";
import { useOwnId } from "@/lib/ui/own_id.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { panelId } from "../admin/panel_address.ts";
import { type Draft, isUnsaved } from "./draft.ts";
import { type Editing, errorAt } from "./editing.ts";
import { Editor, type EditorApi } from "./editor.tsx";
import type { WidgetListModel } from "./widget_list_model.ts";

/** A user's action on a widget; each opens a dialog. */
export type WidgetDialogKind = "code" | "history" | "discard" | "delete";

export interface WidgetPanelProps {
  widget: WidgetSummary;
  /** Absent until the widget's content was loaded. */
  draft: Draft | undefined;
  model: WidgetListModel;
  api: EditorApi;
  onAsk: (asked: WidgetDialogKind) => void;
}

/** One widget: its header and, if expanded, its editor. */
export function WidgetPanel(props: WidgetPanelProps) {
  const { widget, draft, model, api } = props;
  const { texts } = useLanguage();
  const { uuid, type } = widget;
  const bodyId = useOwnId();
  const isOpen = model.expanded.value.has(uuid);
  const editingOf = (draft: Draft): Editing => ({
    type,
    content: draft.content,
    problems: draft.problems,
    edit: (change) => model.edit(uuid, change),
  });
  return (
    <section
      id={panelId(uuid)}
      class="panel widget"
      data-uuid={uuid}
      data-open={isOpen ? "true" : undefined}
    >
      <Header {...props} isOpen={isOpen} bodyId={bodyId} />
      <div id={bodyId} class="widget-body" hidden={!isOpen}>
        {isOpen && draft === undefined && (
          <p class="widget-loading soft" role="status">
            <Spinner /> {texts.widgets.loading}
          </p>
        )}
        {isOpen && draft !== undefined && (
          <Editor
            draft={draft}
            editing={editingOf(draft)}
            current={() => editingOf(model.draft(uuid) ?? draft)}
            api={api}
            toasts={model.toasts}
          />
        )}
      </div>
    </section>
  );
}

type HeaderProps = WidgetPanelProps & { isOpen: boolean; bodyId: string };

function Header(props: HeaderProps) {
  const { widget, draft, model } = props;
  const { texts: { widgets: texts } } = useLanguage();
  const { uuid } = widget;
  const name = draft?.content.name ?? widget.name;
  const isAdded = model.added.value === uuid;
  const [isNaming, setNaming] = useState(isAdded);
  const pen = useRef<HTMLButtonElement>(null);
  const nameIsWrong = draft?.problems.name !== undefined;
  useEffect(() => {
    if (nameIsWrong) setNaming(true);
  }, [nameIsWrong]);
  async function rename(): Promise<void> {
    if (await model.load(uuid)) setNaming(true);
  }
  function endNaming(): void {
    setNaming(false);
    if (isAdded) model.added.value = "";
    requestAnimationFrame(() => pen.current?.focus());
  }
  return (
    <header class="widget-header">
      {isNaming && draft !== undefined
        ? <NameForm draft={draft} model={model} onEnd={endNaming} />
        : (
          <>
            <Title {...props} />
            <IconButton
              elementRef={pen}
              label={fill(texts.rename, { name })}
              onClick={rename}
            >
              <Pencil size={15} aria-hidden="true" />
            </IconButton>
          </>
        )}
      <Actions {...props} />
    </header>
  );
}

function Actions(props: HeaderProps) {
  const { widget, draft, onAsk } = props;
  const { texts: { widgets: texts, history } } = useLanguage();
  return (
    <div class="widget-actions">
      {draft !== undefined && (
        <>
          <SaveState draft={draft} />
          <SaveButtons {...props} draft={draft} />
        </>
      )}
      <Button
        icon={<Code size={16} aria-hidden="true" />}
        onClick={() => onAsk("code")}
      >
        {texts.code}
      </Button>
      <IconButton
        label={fill(history.button, { name: widget.name })}
        onClick={() => onAsk("history")}
      >
        <History size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        kind="danger"
        label={fill(texts.deleteLabel, { name: widget.name })}
        onClick={() => onAsk("delete")}
      >
        <Trash2 size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

/** Clicking it expands and collapses the widget. */
function Title({ widget, draft, model, isOpen, bodyId }: HeaderProps) {
  const { texts: { widgets: texts }, lang } = useLanguage();
  const { uuid, type } = widget;
  const name = draft?.content.name ?? widget.name;
  const agents = draft?.content.agents.length ?? widget.agents;
  const Icon = type === "sidebar" ? PanelRight : IdCard;
  const count = agents === 0
    ? texts.noAgents
    : plural(texts.agents, agents, lang);
  return (
    <h2 class="widget-heading">
      <button
        type="button"
        class="widget-toggle"
        aria-expanded={isOpen ? "true" : "false"}
        aria-controls={bodyId}
        onClick={() => model.toggle(uuid)}
      >
        <ChevronRight class="chevron" size={18} aria-hidden="true" />
        <span class="kind-icon">
          <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
        </span>
        <span class="widget-name">{name}</span>
        <span class="widget-meta">{texts[type]} · {count}</span>
      </button>
    </h2>
  );
}

function NameForm({ draft, model, onEnd }: {
  draft: Draft;
  model: WidgetListModel;
  onEnd: () => void;
}) {
  const { texts } = useLanguage();
  const { uuid } = draft.saved;
  const [before] = useState(draft.content.name);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const input = form.current?.querySelector("input");
    input?.focus();
    input?.select();
  }, []);
  function cancel(): void {
    model.edit(uuid, { name: before });
    onEnd();
  }
  return (
    <form
      ref={form}
      class="name-form"
      onSubmit={(event) => {
        event.preventDefault();
        const { name } = draft.content;
        if (
          name.trim() !== "" && !isTooLong(name, WIDGET_NAME_LENGTH_MAX)
        ) onEnd();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !isComposing(event)) cancel();
      }}
    >
      <TextInput
        hideLabel
        label={texts.widgets.renameLabel}
        value={draft.content.name}
        limit={WIDGET_NAME_LENGTH_MAX}
        error={errorAt(draft.problems, "name", texts)}
        onText={(name) => model.edit(uuid, { name })}
      />
      <IconButton type="submit" label={texts.widgets.renameDone}>
        <Check size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={texts.common.cancel} onClick={cancel}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </form>
  );
}

function SaveState({ draft }: { draft: Draft }) {
  const { texts: { widgets: texts }, lang } = useLanguage();
  const problems = Object.keys(draft.problems).length;
  if (problems > 0) {
    return (
      <span role="status">
        <Badge tone="danger">{plural(texts.problems, problems, lang)}</Badge>
      </span>
    );
  }
  return (
    <span role="status">
      {isUnsaved(draft) && <Badge tone="warning">{texts.unsaved}</Badge>}
    </span>
  );
}

function SaveButtons(
  { draft, model, isOpen, onAsk }: HeaderProps & { draft: Draft },
) {
  const { texts: { widgets: texts, common } } = useLanguage();
  const { uuid } = draft.saved;
  const unsaved = isUnsaved(draft);
  const isSaving = draft.phase === "saving";
  if (!isOpen && !unsaved && !isSaving) return null;
  return (
    <>
      {unsaved && !isSaving && (
        <Button
          kind="quiet"
          onClick={() => onAsk("discard")}
        >
          {texts.discard}
        </Button>
      )}
      <Button
        kind={unsaved || isSaving ? "primary" : "plain"}
        busy={isSaving}
        disabled={!unsaved}
        onClick={() => model.save(uuid)}
      >
        {isSaving ? texts.saving : common.save}
      </Button>
    </>
  );
}

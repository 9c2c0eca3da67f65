import { fill } from "@/lib/i18n/fill.ts";
import { ConfirmDialog } from "@/lib/ui/dialog.tsx";
import { Deletion } from "../admin/deletion.tsx";
import { useLanguage } from "../admin/language.tsx";
import { type CodeApi, CodeDialog } from "./code_dialog.tsx";
import { ConflictDialog } from "./conflict_dialog.tsx";
import type { Draft } from "./draft.ts";
import { HistoryDialog } from "./history_dialog.tsx";
import type { HistoryApi } from "./version_history.ts";
import type { WidgetListModel } from "./widget_list_model.ts";
import type { WidgetDialogKind } from "./widget_panel.tsx";

interface DialogProps {
  draft: Draft;
  model: WidgetListModel;
  onEnd: () => void;
}

/** The open dialog: the requested one, or a conflict. */
export function WidgetDialog({ model, api, publicUrl, asked, onEnd }: {
  model: WidgetListModel;
  api: HistoryApi & CodeApi;
  publicUrl: string;
  asked: { uuid: string; what: WidgetDialogKind } | undefined;
  onEnd: () => void;
}) {
  const conflicting = model.drafts.value.find(({ phase }) =>
    phase === "conflict"
  );
  if (conflicting?.phase === "conflict") {
    const { uuid } = conflicting.saved;
    return (
      <ConflictDialog
        draft={conflicting}
        onChoose={(choice) => model.choose(uuid, choice)}
      />
    );
  }
  const draft = asked && model.draft(asked.uuid);
  if (asked === undefined || draft === undefined) return null;
  switch (asked.what) {
    case "code":
      return (
        <CodeDialog
          draft={draft}
          api={api}
          publicUrl={publicUrl}
          onClose={onEnd}
        />
      );
    case "history":
      return (
        <HistoryDialog draft={draft} model={model} api={api} onClose={onEnd} />
      );
    case "discard":
      return <DiscardDialog draft={draft} model={model} onEnd={onEnd} />;
    case "delete":
      return <DeleteDialog draft={draft} model={model} onEnd={onEnd} />;
  }
}

function DiscardDialog({ draft, model, onEnd }: DialogProps) {
  const { texts: { widgets: texts, common } } = useLanguage();
  const { uuid, content } = draft.saved;
  return (
    <ConfirmDialog
      danger
      title={texts.discardTitle}
      confirm={texts.discard}
      cancel={common.cancel}
      onConfirm={() => {
        model.discard(uuid);
        onEnd();
      }}
      onCancel={onEnd}
    >
      <p>{fill(texts.discardText, { name: content.name })}</p>
    </ConfirmDialog>
  );
}

function DeleteDialog({ draft, model, onEnd }: DialogProps) {
  const { texts: { widgets: texts } } = useLanguage();
  const { uuid, content } = draft.saved;
  return (
    <Deletion
      title={fill(texts.deleteTitle, { name: content.name })}
      confirm={texts.deleteConfirm}
      remove={() => model.delete(uuid)}
      onEnd={onEnd}
    >
      <p>{texts.deleteText}</p>
    </Deletion>
  );
}

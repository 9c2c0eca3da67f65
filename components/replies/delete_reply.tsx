import { useState } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import type { SavedReplyView } from "@/lib/protocol/admin/saved_replies.ts";
import { ConfirmDialog } from "@/lib/ui/dialog.tsx";
import { useLanguage } from "../admin/language.tsx";
import type { ReplyModel } from "./reply_model.ts";

/** Asks before a saved reply is deleted. */
export function DeleteReply({ reply, model, onEnd }: {
  reply: SavedReplyView;
  model: ReplyModel;
  onEnd: () => void;
}) {
  const { texts: { replies: texts, common } } = useLanguage();
  const [isBusy, setBusy] = useState(false);
  async function remove(): Promise<void> {
    setBusy(true);
    const isGone = await model.delete(reply);
    onEnd();
    if (isGone) document.getElementById("main")?.focus();
  }
  return (
    <ConfirmDialog
      danger
      busy={isBusy}
      title={fill(texts.deleteTitle, { name: reply.name })}
      confirm={texts.deleteConfirm}
      cancel={common.cancel}
      onConfirm={remove}
      onCancel={onEnd}
    >
      <p>{reply.isShared ? texts.deleteShared : texts.deletePersonal}</p>
    </ConfirmDialog>
  );
}

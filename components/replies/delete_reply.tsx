import { fill } from "@/lib/i18n/fill.ts";
import type { SavedReplyView } from "@/lib/protocol/admin/saved_replies.ts";
import { Deletion } from "../admin/deletion.tsx";
import { useLanguage } from "../admin/language.tsx";
import type { ReplyModel } from "./reply_model.ts";

/** Asks before a saved reply is deleted. */
export function DeleteReply({ reply, model, onEnd }: {
  reply: SavedReplyView;
  model: ReplyModel;
  onEnd: () => void;
}) {
  const { texts: { replies: texts } } = useLanguage();
  return (
    <Deletion
      title={fill(texts.deleteTitle, { name: reply.name })}
      confirm={texts.deleteConfirm}
      remove={() => model.delete(reply)}
      onEnd={onEnd}
    >
      <p>{reply.isShared ? texts.deleteShared : texts.deletePersonal}</p>
    </Deletion>
  );
}

import { useState } from "preact/hooks";
import { Trash2 } from "lucide-preact";
import type { InquiryForm } from "@/lib/protocol/admin/inquiries.ts";
import { Button } from "@/lib/ui/button.tsx";
import { ConfirmDialog } from "@/lib/ui/dialog.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import type { InquiryList } from "./inquiry_list.ts";
import { isFiltered } from "./message_filter.tsx";

/** Deletes all messages of a list and its filter, after a question. */
export function DeleteAll(
  { list, form }: { list: InquiryList; form: InquiryForm },
) {
  const { texts: { messages: texts, common } } = useLanguage();
  const [isAsking, ask] = useState(false);
  return (
    <>
      <Button
        kind="quiet"
        icon={<Trash2 size={16} aria-hidden="true" />}
        onClick={() => ask(true)}
      >
        {texts.deleteAll}
      </Button>
      {isAsking && (
        <ConfirmDialog
          danger
          busy={list.isBusy.value}
          title={texts.deleteAllTitle}
          confirm={texts.deleteConfirm}
          cancel={common.cancel}
          onConfirm={async () => {
            await list.deleteAll();
            ask(false);
          }}
          onCancel={() => ask(false)}
        >
          <p>{isFiltered(form) ? texts.deleteFound : texts.deleteAllText}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

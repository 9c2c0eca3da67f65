import { fill, plural } from "@/lib/i18n/fill.ts";
import type { ContactView } from "@/lib/protocol/admin/contacts.ts";
import { ConfirmDialog } from "@/lib/ui/dialog.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import type { ContactList } from "./contact_list.ts";

/** Asks before a contact, or all `count` of its visit, are deleted
 * permanently. */
export function DeleteContacts(props: {
  list: ContactList;
  contact: ContactView;
  /** The end of the contact and the agent, in words. */
  time: string;
  agent: string;
  /** 0 for this contact alone. */
  count: number;
  onCancel: () => void;
}) {
  const { texts: { contacts: texts, common }, lang } = useLanguage();
  const { list, contact, count, time, agent, onCancel } = props;
  const whole = count > 0;
  async function remove(): Promise<void> {
    const isDone = await list.delete(contact, { whole });
    if (isDone) document.getElementById("main")?.focus();
    else onCancel();
  }
  return (
    <ConfirmDialog
      danger
      busy={list.isDeleting.value}
      title={whole
        ? plural(texts.deleteVisitTitle, count, lang)
        : texts.deleteOneTitle}
      confirm={texts.deleteConfirm}
      cancel={common.cancel}
      onConfirm={remove}
      onCancel={onCancel}
    >
      <p>
        {whole
          ? texts.deleteVisitText
          : fill(texts.deleteOneText, { time, agent })}
      </p>
    </ConfirmDialog>
  );
}

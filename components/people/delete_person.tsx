import { useState } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import type { PersonView } from "@/lib/protocol/admin/messages.ts";
import { Button } from "@/lib/ui/button.tsx";
import { ConfirmDialog, Dialog } from "@/lib/ui/dialog.tsx";
import { useLanguage } from "../admin/language.tsx";
import type { PeopleModel } from "./people_model.ts";
import { isLastAdmin } from "./person_form.ts";

/** Asks before an account is deleted; explains why the last administrator can't
 * be. */
export function DeletePerson({ person, model, ownId, onEnd }: {
  person: PersonView;
  model: PeopleModel;
  ownId: string;
  onEnd: () => void;
}) {
  const { texts: { people: texts, common } } = useLanguage();
  const [isBusy, setBusy] = useState(false);
  const name = person.displayName;
  const title = fill(texts.deleteTitle, { name });
  if (isLastAdmin(person, model.people.value)) {
    return (
      <Dialog
        size="small"
        title={title}
        onClose={onEnd}
        footer={<Button autoFocus onClick={onEnd}>{common.close}</Button>}
      >
        <p>{fill(texts.lastAdmin, { name })}</p>
      </Dialog>
    );
  }
  async function remove(): Promise<void> {
    setBusy(true);
    const isGone = await model.delete(person);
    if (isGone && person.id === ownId) return location.assign("/login?out");
    onEnd();
    if (isGone) document.getElementById("main")?.focus();
  }
  return (
    <ConfirmDialog
      danger
      busy={isBusy}
      title={title}
      confirm={texts.deleteConfirm}
      cancel={common.cancel}
      onConfirm={remove}
      onCancel={onEnd}
    >
      <p>{texts.deleteText}</p>
      {person.pbxUser && <p>{texts.deletePbx}</p>}
      {person.id === ownId && <p>{texts.deleteSelf}</p>}
    </ConfirmDialog>
  );
}

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ConfirmDialog } from "@/lib/ui/dialog.tsx";
import { useLanguage } from "./language.tsx";

/** Asks before something is deleted. `remove` returns false if it is still there;
 * otherwise the focus moves to the page, because the button is gone. */
export function Deletion({ title, confirm, remove, onEnd, children }: {
  title: string;
  confirm: string;
  remove: () => Promise<boolean>;
  onEnd: () => void;
  children: ComponentChildren;
}) {
  const { texts: { common } } = useLanguage();
  const [isBusy, setBusy] = useState(false);
  async function confirmed(): Promise<void> {
    setBusy(true);
    const isGone = await remove();
    onEnd();
    if (isGone) document.getElementById("main")?.focus();
  }
  return (
    <ConfirmDialog
      danger
      busy={isBusy}
      title={title}
      confirm={confirm}
      cancel={common.cancel}
      onConfirm={confirmed}
      onCancel={onEnd}
    >
      {children}
    </ConfirmDialog>
  );
}

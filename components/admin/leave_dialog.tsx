import type { ComponentChildren } from "preact";
import { ConfirmDialog } from "@/lib/ui/dialog.tsx";
import type { Leaving } from "./leave_guard.ts";

/** Asks before the page is left; shows nothing unless a navigation was
 * stopped. */
export function LeaveDialog({ leaving, texts, children }: {
  leaving: Leaving | undefined;
  texts: { leaveTitle: string; leave: string; stay: string };
  /** Says what is lost. */
  children: ComponentChildren;
}) {
  if (leaving === undefined) return null;
  return (
    <ConfirmDialog
      danger
      title={texts.leaveTitle}
      confirm={texts.leave}
      cancel={texts.stay}
      onConfirm={leaving.leave}
      onCancel={leaving.stay}
    >
      <p>{children}</p>
    </ConfirmDialog>
  );
}

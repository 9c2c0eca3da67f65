import { useSignal } from "@preact/signals";
import { Smartphone } from "lucide-preact";
import { plural } from "@/lib/i18n/fill.ts";
import { Button } from "@/lib/ui/button.tsx";
import { useDesk } from "./desk_ui.ts";
import { PushDialog } from "./push_dialog.tsx";

/** Shows if the agent is notified while the desk is closed, and opens the
 * dialog to change it. */
export function PushRow() {
  const { push, texts: { push: t }, lang } = useDesk();
  const isOpen = useSignal(false);
  const count = push.devices.value.length;
  const says = push.own.value !== ""
    ? t.rowOn
    : count > 0
    ? plural(t.rowElsewhere, count, lang)
    : t.rowOff;
  return (
    <>
      <div class="desk-alert">
        <Smartphone size={16} aria-hidden="true" />
        <p>
          <strong>{t.row}</strong>
          <span>{says}</span>
        </p>
        <Button size="small" onClick={() => isOpen.value = true}>
          {t.setUp}
        </Button>
      </div>
      {isOpen.value && <PushDialog onClose={() => isOpen.value = false} />}
    </>
  );
}

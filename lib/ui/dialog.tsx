import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { X } from "lucide-preact";
import { isComposing } from "@/lib/base/keys.ts";
import { Button, IconButton } from "./button.tsx";
import { useOwnId } from "./own_id.tsx";

export interface DialogProps {
  title: string;
  /** Label of the X in the corner for screen readers; without it there is no
   * X. */
  closeLabel?: string;
  /** Called on Escape, on the X, or by the footer. */
  onClose: () => void;
  size?: "small" | "medium" | "large";
  children: ComponentChildren;
  /** Buttons; the main one is last. */
  footer?: ComponentChildren;
}

/**
 * A modal dialog. It is open while it is rendered; afterwards the focus returns
 * to its old place.
 */
export function Dialog(props: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useOwnId();
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      class={`dialog dialog-${props.size ?? "medium"}`}
      aria-labelledby={titleId}
      // An Escape that cancels a composition of an input method must not close
      // the dialog.
      onKeyDown={(event) => {
        if (event.key === "Escape" && isComposing(event)) {
          event.preventDefault();
        }
      }}
      onCancel={(event) => {
        if (event.target !== ref.current) return; // A file chooser's, inside.
        event.preventDefault();
        props.onClose();
      }}
    >
      <header class="dialog-header">
        <h2 id={titleId}>{props.title}</h2>
        {props.closeLabel && (
          <IconButton label={props.closeLabel} onClick={props.onClose}>
            <X size={18} aria-hidden="true" />
          </IconButton>
        )}
      </header>
      <div class="dialog-body">{props.children}</div>
      {props.footer && <footer class="dialog-footer">{props.footer}</footer>}
    </dialog>
  );
}

export interface ConfirmDialogProps {
  title: string;
  /** The consequence of the action. */
  children: ComponentChildren;
  confirm: string;
  cancel: string;
  /** True for an action that can't be undone, which makes the button red. */
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before an action. If it can't be undone, the focus starts on
 * "cancel". */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const footer = (
    <>
      <Button autoFocus={props.danger === true} onClick={props.onCancel}>
        {props.cancel}
      </Button>
      <Button
        kind={props.danger ? "danger" : "primary"}
        autoFocus={props.danger !== true}
        busy={props.busy === true}
        onClick={props.onConfirm}
      >
        {props.confirm}
      </Button>
    </>
  );
  return (
    <Dialog
      size="small"
      title={props.title}
      onClose={props.onCancel}
      footer={footer}
    >
      {props.children}
    </Dialog>
  );
}

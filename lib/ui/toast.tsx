import { X } from "lucide-preact";
import { Button, IconButton } from "./button.tsx";

/** A notice about something that just happened. */
export interface Toast {
  id: number;
  text: string;
  kind: "done" | "failed";
  /** The action that undoes it. */
  action?: { label: string; run: () => void };
}

/** The list of toasts, which is read aloud. Keep it rendered when it is
 * empty. */
export function Toasts(props: {
  toasts: readonly Toast[];
  closeLabel: string;
  onClose: (id: number) => void;
}) {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {props.toasts.map((toast) => (
        <div key={toast.id} class={`toast toast-${toast.kind}`}>
          <span>{toast.text}</span>
          {toast.action && (
            <Button
              size="small"
              kind="quiet"
              onClick={() => {
                toast.action?.run();
                props.onClose(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton
            label={props.closeLabel}
            onClick={() =>
              props.onClose(toast.id)}
          >
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}

/** A hidden text that is read aloud when it changes. */
export function Announcement(props: { text: string }) {
  return (
    <p class="hidden-label" role="status" aria-live="assertive">
      {props.text}
    </p>
  );
}

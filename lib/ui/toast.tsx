import { X } from "lucide-preact";
import { Button, IconButton } from "./button.tsx";

/** One thing that just happened. */
export interface Toast {
  id: number;
  text: string;
  kind: "done" | "failed";
  /** What takes it back. */
  action?: { label: string; run: () => void };
}

/** Where what happened is shown and read aloud. Keep it rendered when empty. */
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

/** A text that is read aloud when it changes, and not seen. */
export function Announcement(props: { text: string }) {
  return (
    <p class="hidden-label" role="status" aria-live="assertive">
      {props.text}
    </p>
  );
}

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
export function Toasts({ list, closeLabel }: {
  list: { toasts: { value: readonly Toast[] }; close(id: number): void };
  closeLabel: string;
}) {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {list.toasts.value.map((toast) => (
        <div key={toast.id} class={`toast toast-${toast.kind}`}>
          <span>{toast.text}</span>
          {toast.action && (
            <Button
              size="small"
              kind="quiet"
              onClick={() => {
                toast.action?.run();
                list.close(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton
            label={closeLabel}
            onClick={() =>
              list.close(toast.id)}
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

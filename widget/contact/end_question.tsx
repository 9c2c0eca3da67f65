import { isComposing } from "@/lib/base/keys.ts";
import type { Model } from "../view/model.ts";
import type { ChatRun } from "./chat_run.ts";

/** Asks before the chat ends, in the place of the pressed button. The safe
 * answer has the focus and is in the button's place. */
export function EndQuestion({ run, model }: { run: ChatRun; model: Model }) {
  const { text } = model;
  return (
    <div
      class="chatTools endQuestion"
      role="alertdialog"
      aria-label={text("endAsk")}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || isComposing(event)) return;
        event.stopPropagation(); // The panel stays open.
        cancel(run, event.currentTarget);
      }}
    >
      <span>{text("endAsk")}</span>
      <button
        type="button"
        class="plain"
        onClick={() => run.end()}
      >
        {text("endChat")}
      </button>
      <button
        type="button"
        class="plain"
        ref={(button) => button?.focus({ preventScroll: true })}
        onClick={({ currentTarget }) => cancel(run, currentTarget)}
      >
        {text("cancel")}
      </button>
    </div>
  );
}

/** Returns the focus to the field, so that the visitor can continue to write. */
function cancel(run: ChatRun, from: Element): void {
  const panel = from.closest(".panel");
  run.askEnd(false);
  panel?.querySelector("textarea")?.focus({ preventScroll: true });
}

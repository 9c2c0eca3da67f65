import type { ComponentChild } from "preact";
import type { Model } from "../view/model.ts";
import { addSheet } from "../view/sheets.ts";
import type { ChatRun } from "./chat_run.ts";
import css from "./notices.css" with { type: "text" };

// For the reason in mod.tsx: the first load stays one file.
export { ContactWidget } from "../element.tsx";

/** A text that screen readers announce, and what the visitor can do about
 * it. */
export interface Notice {
  text: string;
  choices: ComponentChild;
}

/** Says when a chat ends in which nobody writes, with a button that keeps it. */
export function idleNotice(
  run: ChatRun,
  endsAt: number,
  { text, session }: Model,
): Notice {
  addSheet(css);
  const time = new Date(endsAt)
    .toLocaleString(session.lang, { timeStyle: "short" });
  return {
    text: text("idle", { time }),
    choices: (
      <div class="choices">
        <button
          type="button"
          class="action"
          onClick={() => run.dispatch({ type: "keep" })}
        >
          {text("keepChat")}
        </button>
      </div>
    ),
  };
}

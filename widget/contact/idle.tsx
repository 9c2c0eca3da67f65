import type { Model } from "../view/model.ts";
import type { PageChat } from "./chat_state.ts";
import type { ChatRun } from "./chat_run.ts";

/** Says when a chat ends in which nobody writes, with a button that keeps it. */
export function Idle(
  { chat: { idleEndsAt }, run, model }: {
    chat: PageChat;
    run: ChatRun;
    model: Model;
  },
) {
  const { text, session: { lang } } = model;
  const time = idleEndsAt !== undefined &&
    new Date(idleEndsAt).toLocaleTimeString(lang, { timeStyle: "short" });
  return (
    <div role="status">
      {time && (
        <div class="alert idle">
          {text("idle", { time })}
          <button
            type="button"
            class="plain"
            onClick={() => run.dispatch({ type: "keep" })}
          >
            {text("keepChat")}
          </button>
        </div>
      )}
    </div>
  );
}

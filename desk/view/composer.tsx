import { SendHorizontal } from "lucide-preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isComposing } from "@/lib/base/keys.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import { IconButton } from "@/lib/ui/button.tsx";
import { type LimitState, useLimit } from "@/lib/ui/limit.tsx";
import { sendable } from "../chat_step.ts";
import type { ChatItem } from "../desk_state.ts";
import { useDesk } from "./desk_ui.ts";

const LIMIT_ID = "desk-composer-limit";

/** Enter sends, Shift+Enter begins a new line. */
export function Composer({ item }: { item: ChatItem }) {
  const { desk, texts } = useDesk();
  const ref = useRef<HTMLTextAreaElement>(null);
  const { id } = item.view;
  const limit = useLimit(item.draft, DESK_LIMITS.textLength);
  useLayoutEffect(() => {
    if (matchMedia("(hover: hover)").matches) ref.current?.focus();
  }, [id]);
  function send(): void {
    desk.write(id);
    ref.current?.focus();
  }
  return (
    <form
      class="desk-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <span class="grow" data-text={item.draft}>
        <textarea
          ref={ref}
          class="input"
          rows={1}
          dir="auto"
          aria-label={texts.chat.field}
          aria-describedby={limit.counter ? LIMIT_ID : undefined}
          aria-invalid={limit.error ? "true" : undefined}
          title={texts.chat.help}
          placeholder={texts.chat.placeholder}
          enterkeyhint="send"
          value={item.draft}
          onInput={(event) =>
            desk.dispatch({
              type: "draft",
              chat: id,
              text: event.currentTarget.value,
            })}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            if (event.key !== "Enter" || event.shiftKey) return;
            event.preventDefault();
            send();
          }}
        />
      </span>
      <IconButton
        class="desk-send"
        type="submit"
        label={texts.chat.send}
        disabled={sendable(item.draft) === "" || limit.error !== undefined ||
          desk.isSignedOut.value}
      >
        <SendHorizontal size={18} aria-hidden="true" class="turns" />
      </IconButton>
      <Limit {...limit} />
    </form>
  );
}

/** The counter near the limit, and the error above the limit. */
function Limit({ counter, error }: LimitState) {
  if (counter === undefined) return null;
  return (
    <p
      class="desk-limit"
      id={LIMIT_ID}
      data-over={error ? "true" : undefined}
    >
      <span role={error ? "alert" : undefined}>{error}</span>
      <span dir="ltr">{counter}</span>
    </p>
  );
}

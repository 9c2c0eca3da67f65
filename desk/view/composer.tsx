import { SendHorizontal, Zap } from "lucide-preact";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isComposing } from "@/lib/base/keys.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import { IconButton } from "@/lib/ui/button.tsx";
import { type LimitState, useLimit } from "@/lib/ui/limit.tsx";
import { sendable } from "../chat_step.ts";
import type { ChatItem } from "../desk_state.ts";
import { useDesk } from "./desk_ui.ts";
import { REPLIES_ID, replyId, ReplyList } from "./reply_list.tsx";
import { type ReplyPicker, useReplyPicker } from "./reply_picker.ts";

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
  const picker = useReplyPicker(item, ref);
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
      onFocusOut={({ currentTarget, relatedTarget }) => {
        const isInside = relatedTarget instanceof Node &&
          currentTarget.contains(relatedTarget);
        if (relatedTarget && !isInside) picker.close();
      }}
    >
      <ReplyList picker={picker} />
      <Field {...{ item, limit, picker, send }} fieldRef={ref} />
      <ReplyButton picker={picker} />
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

/** The text, in which `/` searches for a saved reply. */
function Field({ item, limit, picker, send, fieldRef }: {
  item: ChatItem;
  limit: LimitState;
  picker: ReplyPicker;
  send: () => void;
  fieldRef: RefObject<HTMLTextAreaElement>;
}) {
  const { desk, texts } = useDesk();
  return (
    <span class="grow" data-text={item.draft}>
      <textarea
        ref={fieldRef}
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
        {...listState(picker)}
        onInput={(event) => {
          desk.dispatch({
            type: "draft",
            chat: item.view.id,
            text: event.currentTarget.value,
          });
          picker.typed();
        }}
        onSelect={picker.look}
        onKeyUp={picker.look}
        onClick={picker.look}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (picker.onKey(event)) return event.preventDefault();
          if (event.key !== "Enter" || event.shiftKey) return;
          event.preventDefault();
          send();
        }}
      />
    </span>
  );
}

/** Tells screen readers of the list and its active reply. */
function listState({ isOpen, active }: ReplyPicker) {
  const hasActive = isOpen && active >= 0;
  return {
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    "aria-controls": hasActive ? REPLIES_ID : undefined,
    "aria-activedescendant": hasActive ? replyId(active) : undefined,
  } as const;
}

function ReplyButton({ picker }: { picker: ReplyPicker }) {
  const { texts } = useDesk();
  return (
    <IconButton
      label={texts.replies.button}
      aria-expanded={picker.isOpen}
      onClick={picker.toggle}
    >
      <Zap size={18} aria-hidden="true" />
    </IconButton>
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

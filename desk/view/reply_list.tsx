import { useEffect, useRef } from "preact/hooks";
import { plural } from "@/lib/i18n/fill.ts";
import type { SavedReplyView } from "@/lib/protocol/admin/saved_replies.ts";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { languageName } from "../times.ts";
import { useDesk } from "./desk_ui.ts";
import type { ReplyPicker } from "./reply_picker.ts";

export const REPLIES_ID = "desk-replies";

/** A line has room for less. */
const PREVIEW_LENGTH = 200;

export function replyId(index: number): string {
  return `${REPLIES_ID}-${index}`;
}

/** The saved replies that match, above the field. The focus stays in the
 * field, which names the active one. */
export function ReplyList({ picker }: { picker: ReplyPicker }) {
  const { texts: { replies: texts }, lang } = useDesk();
  const { isOpen, replies } = picker;
  return (
    <>
      <p class="hidden-label" role="status">
        {isOpen && (replies.length > 0
          ? plural(texts.found, replies.length, lang)
          : noteOf(picker, texts))}
      </p>
      {isOpen && (
        <div class="desk-replies">
          {replies.length > 0
            ? <Options picker={picker} />
            : (
              <p class="desk-none" aria-hidden="true">
                {noteOf(picker, texts)}
              </p>
            )}
          {picker.hasMore && <p class="desk-none">{texts.more}</p>}
          <a class="desk-replies-manage" href="/replies">{texts.manage}</a>
        </div>
      )}
    </>
  );
}

function noteOf(
  { state, isEmpty }: ReplyPicker,
  texts: ReturnType<typeof useDesk>["texts"]["replies"],
): string {
  if (state !== "found") return texts[state];
  return isEmpty ? texts.none : texts.noMatch;
}

function Options({ picker }: { picker: ReplyPicker }) {
  const { texts: { replies: texts } } = useDesk();
  return (
    <ul
      class="desk-replies-list"
      id={REPLIES_ID}
      role="listbox"
      aria-label={texts.list}
    >
      {picker.replies.map((reply, index) => (
        <Option
          key={reply.id}
          {...{ reply, index }}
          isActive={index === picker.active}
          onChoose={() => picker.choose(reply)}
        />
      ))}
    </ul>
  );
}

function Option({ reply, index, isActive, onChoose }: {
  reply: SavedReplyView;
  index: number;
  isActive: boolean;
  onChoose: () => void;
}) {
  const { texts: { replies: texts }, lang } = useDesk();
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  const marks = [
    ...reply.isShared ? [] : [texts.personal],
    ...reply.lang === "" ? [] : [languageName(reply.lang, lang)],
  ];
  return (
    <li
      ref={ref}
      id={replyId(index)}
      class="desk-reply"
      role="option"
      aria-selected={isActive}
      // The focus stays in the field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span class="desk-reply-name">
        <b dir="auto" {...NOT_TRANSLATED}>{reply.name}</b>
        <span class="desk-soft">{marks.join(" · ")}</span>
      </span>
      <span class="desk-reply-text" dir="auto" {...NOT_TRANSLATED}>
        {reply.text.slice(0, PREVIEW_LENGTH)}
      </span>
    </li>
  );
}

import { type Signal, useSignal } from "@preact/signals";
import { Forward } from "lucide-preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isComposing } from "@/lib/base/keys.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import { Button } from "@/lib/ui/button.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { useOwnId } from "@/lib/ui/own_id.tsx";
import { isTooLong } from "@/lib/ui/limit.tsx";
import { TextArea } from "@/lib/ui/text_input.tsx";
import { type CallItem, type ChatItem, isChat } from "../desk_state.ts";
import { canHandOver } from "../handover_step.ts";
import { handoverTexts, nameOf } from "../names.ts";
import { useDesk } from "./desk_ui.ts";
import { ColleagueField, type HandoverChoice } from "./handover_choices.tsx";

/** The button that hands a running call or chat over, unless it is offered already. */
export function HandOverButton(
  { item, isOpen, onPress }: {
    item: CallItem | ChatItem;
    isOpen: boolean;
    onPress: () => void;
  },
) {
  const { desk, texts } = useDesk();
  if (!canHandOver(item) || desk.isSignedOut.value) return null;
  return (
    <Button
      size="small"
      class="desk-head-button"
      icon={<Forward size={14} aria-hidden="true" class="turns" />}
      aria-label={texts.handover.button}
      title={texts.handover.button}
      aria-expanded={isOpen}
      onClick={onPress}
    >
      <span class="desk-head-label">{texts.handover.button}</span>
    </Button>
  );
}

/** The form in which the agent chooses a colleague or a team. It is part of the page, as
 * questions are. */
export function HandOverForm(
  { item, onClose }: { item: CallItem | ChatItem; onClose: () => void },
) {
  const { desk, texts } = useDesk();
  const t = handoverTexts(item, texts);
  const id = useOwnId();
  const chosen = useSignal<HandoverChoice | null>(null);
  const note = useSignal("");
  const colleague = chosen.value;
  const isReady = colleague !== null && !desk.isSignedOut.value &&
    !isTooLong(note.value, DESK_LIMITS.noteLength);
  function submit({ isInvite }: { isInvite?: true } = {}): void {
    if (!isReady) return;
    const { address: to, name, isTeam } = colleague;
    const choice = {
      ...{ to, name, ...isTeam && { isTeam } },
      ...isInvite && { isInvite },
    };
    desk.handOver(item.view.id, { ...choice, note: note.value.trim() });
    onClose();
  }
  const ref = useFocusInside();
  if (!canHandOver(item)) return null;
  return (
    <form
      ref={ref}
      class="desk-question"
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (!isComposing(event) && event.key === "Escape") onClose();
      }}
    >
      <h2 id={id} {...NOT_TRANSLATED}>
        {fill(t.title, { name: nameOf(item, texts) })}
      </h2>
      <ColleagueField
        item={item}
        chosen={colleague}
        onChoose={(one) => chosen.value = one}
      />
      <NoteField note={note} />
      <div class="desk-question-actions">
        <Button onClick={onClose}>{t.cancel}</Button>
        {isChat(item) && (
          <InviteButton
            isReady={isReady && !colleague.isTeam}
            onPress={() => submit({ isInvite: true })}
          />
        )}
        <Button kind="primary" type="submit" disabled={!isReady}>
          {t.send}
        </Button>
      </div>
    </form>
  );
}

/** Asks the colleague to join the chat, too. */
function InviteButton(
  { isReady, onPress }: { isReady: boolean; onPress: () => void },
) {
  const { texts } = useDesk();
  return (
    <Button disabled={!isReady} onClick={onPress}>
      {texts.handover.invite}
    </Button>
  );
}

function NoteField({ note }: { note: Signal<string> }) {
  const { texts: { handover: t } } = useDesk();
  return (
    <TextArea
      label={t.note}
      optional={t.optional}
      hint={t.noteHint}
      rows={1}
      value={note.value}
      limit={DESK_LIMITS.noteLength}
      countedFrom={0}
      onText={(text) => note.value = text}
    />
  );
}

/** The focus begins in the first field, and returns to its old place. */
function useFocusInside() {
  const ref = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const own = ref.current;
    own?.querySelector("input")?.focus();
    return () => {
      const hasFocus = own?.contains(document.activeElement);
      if (hasFocus && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return ref;
}

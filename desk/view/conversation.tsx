import { useSignal } from "@preact/signals";
import { ArrowLeft, CircleX, PanelRight } from "lucide-preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Avatar } from "@/lib/ui/avatar.tsx";
import { Button, IconButton } from "@/lib/ui/button.tsx";
import { fill } from "@/lib/i18n/fill.ts";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { type CallItem, type ChatItem, isChat } from "../desk_state.ts";
import { kindOf, nameOf } from "../names.ts";
import { endText } from "../outcome.ts";
import { duration, timeOfDay } from "../times.ts";
import { CallPanel } from "./call_panel.tsx";
import { ChatPanel } from "./chat_panel.tsx";
import { useDesk } from "./desk_ui.ts";
import { HandOverButton, HandOverForm } from "./hand_over.tsx";
import { Question } from "./question.tsx";
import { itemId } from "./item_id.ts";
import { detailsOpen } from "./visitor_details.tsx";

/** The visible call or chat. */
export function Conversation({ item }: { item: CallItem | ChatItem }) {
  const { desk, texts } = useDesk();
  const ref = useRef<HTMLElement>(null);
  const name = nameOf(item, texts);
  const isEnding = useSignal(false);
  const isHandingOver = useSignal(false);
  useLayoutEffect(() => { // On a phone the list, with the focus, is hidden.
    const focused = document.activeElement;
    if (!focused?.getClientRects().length) ref.current?.focus();
  }, []);
  function goBack(): void {
    desk.dispatch({ type: "show", contact: null });
    setTimeout(() => document.getElementById(itemId(item.view.id))?.focus());
  }
  return (
    <>
      <header class="desk-head" ref={ref} tabIndex={-1}>
        <IconButton
          class="desk-back"
          label={texts.back}
          onClick={goBack}
        >
          <ArrowLeft size={18} aria-hidden="true" class="turns" />
        </IconButton>
        <Avatar name={name} size="medium" />
        <div class="desk-head-text">
          <h2>
            <bdi {...NOT_TRANSLATED}>{name}</bdi>
          </h2>
          <p>
            <Subtitle item={item} />
          </p>
        </div>
        <HandOverButton
          item={item}
          isOpen={isHandingOver.value}
          onPress={() => isHandingOver.value = !isHandingOver.value}
        />
        <EndButton item={item} onPress={() => isEnding.value = true} />
        <DetailsButton />
      </header>
      {isEnding.value && isChat(item) && (
        <EndQuestion
          item={item}
          onClose={() => isEnding.value = false}
        />
      )}
      {isHandingOver.value && (
        <HandOverForm
          item={item}
          onClose={() => isHandingOver.value = false}
        />
      )}
      {isChat(item) ? <ChatPanel item={item} /> : <CallPanel item={item} />}
    </>
  );
}

/** Shows or hides the visitor's details. */
function DetailsButton() {
  const { texts } = useDesk();
  return (
    <IconButton
      class="desk-show-details"
      label={detailsOpen.value ? texts.details.hide : texts.details.show}
      aria-expanded={detailsOpen.value}
      onClick={() => detailsOpen.value = !detailsOpen.value}
    >
      <PanelRight size={18} aria-hidden="true" class="turns" />
    </IconButton>
  );
}

/** Ends a running chat, while the service can be told. */
function EndButton(
  { item, onPress }: { item: CallItem | ChatItem; onPress: () => void },
) {
  const { desk, texts } = useDesk();
  const { view } = item;
  if (view.state !== "joined" || desk.isSignedOut.value) return null;
  const isShared = "others" in view && (view.others?.length ?? 0) > 0;
  const label = isShared ? texts.handover.leave : texts.chat.leave;
  return (
    <Button
      size="small"
      class="desk-head-button"
      icon={<CircleX size={14} aria-hidden="true" />}
      aria-label={label}
      title={label}
      busy={item.pending === "leave"}
      onClick={onPress}
    >
      <span class="desk-head-label">{label}</span>
    </Button>
  );
}

function Subtitle({ item }: { item: CallItem | ChatItem }) {
  const { texts, lang, now } = useDesk();
  const { view } = item;
  const kind = texts.kind[kindOf(item)];
  switch (view.state) {
    case "ringing":
      return (
        <>
          {kind} · {fill(texts.ring.waits, {
            time: duration(now.value - view.since),
          })}
        </>
      );
    case "joined":
      return <>{kind} · {view.visitor.widget.name}</>;
    case "taken":
      return <>{kind} · {duration(now.value - view.takenAt)}</>;
    case "ended":
      return (
        <>
          {kind} · {endText(item, texts)} ·{" "}
          {timeOfDay(view.endedAt, now.peek(), lang)}
        </>
      );
  }
}

/** Asks before the chat ends for both, unless it has ended meanwhile. */
function EndQuestion(
  { item, onClose }: { item: ChatItem; onClose: () => void },
) {
  const { desk, texts } = useDesk();
  const { view, view: { id } } = item;
  if (view.state !== "joined") return null;
  const [other] = view.others ?? [];
  const t = texts.handover;
  const title = other === undefined ? texts.chat.leaveTitle : t.leaveTitle;
  return (
    <Question
      title={fill(title, { name: nameOf(item, texts) })}
      confirm={other === undefined ? texts.chat.leave : t.leave}
      cancel={texts.chat.leaveKeep}
      onCancel={onClose}
      onConfirm={() => {
        onClose();
        desk.dispatch({ type: "leave", chat: id });
      }}
    >
      <p {...NOT_TRANSLATED}>
        {other === undefined
          ? texts.chat.leaveText
          : fill(t.leaveText, { name: other })}
      </p>
    </Question>
  );
}

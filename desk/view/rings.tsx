import { MessageCircle, Phone, PhoneOff, Video, X } from "lucide-preact";
import { fill, plural } from "@/lib/i18n/fill.ts";
import { Avatar } from "@/lib/ui/avatar.tsx";
import { Button } from "@/lib/ui/button.tsx";
import { Announcement } from "@/lib/ui/toast.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import {
  type CallItem,
  type ChatItem,
  find,
  isChat,
  ownCall,
} from "../desk_state.ts";
import { nameOf, pageOf, ringTitle } from "../names.ts";
import { duration } from "../times.ts";
import { useDesk } from "./desk_ui.ts";
import { itemId } from "./item_id.ts";

/** More would push the conversation away; the list has them all. */
const RINGS_SHOWN = 3;
/** During a conversation, only the first is shown in full. */
const ROWS_SHOWN = 2;

/** Everybody who waits for an answer, calls before chats. */
export function Rings() {
  const { desk, texts } = useDesk();
  const { state } = desk;
  const waiting = [...desk.waiting.value].sort((a, b) =>
    Number(isChat(a)) - Number(isChat(b))
  );
  const isTalking = find(state.value, state.value.shown) !== undefined;
  const full = waiting.slice(0, isTalking ? 1 : RINGS_SHOWN);
  const rows = isTalking ? waiting.slice(1, 1 + ROWS_SHOWN) : [];
  const said = waiting.map((item) => ringTitle(item, texts)).join(". ");
  return (
    <div class="desk-rings">
      <Announcement text={said} />
      {full.map((item) => <Ring key={item.view.id} item={item} />)}
      {rows.map((item) => <RingRow key={item.view.id} item={item} />)}
      {isTalking && (
        <>
          <More items={waiting.slice(1)} where="phone" />
          <More items={waiting.slice(1 + ROWS_SHOWN)} where="desktop" />
        </>
      )}
    </div>
  );
}

/** One more who waits, in a line. */
function RingRow({ item }: { item: CallItem | ChatItem }) {
  const { texts } = useDesk();
  const title = ringTitle(item, texts);
  return (
    <section class="desk-ring-row" aria-label={title}>
      <Avatar name={nameOf(item, texts)} size="small" />
      <bdi class="desk-ring-row-title" {...NOT_TRANSLATED}>{title}</bdi>
      <RingActions item={item} />
    </section>
  );
}

/** The number of further waiting visitors; leads to them in the list. A phone has room for fewer. */
function More(
  { items, where }: {
    items: readonly (CallItem | ChatItem)[];
    where: "phone" | "desktop";
  },
) {
  const { desk, texts, lang } = useDesk();
  const [first] = items;
  if (first === undefined) return null;
  function toList(id: string): void {
    if (where === "phone") desk.dispatch({ type: "show", contact: null });
    setTimeout(() => document.getElementById(itemId(id))?.focus());
  }
  return (
    <button
      type="button"
      class={`desk-more-rings desk-more-${where}`}
      onClick={() => toList(first.view.id)}
    >
      {plural(texts.ring.more, items.length, lang)}
    </button>
  );
}

function Ring({ item }: { item: CallItem | ChatItem }) {
  const { texts, now } = useDesk();
  const { visitor, since } = item.view;
  const title = ringTitle(item, texts);
  const page = pageOf(visitor)?.label;
  const first = isChat(item) ? item.entries.at(-1)?.text : undefined;
  return (
    <section class="desk-ring" aria-label={title}>
      <span class="desk-ring-picture">
        <Avatar name={nameOf(item, texts)} size="large" />
      </span>
      <div class="desk-ring-text">
        <h2>
          <bdi {...NOT_TRANSLATED}>{title}</bdi>
        </h2>
        <p>
          {page && (
            <bdi {...NOT_TRANSLATED}>{fill(texts.ring.from, { page })}</bdi>
          )}
          {page && " · "}
          {fill(texts.ring.waits, { time: duration(now.value - since) })}
        </p>
        {item.view.offeredBy?.note && (
          <p class="desk-ring-note" dir="auto" {...NOT_TRANSLATED}>
            {item.view.offeredBy.note}
          </p>
        )}
        {first && (
          <p class="desk-ring-first" dir="auto" {...NOT_TRANSLATED}>{first}</p>
        )}
      </div>
      <RingActions item={item} />
    </section>
  );
}

function RingActions({ item }: { item: CallItem | ChatItem }) {
  return (
    <div class="desk-ring-actions">
      {isChat(item) ? <ChatActions item={item} /> : <CallActions item={item} />}
    </div>
  );
}

function ChatActions({ item }: { item: ChatItem }) {
  const { desk, texts } = useDesk();
  const { id } = item.view;
  return (
    <>
      <Button
        kind="primary"
        icon={<MessageCircle size={16} aria-hidden="true" />}
        onClick={() => desk.dispatch({ type: "join", chat: id })}
      >
        {texts.ring.join}
      </Button>
      <Button
        icon={<X size={16} aria-hidden="true" />}
        onClick={() => desk.dispatch({ type: "decline", contact: id })}
      >
        {texts.ring.decline}
      </Button>
    </>
  );
}

function CallActions({ item }: { item: CallItem }) {
  const { desk, texts } = useDesk();
  const { id, media } = item.view;
  const isAble = desk.cannotCall.value === null;
  const isBusy = ownCall(desk.state.value) !== undefined;
  const take = (video: boolean) =>
    desk.dispatch({ type: "take", call: id, video });
  return (
    <>
      {!isAble && <p class="desk-ring-busy">{texts.ring.unable}</p>}
      {isAble && isBusy && <p class="desk-ring-busy">{texts.ring.busy}</p>}
      {isAble && media === "video" && (
        <Button
          kind="primary"
          disabled={isBusy}
          icon={<Video size={16} aria-hidden="true" />}
          onClick={() => take(true)}
        >
          {texts.ring.answerVideo}
        </Button>
      )}
      {isAble && (
        <Button
          kind={media === "video" ? "plain" : "primary"}
          disabled={isBusy}
          icon={<Phone size={16} aria-hidden="true" />}
          onClick={() => take(false)}
        >
          {media === "video" ? texts.ring.answerVoice : texts.ring.answer}
        </Button>
      )}
      <Button
        class="desk-decline"
        icon={<PhoneOff size={16} aria-hidden="true" />}
        onClick={() => desk.dispatch({ type: "decline", contact: id })}
      >
        {texts.ring.decline}
      </Button>
    </>
  );
}

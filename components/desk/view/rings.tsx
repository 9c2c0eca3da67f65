import { MessageCircle, Phone, PhoneOff, Video, X } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import { Avatar } from "@/lib/ui/avatar.tsx";
import { Button } from "@/lib/ui/button.tsx";
import { Announcement } from "@/lib/ui/toast.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import {
  type CallItem,
  type ChatItem,
  isChat,
  ownCall,
} from "../desk_state.ts";
import { nameOf, pageOf, ringTitle } from "../names.ts";
import { duration } from "../times.ts";
import { useDesk } from "./desk_ui.ts";

/** More would hide the conversation; the list shows them all. */
const RINGS_SHOWN = 3;

/** The visitors who wait for an answer, calls before chats. */
export function Rings() {
  const { desk, texts } = useDesk();
  const waiting = [...desk.waiting.value].sort((a, b) =>
    Number(isChat(a)) - Number(isChat(b))
  );
  const said = waiting.map((item) => ringTitle(item, texts)).join(". ");
  return (
    <div class="desk-rings">
      <Announcement text={said} />
      {waiting.slice(0, RINGS_SHOWN).map((item) => (
        <Ring key={item.view.id} item={item} />
      ))}
    </div>
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
        {first && (
          <p class="desk-ring-first" dir="auto" {...NOT_TRANSLATED}>{first}</p>
        )}
      </div>
      <div class="desk-ring-actions">
        {isChat(item)
          ? <ChatActions item={item} />
          : <CallActions item={item} />}
      </div>
    </section>
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
        onClick={() => desk.on({ type: "join", chat: id })}
      >
        {texts.ring.join}
      </Button>
      <Button
        icon={<X size={16} aria-hidden="true" />}
        onClick={() => desk.on({ type: "decline", contact: id })}
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
  const take = (video: boolean) => desk.on({ type: "take", call: id, video });
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
        onClick={() => desk.on({ type: "decline", contact: id })}
      >
        {texts.ring.decline}
      </Button>
    </>
  );
}

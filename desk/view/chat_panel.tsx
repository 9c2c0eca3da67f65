import { useSignal } from "@preact/signals";
import { ArrowDown } from "lucide-preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { HANDED_OVER } from "@/lib/base/causes.ts";
import { EndFollower } from "@/lib/base/end_follower.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import { Button } from "@/lib/ui/button.tsx";
import type { ChatItem } from "../desk_state.ts";
import { nameOf } from "../names.ts";
import { endReason } from "../outcome.ts";
import { timeOfDay } from "../times.ts";
import { Composer } from "./composer.tsx";
import { useDesk } from "./desk_ui.ts";
import { HandoverState, OfferedBy, OtherAgents } from "./handover_state.tsx";
import { Messages } from "./messages.tsx";

/** The list follows new messages if it is this near to its end. */
const NEAR_END_PX = 120;

export function ChatPanel({ item }: { item: ChatItem }) {
  return (
    <div class="desk-chat">
      <OfferedBy item={item} />
      <Scroller item={item} />
      <Foot item={item} />
    </div>
  );
}

/** Keeps the end in view while the agent is there, and otherwise says that
 * there is more. */
function Scroller({ item }: { item: ChatItem }) {
  const { texts, now } = useDesk();
  const ref = useRef<HTMLDivElement>(null);
  const follower = useMemo(() => new EndFollower(NEAR_END_PX), []);
  const hasNewer = useSignal(false);
  const count = item.entries.length + item.outbox.length;
  const isTyping = item.typingUntil > now.value;
  useLayoutEffect(() => {
    const list = ref.current;
    if (list === null) return;
    if (follower.follows || item.outbox.length > 0) follower.toEnd(list);
    else hasNewer.value = true;
  }, [count, isTyping]);
  useEffect(() => {
    if (ref.current === null) return;
    const list = ref.current;
    // Otherwise a window that gets smaller would hide the newest message.
    const resizes = new ResizeObserver(() => follower.resized(list));
    resizes.observe(list);
    if (list.firstElementChild) resizes.observe(list.firstElementChild);
    return () => resizes.disconnect();
  }, []);
  function onScroll(list: HTMLElement): void {
    if (follower.scrolled(list)) hasNewer.value = false;
  }
  return (
    <>
      <div
        ref={ref}
        class="desk-scroll"
        tabIndex={0}
        role="region"
        aria-label={texts.chat.messages}
        onScroll={(event) => onScroll(event.currentTarget)}
      >
        <Messages item={item} isTyping={isTyping} />
      </div>
      {hasNewer.value && (
        <Button
          size="small"
          class="desk-newest"
          icon={<ArrowDown size={14} aria-hidden="true" />}
          onClick={() => ref.current && follower.toEnd(ref.current)}
        >
          {texts.chat.newest}
        </Button>
      )}
    </>
  );
}

function Foot({ item }: { item: ChatItem }) {
  const { desk, texts } = useDesk();
  const name = nameOf(item, texts);
  const { id, state } = item.view;
  const seconds = LIMITS.resumeWithinMs / 1_000;
  if (state === "ended") {
    const reason = endReason(item, texts);
    if (item.view.cause === HANDED_OVER || item.view.offeredBy) {
      return <p class="desk-foot">{reason || texts.over.chatEnded}</p>;
    }
    return (
      <p class="desk-foot">
        {texts.over.chatEnded} {reason && `${reason} `}
        {texts.over.reload}
      </p>
    );
  }
  if (state === "ringing") {
    return (
      <div class="desk-foot">
        <p>
          {item.pending === "join"
            ? texts.chat.joining
            : fill(texts.chat.waiting, { name })}
        </p>
        {item.pending === "none" && !desk.isSignedOut.value && (
          <Button
            kind="primary"
            onClick={() => desk.dispatch({ type: "join", chat: id })}
          >
            {texts.ring.join}
          </Button>
        )}
      </div>
    );
  }
  return (
    <>
      {!item.view.here && (
        <p class="desk-foot">{fill(texts.chat.away, { name, seconds })}</p>
      )}
      <Idle item={item} />
      <OtherAgents item={item} />
      <HandoverState item={item} />
      <Composer item={item} />
    </>
  );
}

/** The end of a chat in which nobody writes, and the button that keeps it. */
function Idle({ item }: { item: ChatItem }) {
  const { desk, texts, lang, now } = useDesk();
  const { view } = item;
  const endsAt = view.state === "joined" ? view.idleEndsAt : undefined;
  return (
    <div role="status">
      {endsAt !== undefined && (
        <div class="desk-foot">
          <p>
            {fill(texts.chat.idle, {
              time: timeOfDay(endsAt, now.peek(), lang),
            })}
          </p>
          {!desk.isSignedOut.value && (
            <Button
              kind="primary"
              size="small"
              onClick={() => desk.dispatch({ type: "keep", chat: view.id })}
            >
              {texts.chat.keep}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

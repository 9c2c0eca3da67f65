import { useMemo } from "preact/hooks";
import type { Entry } from "@/lib/protocol/desk/service_messages.ts";
import { findLinks } from "@/lib/base/links.ts";
import { fill, plural } from "@/lib/i18n/fill.ts";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { type ChatItem, notReadOf } from "../desk_state.ts";
import { authorOf, blocksOf, type MessageBlock } from "../message_blocks.ts";
import { nameOf } from "../names.ts";
import { timeOfDay } from "../times.ts";
import { useDesk } from "./desk_ui.ts";

/** Messages of both sides, grouped by sender; own unsent ones are last. */
export function Messages(
  { item, isTyping }: { item: ChatItem; isTyping: boolean },
) {
  const { texts } = useDesk();
  const name = nameOf(item, texts);
  const isOver = item.view.state === "ended";
  const { entries, outbox } = item;
  const { id, offeredBy } = item.view;
  const colleague = offeredBy?.name ?? texts.handover.colleague;
  const said = useMemo( // A long chat is not rendered again for each keystroke.
    () => <Said entries={entries} names={{ visitor: name, colleague, id }} />,
    [entries, name, colleague, id],
  );
  const isEmpty = entries.length + outbox.length === 0 && !isTyping;
  return (
    <div class="desk-messages">
      {isEmpty && (
        <p class="desk-none" {...NOT_TRANSLATED}>
          {fill(texts.chat.nothing, { name })}
        </p>
      )}
      {/* Screen readers read new messages, but not the typing notice. */}
      <div class="desk-said" role="log" aria-label={texts.chat.messages}>
        <ol>{said}</ol>
      </div>
      <Delivery item={item} />
      {outbox.length > 0 && (
        <ol class="desk-outbox">
          {outbox.map(({ id, text }) => (
            <li key={id} class="desk-block desk-block-agent desk-pending">
              <Bubble text={text} />
              <p class="desk-meta">
                {isOver ? texts.chat.notSent : texts.chat.sending}
              </p>
            </li>
          ))}
        </ol>
      )}
      {isTyping && (
        <div class="desk-block desk-block-visitor">
          <p class="desk-typing">
            <span aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            <span class="hidden-label">
              {fill(texts.chat.typing, { name })}
            </span>
          </p>
        </div>
      )}
    </div>
  );
}

/** Shows whether the agent's last message was read, until the visitor
 * answers. */
function Delivery({ item }: { item: ChatItem }) {
  const { texts, lang } = useDesk();
  const last = item.entries.at(-1);
  if (last?.from !== "agent") return null;
  const isRead = item.view.visitorRead >= last.seq;
  if (!isRead && item.view.state === "ended") {
    return (
      <p class="desk-meta desk-delivery desk-not-read">
        {plural(texts.chat.notRead, notReadOf(item), lang)}
      </p>
    );
  }
  return (
    <p class="desk-meta desk-delivery">
      {isRead ? texts.chat.read : texts.chat.sent}
    </p>
  );
}

/** The other people in a chat, and its id at this desk. */
interface Names {
  visitor: string;
  colleague: string;
  id: string;
}

function Said(
  { entries, names }: { entries: readonly Entry[]; names: Names },
) {
  return (
    <>
      {blocksOf(entries).map((block) => (
        <Block key={block.entries[0]?.seq} block={block} names={names} />
      ))}
    </>
  );
}

function Block(
  { block, names }: { block: MessageBlock; names: Names },
) {
  const { texts, lang, now } = useDesk();
  const { from, entries, time } = block;
  const author = authorOf(block, names.id);
  const [{ name: writer } = {}] = author === "colleague" ? entries : [];
  const name = author === "own" ? texts.chat.you : writer ?? names[author];
  return (
    <li class={`desk-block desk-block-${from}`}>
      <span
        class={author === "colleague" ? "desk-meta" : "hidden-label"}
        {...NOT_TRANSLATED}
      >
        {name}:
      </span>
      {entries.map((entry) => <Bubble key={entry.seq} text={entry.text} />)}
      <p class="desk-meta">
        {timeOfDay(time, now.peek(), lang)}
      </p>
    </li>
  );
}

/** Plain text: HTML is shown literally. */
function Bubble({ text }: { text: string }) {
  return (
    <p class="desk-bubble" dir="auto" {...NOT_TRANSLATED}>
      {findLinks(text).map((part) =>
        part.type === "text"
          ? part.text
          : (
            <a href={part.href} target="_blank" rel="noopener noreferrer">
              {part.text}
            </a>
          )
      )}
    </p>
  );
}

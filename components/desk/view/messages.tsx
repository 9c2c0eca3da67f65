import { useMemo } from "preact/hooks";
import type { Entry } from "@/lib/protocol/desk/service_messages.ts";
import { findLinks } from "@/lib/base/links.ts";
import { fill } from "@/lib/i18n/fill.ts";
import type { ChatItem } from "../desk_state.ts";
import { nameOf } from "../names.ts";
import { timeOfDay } from "../times.ts";
import { useDesk } from "./desk_ui.ts";

/** A pause of this length begins a new block with its own time. */
const PAUSE_MS = 5 * 60_000;

/** Both sides' lines, in blocks of one side each; own unsent ones last. */
export function Messages(
  { item, isTyping }: { item: ChatItem; isTyping: boolean },
) {
  const { texts } = useDesk();
  const name = nameOf(item, texts);
  const isOver = item.view.state === "ended";
  const { entries, view: { visitorRead } } = item;
  const said = useMemo( // A long chat is not drawn again for each typed letter.
    () => <Said entries={entries} name={name} readTo={visitorRead} />,
    [entries, name, visitorRead],
  );
  if (item.entries.length + item.outbox.length === 0 && !isTyping) {
    return <p class="desk-none">{fill(texts.chat.nothing, { name })}</p>;
  }
  return (
    <ol class="desk-messages">
      {said}
      {item.outbox.map(({ id, text }) => (
        <li key={id} class="desk-block desk-block-agent desk-pending">
          <Bubble text={text} />
          <p class="desk-meta">
            {isOver ? texts.chat.notSent : texts.chat.sending}
          </p>
        </li>
      ))}
      {isTyping && (
        <li class="desk-block desk-block-visitor">
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
        </li>
      )}
    </ol>
  );
}

function Said(
  { entries, name, readTo }: {
    entries: readonly Entry[];
    name: string;
    readTo: number;
  },
) {
  const lastOwn = entries.findLast(({ from }) => from === "agent")?.seq;
  return (
    <>
      {blocks(entries).map((block) => (
        <Block
          key={block[0]?.seq}
          entries={block}
          name={name}
          lastOwn={lastOwn}
          readTo={readTo}
        />
      ))}
    </>
  );
}

function Block(
  { entries, name, lastOwn, readTo }: {
    entries: Entry[];
    name: string;
    lastOwn: number | undefined;
    readTo: number;
  },
) {
  const { texts, lang, now } = useDesk();
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return null;
  const isOwn = first.from === "agent";
  const state = readTo >= last.seq ? texts.chat.read : texts.chat.sent;
  return (
    <li class={`desk-block desk-block-${first.from}`}>
      <span class="hidden-label">{isOwn ? texts.chat.you : name}:</span>
      {entries.map((entry) => <Bubble key={entry.seq} text={entry.text} />)}
      <p class="desk-meta">
        {timeOfDay(first.time, now.peek(), lang)}
        {isOwn && last.seq === lastOwn && ` · ${state}`}
      </p>
    </li>
  );
}

/** Text only: what looks like HTML is shown as it was written. */
function Bubble({ text }: { text: string }) {
  return (
    <p class="desk-bubble" dir="auto">
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

function blocks(entries: readonly Entry[]): Entry[][] {
  const all: Entry[][] = [];
  for (const entry of entries) {
    const before = all.at(-1)?.at(-1);
    const goesOn = before?.from === entry.from &&
      entry.time - before.time < PAUSE_MS;
    if (goesOn) all.at(-1)?.push(entry);
    else all.push([entry]);
  }
  return all;
}

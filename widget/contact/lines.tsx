import type { VNode } from "preact";
import type { Model } from "../view/model.ts";
import type { NoteLine, PageChat, TranscriptLine } from "./chat_state.ts";
import type { ChatRun } from "./chat_run.ts";
import { Text } from "./text.tsx";

/** The messages of a chat, with the last one in view unless the visitor scrolls
 * up. */
export function Lines(
  { chat, run, model }: { chat: PageChat; run: ChatRun; model: Model },
) {
  const { text } = model;
  const name = chat.agent.name;
  return (
    <>
      <div
        class="scroll"
        tabIndex={0}
        aria-label={text("chatName", { name })}
        ref={run.log.box}
      >
        <div class="lines" role="log" aria-label={text("chatName", { name })}>
          {chat.lines.length === 0 && (
            <p class="note">{text("chatHello", { name })}</p>
          )}
          {chat.lines.map((line, i) => drawn(line, { chat, run, model }, i))}
        </div>
      </div>
      {!run.log.follows && run.unread > 0 && (
        <button
          type="button"
          class="action newest"
          onClick={() => run.log.toEnd()}
        >
          {text("newMessages")}
        </button>
      )}
      <p class="typing">
        {chat.agentTyping && (
          <>
            <i class="dots" aria-hidden="true" />
            {text("typing", { name: chat.typist || name })}
          </>
        )}
      </p>
    </>
  );
}

interface Around {
  chat: PageChat;
  run: ChatRun;
  model: Model;
}

/** Caches rendered lines, because chats grow long. A line is rendered again
 * only if its own text changes. */
const remembered = new WeakMap<TranscriptLine, { mark: string; node: VNode }>();

function drawn(line: TranscriptLine, around: Around, index: number): VNode {
  const { chat, model } = around;
  const status = line.type === "own" ? statusOf(line.seq, chat) : undefined;
  const last = chat.lines.findLastIndex(({ type }) => type === "own") === index;
  const isStored = status === "sent" || status === "read";
  const shown = last || !isStored ? status : undefined;
  const mark = `${shown} ${model.session.lang} ${index}`;
  const old = remembered.get(line);
  if (old?.mark === mark) return old.node;
  const node = line.type === "note"
    ? note(line, model, index)
    : said(line, shown, around);
  remembered.set(line, { mark, node });
  return node;
}

/** Status changes are silent: screen readers read only new entries of the
 * log. */
function said(
  line: Exclude<TranscriptLine, NoteLine>,
  status: Status | undefined,
  { run, model }: Around,
): VNode {
  const key = line.type === "own" ? line.id : line.seq;
  const seq = line.type === "agent" ? line.seq : undefined;
  return (
    <div class={`said ${line.type}`} key={key}>
      {line.type === "own" && <span class="hidden">{model.text("you")}:</span>}
      {line.type === "agent" && line.name && (
        <small translate={false}>{line.name}</small>
      )}
      <p dir="auto" translate={false}>
        <Text text={line.text} />
      </p>
      <small
        ref={(end) => {
          if (seq !== undefined) run.log.end(seq, end);
        }}
      >
        <Time at={line.time} lang={model.session.lang} />
        {line.type === "own" && (
          <span aria-live="off">{status && ` · ${model.text(status)}`}</span>
        )}
      </small>
    </div>
  );
}

function note(line: NoteLine, model: Model, index: number): VNode {
  return (
    <p class="note" key={`note${index}`}>
      {model.text(line.note, { name: line.name })}
    </p>
  );
}

function Time({ at, lang }: { at: number; lang: string }) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  const options: Intl.DateTimeFormatOptions = today
    ? { timeStyle: "short" }
    : { dateStyle: "short", timeStyle: "short" };
  return (
    <time dateTime={date.toISOString()}>
      {date.toLocaleString(lang, options)}
    </time>
  );
}

type Status = "sending" | "notSent" | "sent" | "read";

function statusOf(
  seq: number | undefined,
  { agentRead, state }: PageChat,
): Status {
  if (seq === undefined) return state === "over" ? "notSent" : "sending";
  return seq <= agentRead ? "read" : "sent";
}

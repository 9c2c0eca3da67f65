import type { VNode } from "preact";
import type { Model } from "../view/model.ts";
import type { Chat, Line, NoteLine } from "./chat.ts";
import { Text } from "./text.tsx";

/** The lines of a chat, the last one in sight. */
export function Lines({ chat, model }: { chat: Chat; model: Model }) {
  const { text } = model;
  const name = chat.agent.name;
  return (
    <div class="scroll" tabIndex={0} aria-label={text("chatName", { name })}>
      <div class="lines" role="log" aria-label={text("chatName", { name })}>
        {chat.lines.length === 0 && (
          <p class="note">{text("chatHello", { name })}</p>
        )}
        {chat.lines.map((line, i) =>
          drawn(line, chat, model, i)
        )}
      </div>
      <p class="typing">
        {chat.agentTyping && (
          <>
            <i class="dots" aria-hidden="true" />
            {text("typing", { name })}
          </>
        )}
      </p>
    </div>
  );
}

/** A line is drawn anew only if its own words change: chats grow long. */
const remembered = new WeakMap<Line, { mark: string; node: VNode }>();

function drawn(line: Line, chat: Chat, model: Model, index: number): VNode {
  const status = line.type === "own" ? statusOf(line.seq, chat) : undefined;
  const last = chat.lines.findLastIndex(({ type }) => type === "own") === index;
  const shown = status && (last || status === "sending") ? status : undefined;
  const mark = `${shown} ${model.session.lang} ${index}`;
  const old = remembered.get(line);
  if (old?.mark === mark) return old.node;
  const node = line.type === "note"
    ? note(line, model, index)
    : said(line, shown, model);
  remembered.set(line, { mark, node });
  return node;
}

function said(
  line: Exclude<Line, NoteLine>,
  status: "sending" | "sent" | "read" | undefined,
  model: Model,
): VNode {
  const key = line.type === "own" ? line.id : line.seq;
  return (
    <div class={`said ${line.type}`} key={key}>
      {line.type === "own" && <span class="hidden">{model.text("you")}:</span>}
      <p dir="auto">
        <Text text={line.text} />
      </p>
      <small>
        <Time at={line.time} lang={model.session.lang} />
        {status && ` · ${model.text(status)}`}
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

function statusOf(seq: number | undefined, { agentRead }: Chat) {
  if (seq === undefined) return "sending";
  return seq <= agentRead ? "read" : "sent";
}

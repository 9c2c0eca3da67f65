import { Icon } from "../view/icons.tsx";
import { isAvailable, type Model, nameOf } from "../view/model.ts";
import { addSheet } from "../view/sheets.ts";
import type { ChatRun } from "./chat_run.ts";
import css from "./notices.css" with { type: "text" };
import type { ChatNotice, Waiting } from "./queue.ts";

// For the reason in mod.tsx: the first load stays one file.
export { ContactWidget } from "../element.tsx";

// Before the rendering that shows the first notice: a call adds it too late.
addSheet(css);

/** Says when a chat ends in which nobody writes, with a button that keeps it. */
export function idleNotice(
  run: ChatRun,
  endsAt: number,
  { text, session }: Model,
): ChatNotice {
  const time = new Date(endsAt)
    .toLocaleString(session.lang, { timeStyle: "short" });
  return {
    text: text("idle", { time }),
    choices: (
      <div class="choices">
        <button
          type="button"
          class="action"
          onClick={({ currentTarget }) => {
            toField(currentTarget);
            run.dispatch({ type: "keep" });
          }}
        >
          {text("keepChat")}
        </button>
      </div>
    ),
  };
}

/** Says how long the visitor may have to wait, with what they can do instead. */
export function queueNotice(
  { place: { minutes }, kind, agent, ...waiting }: Waiting,
  { text, session, cards }: Model,
): ChatNotice {
  const time = minutes && new Intl.NumberFormat(session.lang, {
    style: "unit",
    unit: "minute",
    unitDisplay: "long",
  }).format(minutes);
  const other = cards.find((card) =>
    card.id !== agent && isAvailable(card) && card.media.includes(kind)
  );
  const message = text("leaveMessage");
  return {
    text: time ? text("queuedTime", { time }) : "",
    choices: (
      <div class="choices">
        {other && (
          <button
            type="button"
            class="action quiet"
            onClick={({ currentTarget }) => {
              toField(currentTarget);
              waiting.contact(other);
            }}
          >
            <Icon name={kind} />
            {text(NAMES[kind], { name: nameOf(other) })}
          </button>
        )}
        {message && (
          <button
            type="button"
            class="action quiet"
            onClick={({ currentTarget }) => {
              toField(currentTarget);
              waiting.message();
            }}
          >
            {message}
          </button>
        )}
        {waiting.leave && (
          <button type="button" class="action quiet" onClick={waiting.leave}>
            {text("leaveQueue")}
          </button>
        )}
      </div>
    ),
  };
}

const NAMES = {
  voice: "callName",
  video: "videoName",
  chat: "chatName",
} as const;

/** Moves the focus to the field of a chat, because the pressed button will
 * disappear. */
function toField(pressed: Element): void {
  pressed.closest(".panel")?.querySelector("textarea")
    ?.focus({ preventScroll: true });
}

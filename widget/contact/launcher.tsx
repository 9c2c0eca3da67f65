import { Avatar } from "../view/avatar.tsx";
import { Icon } from "../view/icons.tsx";
import type { Model } from "../view/model.ts";
import { clockOf } from "../call/duration.ts";
import type { CallDesk } from "../call/port.ts";
import { spokenState } from "../call/spoken.ts";
import { isRunning } from "./chat.ts";
import type { PageChat } from "./chat_state.ts";

/** The contacts behind a closed panel. */
export interface Behind {
  chat: PageChat | undefined;
  unread: number;
  /** A call that runs, or has ended without the visitor seeing it. */
  call: CallDesk | undefined;
  hangUp(): void;
}

/** The launcher while a call or chat is behind it: with whom, what it is, and
 * a button to hang up. Invitations are hidden. */
export function BusyLauncher(
  { behind, model }: { behind: Behind; model: Model },
) {
  const { call, unread } = behind;
  const { text, act } = model;
  const { id, name } = agentOf(behind);
  const connected = call?.call.state === "connected";
  const card = model.cards.find((card) => card.id === id);
  return (
    <div
      class="launch"
      popover="manual"
      data-position={model.session.options.position}
    >
      {call?.running && (
        <button
          type="button"
          class="tool end"
          aria-label={text("hangUp")}
          title={text("hangUp")}
          onClick={({ currentTarget }) => {
            const next = currentTarget.nextElementSibling;
            if (next instanceof HTMLElement) next.focus();
            behind.hangUp();
          }}
        >
          <Icon name="voice" />
        </button>
      )}
      <button
        type="button"
        class={`launcher busy${call?.running ? " live" : ""}`}
        aria-expanded="false"
        aria-haspopup="dialog"
        onClick={act.expand}
      >
        {card && <Avatar card={card} url={model.picture(card)} />}
        <Icon name={call ? "voice" : "chat"} />
        <span class="who">
          <bdi translate={false}>{name}</bdi>{" "}
          <small>
            {call ? spokenState(call.call, text) : text("chat")}{" "}
            {connected && <span aria-hidden="true">{clockOf(call.lasts)}</span>}
          </small>
        </span>
        {unread > 0 && (
          <>
            <span class="unread" aria-hidden="true">{unread}</span>
            <span class="hidden">{newsOf(behind, model)}</span>
          </>
        )}
      </button>
    </div>
  );
}

/** The same text for screen readers. */
export function spoken(behind: Behind, model: Model): string {
  const { call } = behind;
  const { name } = agentOf(behind);
  const news = newsOf(behind, model);
  return [call && `${name}: ${spokenState(call.call, model.text)}`, news]
    .filter(Boolean)
    .join(" ");
}

/** True if the launcher has something to show. */
export function isBusy({ chat, call, unread }: Behind): boolean {
  return call !== undefined || unread > 0 ||
    chat !== undefined && isRunning(chat);
}

function agentOf({ call, chat }: Behind): PageChat["agent"] {
  return call?.call.agent ?? chat?.agent ?? { id: "", name: "" };
}

function newsOf({ unread }: Behind, { text }: Model): string {
  return unread > 0 ? text("unread", { count: String(unread) }) : "";
}

import type { CallDesk } from "../call/port.ts";
import type { Behind } from "../contacts_port.ts";
import { Avatar } from "../view/avatar.tsx";
import { Icon } from "../view/icons.tsx";
import type { Model } from "../view/model.ts";
import { addSheet } from "../view/sheets.ts";
import type { ChatRun } from "./chat_run.ts";
import type { PageChat } from "./chat_state.ts";
import css from "./launcher.css" with { type: "text" };

// Loads with the first contact. For the reason in mod.tsx, the first load stays
// one file.
export { ContactWidget } from "../element.tsx";

/** The contacts that a closed panel hides. */
export interface HiddenContacts {
  run: ChatRun;
  /** A call that runs, or has ended without the visitor seeing it. */
  call: CallDesk | undefined;
  hangUp(): void;
  /** The place of a waiting chat, in words. */
  place?: string;
}

/** Renders what a closed panel shows of its contacts. */
export function behindView(contacts: HiddenContacts, model: Model): Behind {
  addSheet(css);
  return {
    launcher: <BusyLauncher behind={contacts} model={model} />,
    spoken: spoken(contacts, model),
  };
}

/** The launcher while a call or chat is behind it: with whom, what it is, and
 * a button to hang up. Invitations are hidden. */
function BusyLauncher(
  { behind, model }: { behind: HiddenContacts; model: Model },
) {
  const { call, run: { unread } } = behind;
  const { text, act } = model;
  const { id, name } = agentOf(behind);
  const { state, clock } = call?.inWords(model) ??
    { state: behind.place ?? text("chat") };
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
            {state} {clock && <span aria-hidden="true">{clock}</span>}
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
function spoken(behind: HiddenContacts, model: Model): string {
  const { call, place } = behind;
  const { name } = agentOf(behind);
  const state = call?.inWords(model).state ?? place;
  return [state && `${name}: ${state}`, newsOf(behind, model)]
    .filter(Boolean)
    .join(" ");
}

function agentOf({ call, run }: HiddenContacts): PageChat["agent"] {
  return call?.call.agent ?? run.chat?.agent ?? { id: "", name: "" };
}

function newsOf({ run: { unread } }: HiddenContacts, { text }: Model): string {
  return unread > 0 ? text("unread", { count: String(unread) }) : "";
}

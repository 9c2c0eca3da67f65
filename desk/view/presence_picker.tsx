import { PRESENCES } from "@/lib/model/presence.ts";
import { PresenceDot } from "@/lib/ui/presence_dot.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { useOwnId } from "@/lib/ui/own_id.tsx";
import type { DeskWidget } from "@/lib/protocol/admin/desk_state.ts";
import { useDesk } from "./desk_ui.ts";

/** The agent's choice of presence, and what visitors see. */
export function PresencePicker() {
  const { desk, texts, widgets, now } = useDesk();
  const name = useOwnId();
  const { choice, presence } = desk.state.value;
  const isLost = (desk.isLost.value || desk.isSignedOut.value) &&
    presence !== "offline";
  const inCall = presence === "busy" && choice !== "busy";
  const isNowhere = widgets.value.length === 0 && choice === "online";
  const isClosed = choice === "online" &&
    widgets.value.every((widget) => !isOpenAt(widget, now.value));
  const hint = isLost
    ? texts.presence.notConnected
    : isNowhere
    ? texts.widgets.none
    : inCall
    ? texts.presence.inCall
    : isClosed
    ? texts.presence.closed
    : texts.presence[`${choice}Hint`];
  return (
    <fieldset class="desk-presence" disabled={desk.isSignedOut.value}>
      <legend class="hidden-label">{texts.presence.label}</legend>
      <div class="desk-presence-options">
        {PRESENCES.map((option) => (
          <label
            key={option}
            class="desk-presence-option"
            title={texts.presence[option]}
          >
            <input
              type="radio"
              name={name}
              value={option}
              checked={option === choice}
              aria-label={texts.presence[option]}
              onChange={() =>
                desk.dispatch({ type: "choose", presence: option })}
            />
            <span aria-hidden="true">
              <PresenceDot presence={option} label={texts.presence[option]} />
            </span>
          </label>
        ))}
      </div>
      <p class="desk-presence-says">
        <strong>{texts.presence[choice]}</strong>
        <span>{hint}</span>
      </p>
      {desk.notStored.value && (
        <Banner kind="warning" live>{texts.presence.notStored}</Banner>
      )}
    </fieldset>
  );
}

/** True within the agent's opening hours. They may have changed since the
 * service computed them. */
function isOpenAt({ hours }: DeskWidget, now: number): boolean {
  if (hours === undefined) return true;
  const { open, changesAt = Infinity } = hours;
  return now < changesAt ? open : !open;
}

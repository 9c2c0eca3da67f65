import { CAUSE } from "@/lib/base/causes.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { Button } from "@/lib/ui/button.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import type { CallItem, ChatItem } from "../desk_state.ts";
import { handoverOf } from "../handover_step.ts";
import { handoverTexts } from "../names.ts";
import { useDesk } from "./desk_ui.ts";

/** The handover that the agent has started, until the agent has seen that the
 * colleague did not take the chat. */
export function HandoverState({ item }: { item: CallItem | ChatItem }) {
  const { desk, texts } = useDesk();
  const t = handoverTexts(item, texts);
  const contact = item.view.id;
  const handover = handoverOf(item);
  const isWithdrawn = handover?.state === "not-taken" &&
    handover.cause === CAUSE.normal;
  const shown = isWithdrawn ? undefined : handover;
  return (
    <div role="status">
      {shown && (
        <div class="desk-foot">
          <p {...NOT_TRANSLATED}>
            {shown.state === "offered"
              ? fill(shown.isInvite ? t.inviting : t.waiting, {
                name: shown.to,
              })
              : fill(reasonOf(shown.cause, t), { name: shown.to })}
          </p>
          {!desk.isSignedOut.value && (
            <Button
              size="small"
              onClick={() =>
                desk.dispatch({
                  type: shown.state === "offered"
                    ? "withdraw"
                    : "handover-seen",
                  contact,
                })}
            >
              {shown.state === "offered"
                ? shown.isInvite ? t.uninvite : t.withdraw
                : t.seen}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** The colleague who has handed the call or chat over, and the note. */
export function OfferedBy({ item }: { item: CallItem | ChatItem }) {
  const { texts } = useDesk();
  const { offeredBy, state } = item.view;
  if (offeredBy === undefined) return null;
  const { name: by, note, isInvite } = offeredBy;
  const { from, invitedBy } = handoverTexts(item, texts);
  return (
    <div class="desk-foot desk-offered-by">
      {(state === "joined" || state === "taken") && (
        <p {...NOT_TRANSLATED}>{fill(isInvite ? invitedBy : from, { by })}</p>
      )}
      {note && <p dir="auto" {...NOT_TRANSLATED}>{note}</p>}
    </div>
  );
}

/** The colleague who is in the chat, too. */
export function OtherAgents({ item }: { item: ChatItem }) {
  const { texts } = useDesk();
  const { view } = item;
  const [name] = view.state === "joined" ? view.others ?? [] : [];
  return (
    <div role="status">
      {name !== undefined && (
        <p class="desk-foot" {...NOT_TRANSLATED}>
          {fill(texts.handover.together, { name })}
        </p>
      )}
    </div>
  );
}

function reasonOf(
  cause: number,
  t: ReturnType<typeof handoverTexts>,
): string {
  switch (cause) {
    case CAUSE.rejected:
      return t.declined;
    case CAUSE.noAnswer:
      return t.unanswered;
    case CAUSE.busy:
      return t.busy;
    default:
      return t.unreachable;
  }
}

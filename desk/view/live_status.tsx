import { useEffect, useMemo } from "preact/hooks";
import { LeaveDialog } from "@/components/admin/leave_dialog.tsx";
import { useLeaveGuard } from "@/components/admin/leave_guard.ts";
import type { DeskTexts } from "@/lib/i18n/desk/texts.ts";
import { fill, plural } from "@/lib/i18n/fill.ts";
import type { DeskSummary } from "@/lib/protocol/admin/desk_state.ts";
import type { AlertTexts } from "../alerts.ts";
import {
  BackgroundDesk,
  deskUrl,
  type Urgency,
  urgencyOf,
} from "../background_desk.ts";
import type { Desk } from "../desk.ts";
import { goingOn } from "../desk_state.ts";
import { staysReachable } from "../stays_reachable.ts";
import { StatusLink } from "./status_link.tsx";

export interface StatusProps {
  state: DeskSummary;
  texts: DeskTexts["status"];
  alerts: Omit<AlertTexts, "title">;
  lang: string;
  /** Label of the link for screen readers. */
  label: string;
}

/** An agent's presence and contacts on a page that is not the desk. While it is
 * shown, visitors can reach the agent. */
export function LiveStatus({ state: first, alerts, ...shown }: StatusProps) {
  const background = useMemo(
    () => new BackgroundDesk({ ...alerts, title: document.title }),
    [],
  );
  useEffect(() => background.start(), []);
  const { desk } = background;
  return (
    <>
      <DeskLink desk={desk} first={first} {...shown} />
      <LeaveQuestion desk={desk} {...shown} />
    </>
  );
}

type ShownProps = Omit<StatusProps, "state" | "alerts"> & { desk: Desk };

function DeskLink(
  { desk, first, texts, lang, label }: ShownProps & { first: DeskSummary },
) {
  const { state: connection } = desk.connection.value;
  const isOpen = connection === "open";
  const isLost = desk.isLost.value || desk.isSignedOut.value;
  const state = desk.state.value;
  // Until the first welcome, and in a short outage, the last state is shown.
  const isNew = state.presence === "offline" && !isOpen && !isLost;
  const presence = isLost ? "offline" : isNew ? first.presence : state.presence;
  const urgency: Urgency = desk.isSignedOut.value
    ? { is: "none" }
    : urgencyOf(state, desk.callbackRings.value.length);
  return (
    <StatusLink
      presence={presence}
      isUrgent={urgency.is === "waiting" || urgency.is === "callbacks"}
      says={isLost
        ? texts.lost
        : says(urgency, { presence: texts[presence], texts, lang })}
      href={"contact" in urgency ? deskUrl(urgency.contact) : "/desk"}
      label={label}
    />
  );
}

function says(urgency: Urgency, { presence, texts, lang }: {
  presence: string;
  texts: StatusProps["texts"];
  lang: string;
}): string {
  if (urgency.is === "none") return presence;
  const { is, count } = urgency;
  if (is === "waiting" || is === "callbacks") {
    return fill(texts.waiting, { presence, count });
  }
  return fill(plural(texts[is], count, lang), { presence });
}

/** Asks before the last page of an agent with running chats is left. */
function LeaveQuestion({ desk, texts, lang }: ShownProps) {
  const state = desk.state.value;
  const { chats } = goingOn(state);
  const leaving = useLeaveGuard(!desk.isSignedOut.value && chats > 0, {
    isHarmless: (to) => staysReachable(state, to),
  });
  return (
    <LeaveDialog {...{ leaving, texts }}>
      {plural(texts.leaveText, chats, lang)}
    </LeaveDialog>
  );
}

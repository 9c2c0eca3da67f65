import { ANSWERED_ELSEWHERE, CAUSE } from "@/lib/base/causes.ts";
import type { DeskTexts } from "@/lib/i18n/desk/texts.ts";
import { fill } from "@/lib/i18n/fill.ts";
import type { CallItem, ChatItem } from "./desk_state.ts";
import { nameOf } from "./names.ts";
import { duration } from "./times.ts";

/** Returns the outcome in a word for the list. */
export function endText(
  item: CallItem | ChatItem,
  { over }: DeskTexts,
): string {
  const { view } = item;
  if (view.state !== "ended") return "";
  const answered = answeredAt(item);
  if (answered !== undefined) {
    return `${over.ended} · ${duration(view.endedAt - answered)}`;
  }
  if (view.cause === ANSWERED_ELSEWHERE) return over.elsewhere;
  return isMissed(item) ? over.missed : over.declined;
}

/** True if it has ended and nobody has answered or declined it. */
export function isMissed(item: CallItem | ChatItem): boolean {
  const { view } = item;
  return view.state === "ended" && view.cause !== CAUSE.rejected &&
    view.cause !== ANSWERED_ELSEWHERE && answeredAt(item) === undefined;
}

/** Returns the reason of the end in a sentence for the conversation; "" if
 * there is nothing to add. */
export function endReason(item: CallItem | ChatItem, texts: DeskTexts): string {
  const { view } = item;
  const { over } = texts;
  if (view.state !== "ended") return "";
  const name = nameOf(item, texts);
  if (view.cause === CAUSE.temporaryFailure) return over.failed;
  if (view.cause === CAUSE.idle) return over.idle;
  if (answeredAt(item) !== undefined) {
    return "here" in view && !view.here ? fill(over.away, { name }) : "";
  }
  if (view.cause === CAUSE.busy) return over.busy;
  if (view.cause === CAUSE.rejected) return over.youDeclined;
  if (view.cause === ANSWERED_ELSEWHERE) return over.byColleague;
  return fill(over.cancelled, { name });
}

/** Returns when this agent answered; undefined if they did not. */
export function answeredAt({ view }: CallItem | ChatItem): number | undefined {
  if ("joinedAt" in view) return view.joinedAt;
  return "takenAt" in view ? view.takenAt : undefined;
}

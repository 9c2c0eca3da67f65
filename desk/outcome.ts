import { ANSWERED_ELSEWHERE, CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import type { DeskTexts } from "@/lib/i18n/desk/texts.ts";
import { fill } from "@/lib/i18n/fill.ts";
import type { CallItem, ChatItem } from "./desk_state.ts";
import { handoverTexts, nameOf } from "./names.ts";
import { duration } from "./times.ts";

/** Returns the outcome in a word for the list. */
export function endText(
  item: CallItem | ChatItem,
  { over, handover }: DeskTexts,
): string {
  const { view } = item;
  if (view.state !== "ended") return "";
  const answered = answeredAt(item);
  const isHandedOver = view.cause === HANDED_OVER;
  const word = isHandedOver ? handover.over : over.ended;
  if (answered !== undefined) {
    return `${word} · ${duration(view.endedAt - answered)}`;
  }
  if (view.cause === ANSWERED_ELSEWHERE) return over.elsewhere;
  if (isHandedOver) return word;
  return isMissed(item) ? over.missed : over.declined;
}

/** True if it has ended and nobody has answered or declined it. */
export function isMissed(item: CallItem | ChatItem): boolean {
  const { view } = item;
  return view.state === "ended" && view.cause !== CAUSE.rejected &&
    view.cause !== ANSWERED_ELSEWHERE && view.cause !== HANDED_OVER &&
    answeredAt(item) === undefined;
}

/** Returns the reason of the end in a sentence for the conversation; "" if
 * there is nothing to add. */
export function endReason(item: CallItem | ChatItem, texts: DeskTexts): string {
  const { view } = item;
  const { over } = texts;
  if (view.state !== "ended") return "";
  const name = nameOf(item, texts);
  const handedOver = handoverReason(item, texts);
  if (handedOver !== undefined) return handedOver;
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

/** Returns who has the call or chat after a handover, or after one that has failed. */
function handoverReason(
  item: CallItem | ChatItem,
  texts: DeskTexts,
): string | undefined {
  const { view } = item;
  if (view.state !== "ended") return undefined;
  const handover = handoverTexts(item, texts);
  const { handedTo, offeredBy } = view;
  if (view.cause === HANDED_OVER) {
    return handedTo === undefined
      ? handover.toSomebody
      : fill(handover.to, { name: handedTo });
  }
  const isKept = offeredBy && answeredAt(item) === undefined &&
    view.cause !== CAUSE.rejected && view.cause !== CAUSE.temporaryFailure;
  if (!isKept) return undefined;
  const { kept, notNeeded } = handover;
  return fill(offeredBy.isInvite ? notNeeded : kept, { by: offeredBy.name });
}

import { CAUSE } from "@/lib/base/causes.ts";
import type { DeskTexts } from "@/lib/i18n/desk/texts.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { type CallItem, type ChatItem, isChat } from "./desk_state.ts";
import { nameOf } from "./names.ts";
import { duration } from "./times.ts";

/** Returns the outcome in a word for the list. */
export function endText(
  { view }: CallItem | ChatItem,
  { over }: DeskTexts,
): string {
  if (view.state !== "ended") return "";
  const answered = "joinedAt" in view
    ? view.joinedAt
    : "takenAt" in view
    ? view.takenAt
    : undefined;
  if (answered !== undefined) {
    return `${over.ended} · ${duration(view.endedAt - answered)}`;
  }
  return view.cause === CAUSE.rejected ? over.declined : over.missed;
}

/** Returns the reason of the end in a sentence for the conversation; "" if
 * there is nothing to add. */
export function endReason(item: CallItem | ChatItem, texts: DeskTexts): string {
  const { view } = item;
  const { over } = texts;
  if (view.state !== "ended") return "";
  const name = nameOf(item, texts);
  const isAnswered = isChat(item)
    ? "joinedAt" in view && view.joinedAt !== undefined
    : "takenAt" in view && view.takenAt !== undefined;
  if (view.cause === CAUSE.temporaryFailure) return over.failed;
  if (isAnswered) {
    return "here" in view && !view.here ? fill(over.away, { name }) : "";
  }
  if (view.cause === CAUSE.busy) return over.busy;
  if (view.cause === CAUSE.rejected) return over.youDeclined;
  return fill(over.cancelled, { name });
}

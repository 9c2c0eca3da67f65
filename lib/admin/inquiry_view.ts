import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { InquiryView } from "@/lib/protocol/admin/inquiries.ts";

/** Returns a message as the pages show it. */
export function viewOf(inquiry: Inquiry): InquiryView {
  const { id: _, ...shown } = inquiry;
  return { ...shown, revision: revisionOf(inquiry) };
}

/**
 * Returns the revision that a change of a message names. It changes with all that
 * people do, but not when a callback begins to ring or waits for its next try:
 * nobody who has the message open should be told to look again because of that.
 */
export function revisionOf(
  { state, assignee, notes, callback }: Inquiry,
): string {
  const isTaken = callback?.call?.state === "taken" ? "taken" : "free";
  return [state, assignee?.id ?? "", notes.length, isTaken].join(" ");
}

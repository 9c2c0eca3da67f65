import * as v from "valibot";
import { Callback } from "@/lib/model/callback.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import { dueKeyOf, slotOf } from "./callback_slots.ts";
import { inquiryKey as key } from "./inquiry_keys.ts";
import { deleteMail } from "./mail_store.ts";
import type { StoreCommit } from "./store_engine.ts";
import { tolerant } from "./unknown_members.ts";

/** Adds the writing of an inquiry and its pointers to a commit; `before` is its
 * stored state. */
export function setInquiry(
  commit: StoreCommit,
  inquiry: Inquiry,
  before?: Inquiry,
): StoreCommit {
  const { number, widget, id, state } = inquiry;
  commit.set(key.one(number), inquiry)
    .set(key.byId(widget, id), number)
    .set(key.byTime.at(inquiry), 1);
  const slot = slotOf(inquiry);
  if (slot !== undefined) commit.set(slot, number);
  const due = dueKeyOf(inquiry);
  const old = before && dueKeyOf(before);
  if (due !== undefined) commit.set(due, 1);
  if (old !== undefined && old.join() !== due?.join()) commit.delete(old);
  const open = key.open.at(inquiry);
  return state === "open" ? commit.set(open, 1) : commit.delete(open);
}

/** The members by which an inquiry is found, even if another is unreadable. */
export const PointedInquiry = v.object({
  widget: v.string(),
  id: v.string(),
  callback: v.fallback(v.optional(tolerant(Callback)), undefined),
});

/** Adds the deletion of an inquiry and its pointers to a commit. */
export function deleteInquiry(
  commit: StoreCommit,
  { widget, id, callback, ...place }:
    & Pick<Inquiry, "at" | "number">
    & Partial<v.InferOutput<typeof PointedInquiry>>,
): void {
  const slot = slotOf({
    ...widget === undefined ? {} : { widget },
    ...callback && { callback },
  });
  if (slot !== undefined) commit.delete(slot);
  const due = dueKeyOf({ number: place.number, ...callback && { callback } });
  if (due !== undefined) commit.delete(due);
  commit.delete(key.one(place.number))
    .delete(key.byTime.at(place))
    .delete(key.open.at(place));
  deleteMail(commit, place.number);
  if (widget !== undefined && id !== undefined) {
    commit.delete(key.byId(widget, id));
  }
}

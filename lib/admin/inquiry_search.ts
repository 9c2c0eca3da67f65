import * as v from "valibot";
import { phoneOf } from "@/lib/base/reply_address.ts";
import { type Inquiry, InquiryNumber } from "@/lib/model/inquiry.ts";
import type { InquiryKind } from "@/lib/protocol/admin/inquiries.ts";

/** True for the messages that a filter includes. */
export type Fits = (inquiry: Inquiry) => boolean;

/** Returns the reference number that a text is, as people write it after a call:
 * `7kq4 2xhd`. */
export function numberOf(text: string): InquiryNumber | undefined {
  const plain = text.replace(/[\s-]/g, "").toUpperCase();
  const number = `${plain.slice(0, 4)}-${plain.slice(4)}`;
  return v.is(InquiryNumber, number) ? number : undefined;
}

/** Returns a search for a part of a text, or of a telephone number, which people
 * group in different ways, and write with or without its country. */
export function textSearch(text: string): Fits {
  const part = text.trim().toLowerCase();
  const digits = ungrouped(part).replace(/^(\+|0+)/, "");
  const isPhone = /^\d{5,}$/.test(digits);
  return (inquiry) =>
    textOf(inquiry).toLowerCase().includes(part) ||
    isPhone && ungrouped(phoneOf(inquiry.reply)).includes(digits);
}

function ungrouped(phone: string): string {
  return phone.replace(/[ ()/.-]/g, "");
}

/** Returns the kind of a message. */
export function kindOf({ callback }: Inquiry): InquiryKind {
  return callback === undefined ? "message" : "callback";
}

/** Returns the text in which a search looks. */
function textOf({ number, name, reply, text, notes }: Inquiry): string {
  return [number, name, reply, text, ...notes.map((note) => note.text)]
    .join("\n");
}

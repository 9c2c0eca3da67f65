import { replyKind } from "@/lib/base/reply_address.ts";
import type { Callback } from "@/lib/model/callback.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { Letter } from "./smtp.ts";

/** Returns the e-mail about a message, in English as the log is. */
export function letterOf(
  inquiry: Inquiry,
  { to, widget, publicUrl, timeZone }: {
    to: string;
    /** The time zone of the widget's opening hours. */
    timeZone: string;
    /** Name of the widget. */
    widget: string;
    publicUrl: string;
  },
): Letter {
  const { number, name, reply, address, page, lang, callback } = inquiry;
  const query = new URLSearchParams({ text: number });
  const facts = [
    ["From", name],
    callback ? ["Call", reply] : ["Reply to", reply],
    ["Due", callback === undefined ? "" : dueText(callback, timeZone)],
    ["For", address],
    ["Widget", widget],
    ["Language", lang],
    ["Page", page?.url ?? ""],
    ["Messages", publicUrl && `${publicUrl}/messages?${query}`],
  ].filter(([, value]) => value !== "")
    .map(([label, value]) => `${label}: ${value}`);
  return {
    to,
    subject: `${callback ? "Callback" : "Message"} ${number}${
      name && ` from ${name}`
    }`,
    text: [inquiry.text, "", "-- ", ...facts, ""].join("\n"),
    messageId: `<${number}.${inquiry.at}@contact-widgets>`,
    // Only what an employee sends goes to the address that a visitor has typed.
    ...replyKind(reply) === "email" && { replyTo: { name, address: reply } },
  };
}

/** Returns when the visitor wants to be called: `2030-01-07 09:00 – 09:30
 * (Europe/Berlin)`. */
function dueText({ from, to }: Callback, timeZone: string): string {
  const at = (time: number) =>
    new Date(time).toLocaleString("sv", {
      dateStyle: "short",
      timeStyle: "short",
      timeZone,
    });
  const end = to === undefined ? "" : ` – ${at(to).slice(-"09:30".length)}`;
  const soon = to === undefined ? "as soon as possible, from " : "";
  return `${soon}${at(from)}${end} (${timeZone})`;
}

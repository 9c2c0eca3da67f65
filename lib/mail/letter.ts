import { replyKind } from "@/lib/base/reply_address.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { Letter } from "./smtp.ts";

/** Returns the e-mail about a message, in English as the log is. */
export function letterOf(
  inquiry: Inquiry,
  { to, widget, publicUrl }: {
    to: string;
    /** Name of the widget. */
    widget: string;
    publicUrl: string;
  },
): Letter {
  const { number, name, reply, address, page, lang } = inquiry;
  const query = new URLSearchParams({ text: number });
  const facts = [
    ["From", name],
    ["Reply to", reply],
    ["For", address],
    ["Widget", widget],
    ["Language", lang],
    ["Page", page?.url ?? ""],
    ["Messages", publicUrl && `${publicUrl}/messages?${query}`],
  ].filter(([, value]) => value !== "")
    .map(([label, value]) => `${label}: ${value}`);
  return {
    to,
    subject: `Message ${number}${name && ` from ${name}`}`,
    text: [inquiry.text, "", "-- ", ...facts, ""].join("\n"),
    messageId: `<${number}.${inquiry.at}@contact-widgets>`,
    // Only what an employee sends goes to the address that a visitor has typed.
    ...replyKind(reply) === "email" && { replyTo: { name, address: reply } },
  };
}

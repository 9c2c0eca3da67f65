import type { OfferedBy } from "@/lib/contact/ports.ts";
import { textToHtml } from "./html.ts";

/** Maximum number of earlier messages that an agent of the PBX gets with a chat
 * that is handed over. */
export const OFFER_ENTRIES_MAX = 30;

// A PBX client shows only messages, so an agent there learns from one who hands
// the chat over. It is in the language of the visitor's widget, or in English.
const TEXTS = {
  en: { by: "{name} hands this chat over to you.", note: "Note", own: "Agent" },
  de: {
    by: "{name} übergibt Ihnen diesen Chat.",
    note: "Notiz",
    own: "Ansprechpartner",
  },
} as const;

/** Returns the HTML that says who hands the chat over, with the note. */
export function offerNotice(lang: string, { name, note }: OfferedBy): string {
  const { by, note: label } = textsOf(lang);
  const text = by.replace("{name}", () => name);
  const all = note === "" ? text : `${text}\n${label}: ${note}`;
  return `<i>${textToHtml(all)}</i>`;
}

/** Returns the HTML of a message that a previous agent has written. */
export function previousAgent(lang: string, text: string): string {
  return `<i>${textToHtml(`${textsOf(lang).own}: ${text}`)}</i>`;
}

function textsOf(lang: string) {
  return TEXTS[lang.startsWith("de") ? "de" : "en"];
}

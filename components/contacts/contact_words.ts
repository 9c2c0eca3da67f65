import { CAUSE } from "@/lib/base/causes.ts";
import { fill, plural } from "@/lib/i18n/fill.ts";
import type { ContactView } from "@/lib/protocol/admin/contacts.ts";
import type { Language } from "../admin/language.tsx";

/** Describes how a contact ended. */
export function outcomeText(contact: ContactView, language: Language): string {
  const { texts: { contacts: texts }, lang } = language;
  if (contact.answeredAt !== undefined) {
    const time = durationText(contact.endedAt - contact.answeredAt);
    const answered = fill(texts.answered, { time });
    if (contact.media !== "chat") return answered;
    const messages = plural(texts.messages, contact.messages, lang);
    const idle = contact.cause === CAUSE.idle ? [texts.idle] : [];
    return [answered, messages, ...idle].join(" · ");
  }
  switch (contact.cause) {
    case CAUSE.normal:
      return texts.givenUp;
    case CAUSE.busy:
      return texts.busy;
    case CAUSE.rejected:
      return texts.declined;
    case CAUSE.noResponse:
    case CAUSE.noAnswer:
      return texts.noAnswer;
    default:
      return fill(texts.notReached, { cause: contact.cause });
  }
}

/** Formats a duration in ms: `0:07`, `1:02:03`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const tail = two(seconds % 60);
  return h > 0 ? `${h}:${two(m)}:${tail}` : `${m}:${tail}`;
}

/** Formats a date and a time in the reader's language. */
export function momentText(
  at: number,
  { lang, zone: timeZone }: { lang: string; zone: string },
): string {
  return new Date(at)
    .toLocaleString(lang, {
      dateStyle: "medium",
      timeStyle: "short",
      timeZone,
    });
}

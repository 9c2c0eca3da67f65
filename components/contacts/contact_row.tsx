import { MessageSquare, Phone, Video } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import type { ContactView } from "@/lib/protocol/admin/contacts.ts";
import { Button } from "@/lib/ui/button.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import { momentText, outcomeText } from "./contact_words.ts";
import type { Names } from "./names.ts";

const ICONS = { voice: Phone, video: Video, chat: MessageSquare };

/** One contact: time, medium, agent, widget and outcome. */
export function ContactRow({ contact, names, zone, onOpen }: {
  contact: ContactView;
  names: Names;
  zone: string;
  /** Absent if it is open already. */
  onOpen?: () => void;
}) {
  const language = useLanguage();
  const { texts: { contacts: texts }, lang } = language;
  const time = momentText(contact.endedAt, { lang, zone });
  const Icon = ICONS[contact.media];
  return (
    <li class="contact" data-answered={contact.answeredAt !== undefined}>
      <time dateTime={new Date(contact.endedAt).toISOString()}>{time}</time>
      <span class="contact-media" title={texts[contact.media]}>
        <Icon size={16} aria-hidden="true" />
        <span class="hidden-label">{texts[contact.media]}</span>
      </span>
      <div class="contact-who">
        <b>
          <bdi>{names.agent(contact.address)}</bdi>
        </b>
        <HandedTo contact={contact} names={names} />
        <span class="soft">
          <bdi>{names.widget(contact.widget) ?? texts.deletedWidget}</bdi>
        </span>
      </div>
      <span class="contact-outcome">{outcomeText(contact, language)}</span>
      {onOpen && (
        <Button
          size="small"
          kind="quiet"
          aria-label={fill(texts.viewLabel, { time })}
          onClick={onOpen}
        >
          {texts.viewShort}
        </Button>
      )}
    </li>
  );
}

/** The last agent to whom the chat was handed over, or who was invited. */
function HandedTo({ contact, names }: { contact: ContactView; names: Names }) {
  const { texts: { contacts: texts } } = useLanguage();
  if (contact.handovers === undefined) return null;
  const { to: last = "", invited } = contact.handovers.at(-1) ?? {};
  const text = invited ? texts.withGuest : texts.handedTo;
  return (
    <span class="soft">
      <bdi>{fill(text, { name: names.agent(last) })}</bdi>
    </span>
  );
}

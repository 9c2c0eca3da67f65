import { Phone } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import type {
  InquiryListName,
  InquiryView,
} from "@/lib/protocol/admin/inquiries.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Badge } from "@/lib/ui/notices.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import { momentText } from "../contacts/contact_words.ts";
import { callbackText } from "./callback_text.ts";
import type { Names } from "../contacts/names.ts";

/** One message: time, visitor, the beginning of the text, for whom, and who takes
 * care of it. */
export function MessageRow({ message, list, names, zone, onOpen }: {
  message: InquiryView;
  /** The list that the page shows. */
  list: InquiryListName;
  names: Names;
  zone: string;
  onOpen: () => void;
}) {
  const { texts: { messages: texts }, lang } = useLanguage();
  const { number, at, assignee, state, callback } = message;
  const name = message.name || message.reply;
  return (
    <li class="message">
      <time dateTime={new Date(at).toISOString()}>
        {momentText(at, { lang, zone })}
      </time>
      <div class="message-who">
        <b>
          <bdi>{name}</bdi>
        </b>
        {callback && (
          <span class="message-callback">
            <Phone size={14} aria-hidden="true" /> {texts.callback}
            {": "}
            {callbackText(callback, { texts, lang, zone })}
          </span>
        )}
        <p class="message-start" dir="auto">{message.text}</p>
        <span class="soft">
          <bdi>{addressee(message, names) ?? texts.nobody}</bdi>
          {" · "}
          <bdi>{names.widget(message.widget) ?? texts.deletedWidget}</bdi>
          {" · "}
          <span dir="ltr">{number}</span>
        </span>
      </div>
      <span class="message-assignee">
        {state === "done" && list !== "done" && <Badge>{texts.done}</Badge>}
        {assignee && (
          <Badge tone="accent">
            {fill(texts.assigned, { name: assignee.name })}
          </Badge>
        )}
      </span>
      <Button
        size="small"
        kind="quiet"
        aria-label={fill(texts.viewLabel, { number, name })}
        onClick={onOpen}
      >
        {texts.viewShort}
      </Button>
    </li>
  );
}

/** Returns the name of the agent to whom the visitor wrote, if there is one. */
export function addressee(
  { address }: InquiryView,
  names: Names,
): string | undefined {
  return address === "" ? undefined : names.agent(address);
}

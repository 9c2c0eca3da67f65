import { NOTE_LENGTH_MAX } from "@/lib/model/inquiry.ts";
import { Button } from "@/lib/ui/button.tsx";
import { isTooLong } from "@/lib/ui/limit.tsx";
import { TextArea } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import { momentText } from "../contacts/contact_words.ts";
import type { MessageProps } from "./message_props.ts";

/** The notes of colleagues, oldest first, and a field for a new one. */
export function Notes({ list, message, zone }: MessageProps) {
  const { texts: { messages: texts }, lang } = useLanguage();
  const draft = list.drafts.value[message.number] ?? "";
  const canAdd = draft.trim() !== "" && !isTooLong(draft, NOTE_LENGTH_MAX);
  return (
    <section class="message-notes" aria-labelledby="message-notes">
      <h3 id="message-notes">{texts.notes}</h3>
      {message.notes.length > 0 && (
        <ul>
          {message.notes.map(({ at, by, text }) => (
            <li key={`${at} ${text}`}>
              <p dir="auto">{text}</p>
              <small class="soft">
                <bdi>{by.name}</bdi> · {momentText(at, { lang, zone })}
              </small>
            </li>
          ))}
        </ul>
      )}
      <TextArea
        label={texts.note}
        hint={texts.noteHint}
        limit={NOTE_LENGTH_MAX}
        value={draft}
        onText={(note) => list.write(note)}
      />
      <Button
        disabled={!canAdd || list.isBusy.value}
        onClick={() => void list.addNote()}
      >
        {texts.addNote}
      </Button>
    </section>
  );
}

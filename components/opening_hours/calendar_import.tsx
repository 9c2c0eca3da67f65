import { useRef, useState } from "preact/hooks";
import { CalendarPlus } from "lucide-preact";
import { fill, plural } from "@/lib/i18n/fill.ts";
import type { HoursException } from "@/lib/model/hours.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Checkbox } from "@/lib/ui/choice.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { FieldError } from "@/lib/ui/field.tsx";
import { type Language, useLanguage } from "../admin/language.tsx";
import {
  type CalendarDays,
  isTooBig,
  type NotACalendar,
} from "./calendar_days.ts";
import { localDay } from "./hours_edits.ts";
import { dateText } from "./words.ts";

/** Imports days off from a calendar file, after a preview. `room` is the number
 * of exceptions that can be added. */
export function CalendarImport({ room, onTake }: {
  room: number;
  onTake: (exceptions: HoursException[]) => void;
}) {
  const { texts: { hours: words } } = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [days, show] = useState<CalendarDays>();
  const [failure, fail] = useState<NotACalendar["reason"]>();
  async function read(file: File | undefined): Promise<void> {
    fail(undefined);
    if (file === undefined) return;
    if (isTooBig(file.size)) return fail("too-big");
    const result = await Promise.all([
      import("./calendar_file.ts"), // It is rare, and its library is large.
      file.text(),
    ]).then(([{ readCalendar }, text]) => readCalendar(text, localDay()))
      .catch(() => undefined); // The file was removed meanwhile.
    if (result?.ok) show(result.value);
    else fail(result?.error.reason ?? "unreadable");
  }
  return (
    <>
      <input
        ref={input}
        hidden
        type="file"
        accept=".ics,text/calendar"
        aria-label={words.importFile}
        onChange={({ currentTarget }) => {
          read(currentTarget.files?.[0]);
          currentTarget.value = ""; // The same file can be chosen again.
        }}
      />
      <Button
        icon={<CalendarPlus size={16} aria-hidden="true" />}
        disabled={room <= 0}
        onClick={() => input.current?.click()}
      >
        {words.importFile}
      </Button>
      {failure && (
        <FieldError role="alert">{words.importFailed[failure]}</FieldError>
      )}
      {days && (
        <ImportDialog
          days={days}
          room={room}
          onClose={() => show(undefined)}
          onTake={(found) => {
            onTake(found);
            show(undefined);
          }}
        />
      )}
    </>
  );
}

function ImportDialog({ days, room, onTake, onClose }: {
  days: CalendarDays;
  room: number;
  onTake: (exceptions: HoursException[]) => void;
  onClose: () => void;
}) {
  const language = useLanguage();
  const { texts: { hours: words, common }, lang } = language;
  const [left, leave] = useState(new Set<number>());
  const chosen = days.found.filter((_, place) => !left.has(place));
  const isTooMany = chosen.length > room;
  function toggle(place: number, on: boolean): void {
    const next = new Set(left);
    if (on) next.delete(place);
    else next.add(place);
    leave(next);
  }
  return (
    <Dialog
      title={words.importTitle}
      closeLabel={common.close}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            kind="primary"
            disabled={chosen.length === 0 || isTooMany}
            onClick={() => onTake(chosen)}
          >
            {plural(words.importTake, chosen.length, lang)}
          </Button>
        </>
      }
    >
      <p>{days.found.length === 0 ? words.importNothing : words.importLead}</p>
      <LeftOut days={days} />
      {isTooMany && (
        <FieldError role="alert">
          {fill(words.importTooMany, { max: room })}
        </FieldError>
      )}
      <ul class="import-list">
        {days.found.map((one, place) => (
          <li key={place}>
            <Checkbox
              label={labelOf(one, language)}
              checked={!left.has(place)}
              onToggle={(on) => toggle(place, on)}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Says how many events are not in the list, and why. */
function LeftOut({ days }: { days: CalendarDays }) {
  const { texts: { hours: words }, lang } = useLanguage();
  return (
    <>
      {days.timed > 0 && (
        <p class="hint">{plural(words.importTimed, days.timed, lang)}</p>
      )}
      {days.past > 0 && (
        <p class="hint">{plural(words.importPast, days.past, lang)}</p>
      )}
      {days.unread > 0 && (
        <p class="hint">{plural(words.importUnread, days.unread, lang)}</p>
      )}
    </>
  );
}

function labelOf(
  { name, from, to, yearly }: HoursException,
  { texts: { hours: words }, lang }: Language,
): string {
  const first = dateText(from, lang, yearly);
  const days = from === to ? first : `${first} – ${dateText(to, lang, yearly)}`;
  const date = yearly ? fill(words.everyYear, { date: days }) : days;
  return name === "" ? date : `${name}: ${date}`;
}

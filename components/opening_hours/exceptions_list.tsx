import { Plus, Trash2 } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import type { HoursException } from "@/lib/model/hours.ts";
import { EXCEPTIONS_MAX } from "@/lib/model/hours.ts";
import { Button, IconButton } from "@/lib/ui/button.tsx";
import { Checkbox, Select } from "@/lib/ui/choice.tsx";
import { Field, FieldError } from "@/lib/ui/field.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { errorAt } from "../widget_editor/editing.ts";
import { type Problems, problemsAt } from "../widget_editor/problems.ts";
import { CalendarImport } from "./calendar_import.tsx";
import {
  localDay,
  newException,
  withExceptions,
  withNextInterval,
} from "./hours_edits.ts";
import { IntervalsField } from "./intervals_field.tsx";

export interface ExceptionsListProps {
  exceptions: readonly HoursException[];
  /** Errors by path in `exceptions`. */
  problems: Problems;
  onExceptions: (exceptions: HoursException[]) => void;
}

/** Holidays, and days with other opening times. */
export function ExceptionsList(props: ExceptionsListProps) {
  const { exceptions, problems, onExceptions } = props;
  const { texts } = useLanguage();
  const { hours: words } = texts;
  const error = errorAt(problems, "", texts);
  const isFull = exceptions.length >= EXCEPTIONS_MAX;
  return (
    <section class="exceptions">
      <h3 class="section-title">{words.exceptions}</h3>
      <p class="hint">{words.exceptionsHint}</p>
      <ol class="exception-list">
        {exceptions.map((exception, place) => (
          <li key={place}>
            <ExceptionRow
              exception={exception}
              place={place}
              problems={problemsAt(problems, String(place))}
              onException={(next) => onExceptions(exceptions.with(place, next))}
              onRemove={() => onExceptions(exceptions.toSpliced(place, 1))}
            />
          </li>
        ))}
      </ol>
      {error && <FieldError>{error}</FieldError>}
      {isFull && <p class="hint">{fill(words.full, { max: EXCEPTIONS_MAX })}
      </p>}
      <div class="button-row">
        <Button
          icon={<Plus size={16} aria-hidden="true" />}
          disabled={isFull}
          onClick={() =>
            onExceptions([...exceptions, newException(localDay())])}
        >
          {words.addException}
        </Button>
        <CalendarImport
          room={EXCEPTIONS_MAX - exceptions.length}
          onTake={(found) => onExceptions(withExceptions(exceptions, found))}
        />
      </div>
    </section>
  );
}

function ExceptionRow({ exception, place, problems, ...on }: {
  exception: HoursException;
  place: number;
  problems: Problems;
  onException: (exception: HoursException) => void;
  onRemove: () => void;
}) {
  const { texts } = useLanguage();
  const { hours: words } = texts;
  const { name, yearly, intervals } = exception;
  const label = name || fill(words.exceptionNumber, { place: place + 1 });
  const change = (part: Partial<HoursException>) =>
    on.onException({ ...exception, ...part });
  return (
    <div class="exception" role="group" aria-label={label}>
      <TextInput
        label={words.exceptionName}
        placeholder={words.exceptionPlaceholder}
        limit={60}
        value={name}
        error={errorAt(problems, "name", texts)}
        onText={(name) => change({ name })}
      />
      <DateField
        label={words.firstDay}
        value={exception.from}
        error={errorAt(problems, "from", texts)}
        onDate={(from) => change(withFirstDay(exception, from))}
      />
      <DateField
        label={words.lastDay}
        value={exception.to}
        error={errorAt(problems, "to", texts)}
        onDate={(to) => change({ to })}
      />
      <KindChoice
        isClosed={intervals.length === 0}
        onChoose={(isClosed) =>
          change({ intervals: isClosed ? [] : withNextInterval([]) })}
      />
      <ExceptionFoot
        label={label}
        yearly={yearly}
        onYearly={(yearly) => change({ yearly })}
        onRemove={on.onRemove}
      />
      {intervals.length > 0 && (
        <div class="exception-times">
          <IntervalsField
            intervals={intervals}
            name={label}
            problems={problemsAt(problems, "intervals")}
            onIntervals={(intervals) => change({ intervals })}
          />
        </div>
      )}
    </div>
  );
}

function KindChoice({ isClosed, onChoose }: {
  isClosed: boolean;
  onChoose: (isClosed: boolean) => void;
}) {
  const { texts: { hours: words } } = useLanguage();
  return (
    <Select
      label={words.exceptionKind}
      value={isClosed ? "closed" : "other"}
      options={[
        { value: "closed", label: words.closed },
        { value: "other", label: words.otherHours },
      ]}
      onChoose={(kind) => onChoose(kind === "closed")}
    />
  );
}

function ExceptionFoot({ label, yearly, ...on }: {
  label: string;
  yearly: boolean;
  onYearly: (yearly: boolean) => void;
  onRemove: () => void;
}) {
  const { texts: { hours: words } } = useLanguage();
  return (
    <div class="exception-foot">
      <Checkbox
        label={words.yearly}
        checked={yearly}
        onToggle={on.onYearly}
      />
      <IconButton
        kind="danger"
        label={fill(words.removeException, { name: label })}
        onClick={on.onRemove}
      >
        <Trash2 size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function DateField({ label, value, error, onDate }: {
  label: string;
  value: string;
  error: string | undefined;
  onDate: (date: string) => void;
}) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <input
          {...control}
          class="input"
          type="date"
          required
          value={value}
          onInput={(event) => onDate(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** The last day moves with the first, so that a new day needs one entry. */
function withFirstDay(
  { from, to, yearly }: HoursException,
  first: string,
): Partial<HoursException> {
  const moves = to === from || !yearly && first > to;
  return { from: first, ...(moves && { to: first }) };
}

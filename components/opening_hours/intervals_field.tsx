import { Plus, X } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import type { OpeningTime } from "@/lib/model/hours.ts";
import { Button, IconButton } from "@/lib/ui/button.tsx";
import { FieldError } from "@/lib/ui/field.tsx";
import { useOwnId } from "@/lib/ui/own_id.tsx";
import { useLanguage } from "../admin/language.tsx";
import { errorAt } from "../widget_editor/editing.ts";
import { type Problems, problemsBelow } from "../widget_editor/problems.ts";
import { canAdd, endsNextDay, withNextInterval } from "./hours_edits.ts";

export interface IntervalsFieldProps {
  intervals: readonly OpeningTime[];
  /** The day or the exception, for the labels of the fields. */
  name: string;
  /** Errors by path in `intervals`; "" is the whole. */
  problems: Problems;
  onIntervals: (intervals: OpeningTime[]) => void;
}

/** The opening times of one day, or of one exception. */
export function IntervalsField(props: IntervalsFieldProps) {
  const { intervals, name, problems, onIntervals } = props;
  const { texts } = useLanguage();
  const { hours: words } = texts;
  const error = errorAt(problems, "", texts);
  return (
    <div class="intervals">
      {intervals.length === 0 && <span class="soft">{words.closed}</span>}
      {intervals.map((interval, place) => (
        <IntervalRow
          key={place}
          interval={interval}
          name={name}
          place={place}
          problems={problemsBelow(problems, String(place))}
          onInterval={(next) => onIntervals(intervals.with(place, next))}
          onRemove={() => onIntervals(intervals.toSpliced(place, 1))}
        />
      ))}
      {canAdd(intervals) && (
        <Button
          kind="quiet"
          size="small"
          icon={<Plus size={14} aria-hidden="true" />}
          aria-label={fill(words.addTimeLabel, { name })}
          onClick={() => onIntervals(withNextInterval(intervals))}
        >
          {words.addTime}
        </Button>
      )}
      {error && <FieldError>{error}</FieldError>}
    </div>
  );
}

function IntervalRow({ interval, name, place, problems, ...on }: {
  interval: OpeningTime;
  name: string;
  place: number;
  problems: Problems;
  onInterval: (interval: OpeningTime) => void;
  onRemove: () => void;
}) {
  const { texts } = useLanguage();
  const { hours: words } = texts;
  const id = useOwnId();
  const values = { name, place: place + 1 };
  const error = errorAt(problems, "from", texts) ??
    errorAt(problems, "to", texts);
  const time = (member: "from" | "to", label: string) => (
    <input
      class="input time-input"
      type="time"
      required
      aria-label={fill(label, values)}
      aria-invalid={problems[member] === undefined ? undefined : "true"}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      value={interval[member]}
      onInput={(event) =>
        on.onInterval({
          ...interval,
          [member]: event.currentTarget.value.slice(0, "09:00".length),
        })}
    />
  );
  return (
    <div class="interval">
      {time("from", words.fromLabel)}
      <span aria-hidden="true">–</span>
      {time("to", words.toLabel)}
      <IconButton
        label={fill(words.removeTime, values)}
        onClick={on.onRemove}
      >
        <X size={14} aria-hidden="true" />
      </IconButton>
      {endsNextDay(interval) && (
        <span class="soft next-day">
          {interval.from === interval.to ? words.wholeDay : words.nextDay}
        </span>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

import { assertNever } from "@/lib/base/assert_never.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { Subject } from "@/lib/model/tally.ts";
import type { WidgetUuid } from "@/lib/model/widget.ts";
import {
  type CallbackOutcome,
  type CountName,
  namedCause,
  QUEUE_SECONDS,
  waitClass,
} from "./names.ts";

/** A counted event of a widget. */
export type Happening =
  /** A page began to show it. */
  | { type: "shown"; widget: WidgetUuid }
  /** The visitor opened it; once per visit. */
  | { type: "opened"; widget: WidgetUuid }
  /** A visitor's message is stored. Without an agent, it is for the company. */
  | { type: "left"; widget: WidgetUuid; agent?: string; isCallback?: boolean }
  /** An agent took a callback, or it does not ring any more. */
  | {
    type: "callback";
    outcome: Exclude<CallbackOutcome, "asked">;
    widget: WidgetUuid;
    agent?: string;
  }
  /** A call or chat has left the queue of a team. */
  | {
    type: "queued";
    widget: WidgetUuid;
    agent: string;
    waitMs: number;
    isAnswered: boolean;
  }
  /** A call or chat has ended, and its record is stored. */
  | { type: "ended"; record: ContactRecord };

/** The counts of one event, and the subjects that they belong to. */
export interface Counted {
  /** Start of the event, in ms since 1970. */
  at: number;
  subjects: readonly Subject[];
  counts: readonly (readonly [CountName, number])[];
}

/** Converts an event to counts, without the visitor's identity. */
export function countedOf(happening: Happening, now: number): Counted {
  switch (happening.type) {
    case "shown":
    case "opened": {
      const { type, widget } = happening;
      return { at: now, subjects: [{}, { widget }], counts: [[type, 1]] };
    }
    case "left":
    case "callback":
    case "queued": {
      const { widget, agent } = happening;
      const subjects = [{}, { widget }, ...ofAgent(widget, agent)];
      return { at: now, subjects, counts: countsOf(happening) };
    }
    case "ended":
      return ended(happening.record);
    default:
      return assertNever(happening);
  }
}

function countsOf(
  happening: Extract<Happening, { type: "left" | "callback" | "queued" }>,
): [CountName, number][] {
  switch (happening.type) {
    case "left":
      return happening.isCallback
        ? [["messages", 1], ["callbacks.asked", 1]]
        : [["messages", 1]];
    case "callback":
      return [[`callbacks.${happening.outcome}`, 1]];
    case "queued": {
      const { waitMs, isAnswered } = happening;
      const name = `queue.wait.${waitClass(waitMs, QUEUE_SECONDS)}` as const;
      return isAnswered ? [[name, 1]] : [[name, 1], ["queue.left", 1]];
    }
  }
}

function ofAgent(widget: WidgetUuid, agent: string | undefined): Subject[] {
  return agent === undefined ? [] : [{ agent }, { widget, agent }];
}

/** Counts it at its start rather than its end, which shows when agents are
 * needed. */
function ended(record: ContactRecord): Counted {
  const { widget, address: agent, media, startedAt, answeredAt } = record;
  const subjects = [{}, { widget }, ...ofAgent(widget, agent)];
  const cause = namedCause(record.cause);
  if (answeredAt === undefined) {
    const counts = [[`${media}.missed.${cause}`, 1]] as const;
    return { at: startedAt, subjects, counts };
  }
  const waitMs = Math.max(0, answeredAt - startedAt);
  const ms = Math.max(0, record.endedAt - answeredAt);
  const counts = [
    [`${media}.ended.${cause}`, 1],
    [`${media}.wait.${waitClass(waitMs)}`, 1],
    [`${media}.waitMs`, waitMs],
    [`${media}.ms`, ms],
    ...handoversOf(record),
  ] as const;
  return { at: startedAt, subjects, counts };
}

/** A chat that returned to an agent was handed over twice. */
function handoversOf(
  { media, handovers = [] }: ContactRecord,
): [CountName, number][] {
  const count = handovers.filter(({ invited }) => !invited).length;
  return count === 0 ? [] : [[`${media}.handovers`, count]];
}

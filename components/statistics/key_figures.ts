import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { fill, plural } from "@/lib/i18n/fill.ts";
import type { Figures } from "@/lib/protocol/admin/statistics.ts";
import { contactsIn, type Words } from "./words.ts";

type Texts = AdminTexts["statistics"];

/** One of the key figures. */
export interface KeyFigure {
  name: keyof Texts["figures"];
  value: string;
  /** The previous value. */
  before: string;
  /** The change and its meaning; absent if there is nothing to compare. */
  change?: { way: "up" | "down" | "same"; by: string; is: Trend };
  note: string;
}

export type Trend = "good" | "bad" | "neutral";

/** Returns the key figures with their previous values. */
export function keyFigures(
  now: Figures,
  then: Figures | null,
  { words, texts }: { words: Words; texts: Texts },
): KeyFigure[] {
  const figure = figureWith(words);
  const { notes } = texts;
  const contacts = contactsIn(now);
  const earlier = then && contactsIn(then);
  const both = (
    name: "shown" | "opened" | "chats" | "calls" | "talkMs" | "messages",
  ) => [now[name], then?.[name] ?? null] as const;
  const { shown, opened, videoCalls, callsAnswered, callHandovers } = now;
  return [
    figure("shown", both("shown")),
    figure("opened", both("opened"), {
      note: fillIf(opened <= shown ? opened : 0, notes.opened, {
        share: words.share(opened, shown),
      }),
    }),
    figure("chats", both("chats"), {
      note: fillIf(now.handovers, notes.handovers, {
        count: words.number(now.handovers),
      }),
    }),
    figure("calls", both("calls"), {
      note: [
        fillIf(videoCalls, notes.video, { count: words.number(videoCalls) }),
        fillIf(callHandovers, notes.handovers, {
          count: words.number(callHandovers),
        }),
      ].filter((note) => note).join(", "),
    }),
    answered(contacts, earlier, { words, texts }),
    figure("missed", [contacts.missed, earlier?.missed ?? null], {
      more: "bad",
    }),
    figure("messages", both("messages")),
    ...rareFigures(now, then, { words, texts }),
    figure("wait", [now.waitMedianMs, then?.waitMedianMs ?? null], {
      more: "bad",
      isTime: true,
      note: fillIf(now.waitP90Ms, notes.wait, {
        time: words.duration(now.waitP90Ms),
      }),
    }),
    figure("talk", both("talkMs"), {
      isTime: true,
      note: fillIf(callsAnswered, notes.talk, {
        time: words.duration(now.talkMs / callsAnswered),
      }),
    }),
  ];
}

/** Returns the figures of callbacks and queues, which many services don't have. */
function rareFigures(
  now: Figures,
  then: Figures | null,
  { words, texts: { notes } }: { words: Words; texts: Texts },
): KeyFigure[] {
  const figure = figureWith(words);
  const callbacks = [now.callbacks, then?.callbacks ?? null] as const;
  const { callbacksTaken, callbacksMissed, queueLongestMs } = now;
  const hasCallbacks = [...callbacks, callbacksTaken, callbacksMissed]
    .some((count) => count !== null && count > 0);
  const callbackNote = fill(notes.callbacks, {
    taken: words.number(callbacksTaken),
    missed: words.number(callbacksMissed),
  });
  const queueNote = fillIf(queueLongestMs, notes.queue, {
    time: words.duration(queueLongestMs),
    left: words.number(now.queueLeft),
  });
  const isQueued = now.queued + (then?.queued ?? 0) > 0;
  const times = [now.queueMedianMs, then?.queueMedianMs ?? null] as const;
  const queueOptions = { more: "bad", isTime: true, note: queueNote } as const;
  return [
    ...hasCallbacks
      ? [figure("callbacks", callbacks, { note: callbackNote })]
      : [],
    ...isQueued ? [figure("queue", times, queueOptions)] : [],
  ];
}

type Name = KeyFigure["name"];
interface About {
  /** The meaning of an increase. */
  more?: Trend;
  note?: string;
  isTime?: boolean;
}

function figureWith(words: Words) {
  return (
    name: Name,
    [now, then]: readonly [number | null, number | null],
    { more = "neutral", note = "", isTime = false }: About = {},
  ): KeyFigure => {
    const text = (value: number | null) =>
      isTime ? words.duration(value) : words.number(value ?? 0);
    const figure = { name, value: text(now), before: text(then), note };
    if (now === null || then === null || then === 0) return figure;
    return {
      ...figure,
      change: changeOf(now, then, { more, by: words.change(now, then) }),
    };
  };
}

/** Changes of a share are in points, because 5 % more of 80 % could be 84 or
 * 85. */
function answered(
  now: { all: number; answered: number },
  then: { all: number; answered: number } | null,
  { words, texts }: { words: Words; texts: Texts },
): KeyFigure {
  const figure = {
    name: "answered" as const,
    value: words.share(now.answered, now.all),
    before: then === null ? "" : words.share(then.answered, then.all),
    note: fillIf(now.all, texts.notes.answered, {
      count: words.number(now.answered),
      all: words.number(now.all),
    }),
  };
  if (then === null || now.all === 0 || then.all === 0) return figure;
  const share = ({ all, answered }: typeof now) =>
    Math.round(answered / all * 100);
  const points = Math.abs(share(now) - share(then));
  const by = plural(texts.points, points, words.lang);
  const change = changeOf(share(now), share(then), { more: "good", by });
  return { ...figure, change };
}

function changeOf(
  now: number,
  then: number,
  { more, by }: { more: Trend; by: string },
): NonNullable<KeyFigure["change"]> {
  // A change that would be shown as 0 % is shown as the same.
  const isSame = now === then || Math.abs(now - then) / then < 0.005;
  if (isSame) return { way: "same", by: "=", is: "neutral" };
  if (now > then) return { way: "up", by, is: more };
  const less = { good: "bad", bad: "good", neutral: "neutral" } as const;
  return { way: "down", by, is: less[more] };
}

function fillIf(
  there: number | null,
  text: string,
  values: Record<string, string>,
): string {
  return there === null || there === 0 ? "" : fill(text, values);
}

import { CAUSE } from "@/lib/base/causes.ts";
import {
  type Figures,
  type Outcome,
  OUTCOMES,
  type Outcomes,
} from "@/lib/protocol/admin/statistics.ts";
import { QUEUE_SECONDS, WAIT_SECONDS } from "./names.ts";

/** Counts of a time span, by name. */
export type Counts = ReadonlyMap<string, number>;

/** Returns the key figures of some counts. */
export function figuresOf(counts: Counts): Figures {
  const media = { voice: empty(), video: empty(), chat: empty() };
  for (const [name, count] of counts) {
    const [medium = "", what = "", n = "0"] = name.split(".");
    if (medium !== "voice" && medium !== "video" && medium !== "chat") continue;
    add(media[medium], what, Number(n), count);
  }
  const { voice, video, chat } = media;
  const all = [voice, video, chat];
  const answered = sum(all.map(({ answered }) => answered));
  const waits = WAIT_SECONDS.concat(Infinity)
    .map((_, n) => sum(all.map(({ waits }) => waits[n] ?? 0)));
  const waitMs = sum(all.map(({ waitMs }) => waitMs));
  return {
    shown: counts.get("shown") ?? 0,
    opened: counts.get("opened") ?? 0,
    messages: counts.get("messages") ?? 0,
    calls: sum([voice, video].map(begun)),
    videoCalls: begun(video),
    chats: begun(chat),
    callsAnswered: voice.answered + video.answered,
    chatsAnswered: chat.answered,
    waitMedianMs: quantile(waits, 0.5),
    waitP90Ms: quantile(waits, 0.9),
    waitMeanMs: answered === 0 ? null : Math.round(waitMs / answered),
    talkMs: voice.ms + video.ms,
    chatMs: chat.ms,
    handovers: counts.get("chat.handovers") ?? 0,
    callHandovers: (counts.get("voice.handovers") ?? 0) +
      (counts.get("video.handovers") ?? 0),
    callbacks: counts.get("callbacks.asked") ?? 0,
    callbacksTaken: counts.get("callbacks.taken") ?? 0,
    callbacksMissed: counts.get("callbacks.over") ?? 0,
    ...queueOf(counts),
  };
}

type QueueFigures = Pick<
  Figures,
  "queued" | "queueLeft" | "queueMedianMs" | "queueLongestMs"
>;

function queueOf(counts: Counts): QueueFigures {
  const bounds = QUEUE_SECONDS;
  const waits = bounds.concat(Infinity)
    .map((_, n) => counts.get(`queue.wait.${n}`) ?? 0);
  const longest = waits.findLastIndex((count) => count > 0);
  const longestSeconds = bounds[longest] ?? bounds.at(-1) ?? 0;
  return {
    queued: sum(waits),
    queueLeft: counts.get("queue.left") ?? 0,
    queueMedianMs: quantile(waits, 0.5, bounds),
    queueLongestMs: longest === -1 ? null : longestSeconds * 1_000,
  };
}

/** Returns the outcomes of the calls and chats. */
export function outcomesOf(counts: Counts): Outcomes {
  const outcomes = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, 0]),
  ) as Outcomes;
  for (const [name, count] of counts) {
    const [, what, cause] = name.split(".");
    if (what !== "ended" && what !== "missed") continue;
    outcomes[outcomeOf(what, Number(cause))] += count;
  }
  return outcomes;
}

/** Returns whether a name counts calls or chats, and whether answered or
 * missed. */
export function howContactEnded(
  name: string,
): "answered" | "missed" | undefined {
  if (name.includes(".ended.")) return "answered";
  return name.includes(".missed.") ? "missed" : undefined;
}

const MISSED: Readonly<Record<number, Outcome>> = {
  [CAUSE.normal]: "gave-up",
  [CAUSE.noResponse]: "no-answer",
  [CAUSE.noAnswer]: "no-answer",
  [CAUSE.busy]: "busy",
  [CAUSE.rejected]: "declined",
  [CAUSE.unallocated]: "unreachable",
  [CAUSE.outOfOrder]: "unreachable",
};

function outcomeOf(what: "ended" | "missed", cause: number): Outcome {
  if (what === "missed") return MISSED[cause] ?? "failed";
  if (cause === CAUSE.idle) return "idle";
  return cause === CAUSE.normal ? "ended" : "broken";
}

interface OfMedium {
  answered: number;
  missed: number;
  waits: number[];
  waitMs: number;
  ms: number;
}

function empty(): OfMedium {
  return { answered: 0, missed: 0, waits: [], waitMs: 0, ms: 0 };
}

function add(to: OfMedium, what: string, n: number, count: number): void {
  switch (what) {
    case "ended":
      to.answered += count;
      break;
    case "missed":
      to.missed += count;
      break;
    case "wait":
      to.waits[n] = (to.waits[n] ?? 0) + count;
      break;
    case "waitMs":
      to.waitMs += count;
      break;
    case "ms":
      to.ms += count;
  }
}

function begun({ answered, missed }: OfMedium): number {
  return answered + missed;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/**
 * Returns the waiting time that a share of the visitors did not exceed, as if
 * the times of one class were spread evenly. Times over the last bound count as
 * the bound.
 */
function quantile(
  waits: readonly number[],
  share: number,
  bounds: readonly number[] = WAIT_SECONDS,
): number | null {
  const all = sum(waits);
  if (all === 0) return null;
  let left = all * share;
  for (const [n, count] of waits.entries()) {
    const least = bounds[n - 1] ?? 0;
    const most = bounds[n] ?? least;
    if (left <= count && count > 0) {
      return Math.round((least + (most - least) * left / count) * 1_000);
    }
    left -= count;
  }
  return (bounds.at(-1) ?? 0) * 1_000;
}

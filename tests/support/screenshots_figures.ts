import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { Happening } from "@/lib/statistics/counting.ts";
import { Statistics } from "@/lib/statistics/statistics.ts";
import { StatisticsStore } from "@/lib/store/statistics_store.ts";
import { type Chance, chance } from "./chance.ts";

const DAYS = 60;
const HOUR_MS = 3_600_000;
/** Load of a shop from nine to seven, UTC, per hour, 0 to 1. */
const BUSY = [0.3, 0.6, 0.9, 1, 0.7, 0.5, 0.8, 1, 0.6, 0.2];

/**
 * Counts of the last weeks, as a shop might have them, because the screenshots
 * of the statistics need more contacts than the other screenshots produce. The
 * service's own code writes them into the store of a running service.
 */
export async function fillStatistics(
  data: string,
  widgets: [string, string],
): Promise<void> {
  using kv = await Deno.openKv(`${data}/widgets.kv`);
  let now = 0;
  const clock = {
    now: () => now,
    wall: () => now,
    after: () => ({ [Symbol.dispose]() {} }),
  };
  using statistics = new Statistics({ store: new StatisticsStore(kv), clock });
  const luck = chance(7);
  const today = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  for (let hours = DAYS * 24; hours > 2; hours--) {
    now = today - hours * HOUR_MS;
    for (const one of happenings(now, widgets, luck)) statistics.count(one);
    if (hours % 240 === 0) await statistics.write();
  }
  await statistics.write();
}

/** Returns the events of the hour that begins at `at`. */
function happenings(
  at: number,
  widgets: [string, string],
  luck: Chance,
): Happening[] {
  const time = new Date(at);
  const open = BUSY[time.getUTCHours() - 9] ?? 0;
  const weekend = [0, 6].includes(time.getUTCDay()) ? 0.25 : 1;
  const visits = Math.round((4 + 36 * open * weekend) * (0.6 + luck.next()));
  return Array.from({ length: visits }, (): Happening[] => {
    const widget = luck.pick(widgets);
    const shown: Happening = { type: "shown", widget };
    if (luck.next() > 0.16) return [shown];
    const opened: Happening = { type: "opened", widget };
    if (open === 0 || luck.next() > 0.5) return [shown, opened];
    const ended = record(at, widget, luck);
    const more = luck.next() < 0.2 ? rare(ended, luck) : [];
    return [shown, opened, { type: "ended", record: ended }, ...more];
  }).flat();
}

/** Returns what happens in some contacts only: the visitor waits in a queue, or
 * asks for a callback. */
function rare(
  { widget, address: agent, answeredAt }: ContactRecord,
  luck: Chance,
): Happening[] {
  if (answeredAt !== undefined) {
    const waitMs = 5_000 + luck.next() ** 3 * 240_000;
    const isAnswered = luck.next() < 0.85;
    return [{ type: "queued", widget, agent, waitMs, isAnswered }];
  }
  const outcome = luck.next() < 0.8 ? "taken" : "over";
  return [
    { type: "left", widget, agent, isCallback: true },
    { type: "callback", outcome, widget, agent },
  ];
}

function record(at: number, widget: string, luck: Chance): ContactRecord {
  const startedAt = at + luck.below(HOUR_MS);
  const wait = 2_000 + luck.next() ** 3 * 80_000;
  const isAnswered = luck.next() < 0.88;
  const talk = 40_000 + luck.below(400_000);
  return {
    id: crypto.randomUUID(),
    widget,
    address: luck.pick(["shop", "shop", "fitting", "workshop"]),
    media: luck.pick(["chat", "chat", "voice", "video"]),
    startedAt,
    ...(isAnswered && { answeredAt: startedAt + wait }),
    endedAt: startedAt + wait + (isAnswered ? talk : 0),
    cause: isAnswered ? 16 : luck.pick([16, 19, 19, 21]),
    messages: 0,
  };
}

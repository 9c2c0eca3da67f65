import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import { type ApiEvent, type EventFeed, OVERLAP_MS } from "./event_feed.ts";

/** Time after which an event can no longer be the one to continue after. */
export const RESUME_MS = DAY_MS;
/** Maximum number of events of a continued stream; a program that has missed more
 * reads the lists again. */
export const RESUMED_MAX = 1_000;
/** A comment keeps proxies from closing a quiet stream. The token is checked at
 * the same time. */
export const BEAT_MS = 15_000;
/** Events that wait for a program that does not read; then its stream ends. */
const WAITING_MAX = 1_000;

/** `id` of an event. */
export const EVENT_ID = /^(\d{1,15})-[0-9a-f]{16}$/;

export interface EventStreamOptions {
  feed: EventFeed;
  clock: Clock;
  token: string;
  /** `id` of the last event that the program has; empty for later ones only. */
  after: string;
  /** Returns whether the token is still accepted. */
  isAccepted(): Promise<boolean>;
}

/**
 * Returns events as `text/event-stream`. It ends when the token is no longer
 * accepted, or the program doesn't read. A program that continues gets each event
 * at least once.
 */
export async function eventStream(
  options: EventStreamOptions,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { feed, clock, token, after, isAccepted } = options;
  using ending = new DisposableStack();
  const encoder = new TextEncoder();
  const waiting: string[] = ["retry: 5000\n\n"];
  let write = (text: string): void => void waiting.push(text);
  const heard = await feed.listen(token, (event) => write(textOf(event)));
  ending.use(heard);
  for (const text of await missed(options)) write(text);
  const parts = ending.move();
  return new ReadableStream({
    start(controller) {
      const end = () => {
        if (parts.disposed) return;
        parts.dispose();
        controller.close();
      };
      write = (text) => {
        if (parts.disposed) return;
        if ((controller.desiredSize ?? 0) < -WAITING_MAX) return end();
        controller.enqueue(encoder.encode(text));
      };
      for (const text of waiting) write(text);
      parts.use(every(clock, BEAT_MS, () => {
        write(": \n\n");
        // A store that fails ends no stream.
        isAccepted().then((isOk) => isOk || end(), () => {});
      }));
    },
    cancel: () => parts.dispose(),
  });

  async function missed({ feed, clock }: EventStreamOptions) {
    const [, at] = EVENT_ID.exec(after) ?? [];
    if (at === undefined) return [];
    const oldest = clock.wall() - RESUME_MS;
    const events = Number(at) < oldest
      ? undefined
      : await feed.since(Number(at) - OVERLAP_MS, RESUMED_MAX);
    if (events === undefined || events.length > RESUMED_MAX) {
      return ["event: reset\ndata: {}\n\n"];
    }
    return events.filter(({ id }) => id !== after).map(textOf);
  }
}

function textOf({ id, at, type, data }: ApiEvent): string {
  const json = JSON.stringify({ type, at, ...data });
  return `id: ${id}\nevent: ${type}\ndata: ${json}\n\n`;
}

import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { UntilDone } from "@/lib/base/until_done.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { Widget } from "@/lib/model/widget.ts";
import { LiveWidget, type LiveWidgetOptions } from "./live_widget.ts";

/** Time for which a widget without visitors is kept, because visitors change
 * pages. */
export const IDLE_MS = 30_000;

interface Entry {
  live?: LiveWidget;
  /** Reads the store; while it fails, the displayed content may be outdated. */
  reading: UntilDone;
  idleSince?: number;
}

const RETRY = { firstMs: 1_000, maxMs: 10_000 };

export interface LiveWidgetsOptions extends LiveWidgetOptions {
  widgets(uuid: string): Promise<Widget | undefined>;
  hub: Hub<Topics>;
  clock: Clock;
}

const log = getLogger(["widgets", "visitor"]);

/** The widgets with visitors; each is read once. */
export class LiveWidgets implements Disposable {
  readonly #options: LiveWidgetsOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #listening: Disposable[];

  constructor(options: LiveWidgetsOptions) {
    this.#options = options;
    const again = ({ uuid }: { uuid: string }) => this.#readAgain(uuid);
    this.#listening = [
      options.hub.on("widget-saved", again),
      options.hub.on("widget-deleted", again),
    ];
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Returns the widget, or undefined if it does not exist. A loaded widget
   * is returned immediately, whatever the store does. Rejects if the store
   * fails. */
  async find(uuid: string): Promise<LiveWidget | undefined> {
    const known = this.#entries.get(uuid);
    if (known?.live !== undefined) return known.live;
    const entry = known ?? this.#open(uuid);
    await entry.reading.join();
    if (entry.live === undefined && entry.reading.isFailing) {
      this.#forget(uuid, entry);
      throw new Error(`Cannot read widget ${uuid}`);
    }
    return entry.live;
  }

  /** Must be called every few seconds; removes widgets without visitors. */
  sweep(now: number): void {
    for (const [uuid, entry] of this.#entries) {
      if (entry.live === undefined || entry.live.size > 0) {
        delete entry.idleSince;
        continue;
      }
      entry.idleSince ??= now;
      if (now - entry.idleSince < IDLE_MS) continue;
      this.#forget(uuid, entry);
    }
  }

  [Symbol.dispose](): void {
    for (const listening of this.#listening) listening[Symbol.dispose]();
    for (const [uuid, entry] of this.#entries) this.#forget(uuid, entry);
  }

  #open(uuid: string): Entry {
    const entry: Entry = {
      reading: new UntilDone(() => this.#read(uuid, entry), {
        clock: this.#options.clock,
        backoff: RETRY,
        onError: (error) =>
          log.error("Cannot read widget {uuid}: {error}", { uuid, error }),
      }),
    };
    this.#entries.set(uuid, entry);
    return entry;
  }

  #readAgain(uuid: string): void {
    this.#entries.get(uuid)?.reading.run();
  }

  async #read(uuid: string, entry: Entry): Promise<void> {
    const widget = await this.#options.widgets(uuid);
    if (this.#entries.get(uuid) === entry) this.#show(uuid, entry, widget);
  }

  #forget(uuid: string, entry: Entry): void {
    entry.reading[Symbol.dispose]();
    entry.live?.close();
    if (this.#entries.get(uuid) === entry) this.#entries.delete(uuid);
  }

  #show(uuid: string, entry: Entry, widget: Widget | undefined): void {
    if (widget === undefined) {
      this.#forget(uuid, entry);
      delete entry.live;
    } else if (entry.live === undefined) {
      entry.live = new LiveWidget(widget, this.#options);
    } else {
      entry.live.update(widget);
    }
  }
}

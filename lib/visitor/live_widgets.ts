import { getLogger } from "@logtape/logtape";
import type { Hub } from "@/lib/base/hub.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { Widget } from "@/lib/model/widget.ts";
import { LiveWidget, type LiveWidgetOptions } from "./live_widget.ts";

/** How long a widget that nobody shows is kept: visitors change pages. */
export const IDLE_MS = 30_000;

interface Entry {
  live?: LiveWidget;
  /** Reads of the store, one after the other; never rejects. */
  work: Promise<void>;
  /** The last read failed: what is shown may be old. */
  stale: boolean;
  idleSince?: number;
}

export interface LiveWidgetsOptions extends LiveWidgetOptions {
  widgets(uuid: string): Promise<Widget | undefined>;
  hub: Hub<Topics>;
}

const log = getLogger(["widgets", "visitor"]);

/** The widgets that somebody looks at; each is read once, however many do. */
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

  /** The widget, or undefined if there is none. Rejects if the store fails. */
  async find(uuid: string): Promise<LiveWidget | undefined> {
    const entry = this.#entries.get(uuid) ?? this.#open(uuid);
    await entry.work;
    if (entry.live === undefined && entry.stale) {
      throw new Error(`Cannot read widget ${uuid}`);
    }
    return entry.live;
  }

  /** To be called every few seconds: forgets whom nobody looks at. */
  sweep(now: number): void {
    for (const [uuid, entry] of this.#entries) {
      if (entry.stale) this.#readAgain(uuid);
      if (entry.live === undefined || entry.live.size > 0) {
        delete entry.idleSince;
        continue;
      }
      entry.idleSince ??= now;
      if (now - entry.idleSince < IDLE_MS) continue;
      entry.live.close();
      this.#entries.delete(uuid);
    }
  }

  [Symbol.dispose](): void {
    for (const listening of this.#listening) listening[Symbol.dispose]();
    for (const { live } of this.#entries.values()) live?.close();
    this.#entries.clear();
  }

  #open(uuid: string): Entry {
    const entry: Entry = { work: Promise.resolve(), stale: false };
    this.#entries.set(uuid, entry);
    entry.work = this.#read(uuid, entry);
    return entry;
  }

  #readAgain(uuid: string): void {
    const entry = this.#entries.get(uuid);
    if (entry === undefined) return;
    entry.work = entry.work.then(() => this.#read(uuid, entry));
  }

  async #read(uuid: string, entry: Entry): Promise<void> {
    try {
      const widget = await this.#options.widgets(uuid);
      entry.stale = false;
      if (this.#entries.get(uuid) === entry) this.#show(uuid, entry, widget);
    } catch (error) {
      entry.stale = true;
      if (entry.live === undefined) this.#entries.delete(uuid);
      log.error("Cannot read widget {uuid}: {error}", { uuid, error });
    }
  }

  #show(uuid: string, entry: Entry, widget: Widget | undefined): void {
    if (widget === undefined) {
      this.#entries.delete(uuid);
      entry.live?.close();
      delete entry.live;
    } else if (entry.live === undefined) {
      entry.live = new LiveWidget(widget, this.#options);
    } else {
      entry.live.update(widget);
    }
  }
}

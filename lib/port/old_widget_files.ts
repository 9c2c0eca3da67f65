import { gunzipSync } from "node:zlib";
import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import { every } from "@/lib/base/every.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import type { WidgetFileStore } from "@/lib/store/widget_file_store.ts";
import {
  answerOf,
  type FileAnswer,
  type FileRequest,
  hashedNameOf,
  type WidgetFile,
  widgetFile,
  type WidgetFiles,
} from "./widget_files.ts";

const log = getLogger(["widgets", "server"]);

/** Interval of log lines about a failed store, however often it is asked. */
const LOG_EVERY_MS = 60_000;
/** Number of files that are kept in memory: those of a few versions. */
const HELD_MAX = 40;

/**
 * The widget's scripts of other versions. A page that was opened before an
 * update requests its own chat and call only when the visitor clicks, and a
 * pinned script never changes. So each version leaves its files in the store.
 * While several instances are updated one by one, each also serves the files of
 * the others' builds.
 */
export class OldWidgetFiles implements AsyncDisposable {
  readonly #files: WidgetFiles;
  readonly #store: Pick<WidgetFileStore, "keep" | "get">;
  readonly #clock: Clock;
  readonly #held = new Map<string, WidgetFile>();
  #timer: Disposable | undefined;
  #kept: Promise<void> = Promise.resolve();
  #loggedAt = -Infinity;

  constructor(
    files: WidgetFiles,
    { store, clock }: {
      store: Pick<WidgetFileStore, "keep" | "get">;
      clock: Clock;
    },
  ) {
    this.#files = files;
    this.#store = store;
    this.#clock = clock;
  }

  /** Stores the files of this version, now and each day. Never rejects. */
  keep(): Promise<void> {
    this.#timer ??= every(this.#clock, DAY_MS, () => this.keep());
    return this.#kept = this.#keep();
  }

  async #keep(): Promise<void> {
    try {
      for (const { name, gzip } of this.#files.hashed()) {
        await this.#store.keep(name, gzip);
      }
    } catch (error) {
      // Pages that are open now may have to be reloaded after an update.
      log.warn("Cannot store the widget's files: {error}", { error });
    }
  }

  /** Returns the answer to a GET or HEAD of a possible file; otherwise, and if
   * the store fails, undefined. Never rejects. */
  answer(request: FileRequest): Promise<FileAnswer | undefined> | undefined {
    const name = hashedNameOf(request);
    return name === undefined ? undefined : this.#answer(name, request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer?.[Symbol.dispose]();
    await this.#kept;
  }

  async #answer(
    name: string,
    request: FileRequest,
  ): Promise<FileAnswer | undefined> {
    try {
      const file = this.#held.get(name) ?? await this.#read(name);
      return file && answerOf(file, request);
    } catch (error) {
      this.#logFailure(error);
      return undefined;
    }
  }

  #logFailure(error: unknown): void {
    const now = this.#clock.now();
    if (now - this.#loggedAt < LOG_EVERY_MS) return;
    this.#loggedAt = now;
    log.error("Cannot read a widget file from the store: {message}", {
      message: errorMessage(error),
    });
  }

  async #read(name: string): Promise<WidgetFile | undefined> {
    const gzip = await this.#store.get(name);
    if (gzip === undefined) return undefined;
    const plain = new Uint8Array(gunzipSync(gzip));
    const file = widgetFile(name, { plain, gzip });
    if (this.#held.size >= HELD_MAX) this.#held.clear();
    this.#held.set(name, file);
    return file;
  }
}

import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { newUuid } from "@/lib/base/ids.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { Author, type Change, PROGRAM } from "@/lib/model/audit.ts";
import type { PictureId } from "@/lib/model/picture.ts";
import {
  picturesOf,
  Widget,
  WidgetContent,
  type WidgetType,
  type WidgetUuid,
} from "@/lib/model/widget.ts";
import { AuditLog } from "./audit_log.ts";
import { commitWithRetry } from "./commit_with_retry.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import {
  firstPart,
  getParts,
  joinParts,
  setParts,
  type Whole,
} from "./parts.ts";
import type { PictureStore } from "./picture_store.ts";
import { BrokenValueError, has, readable } from "./stored.ts";
import type { StoredWidget } from "./stored_widget.ts";
import { tolerant, withUnknownOf } from "./unknown_members.ts";
import { WidgetHistory } from "./widget_history.ts";
import { type WidgetOverview, WidgetOverviews } from "./widget_overviews.ts";

type NoPicture = { reason: "no-picture"; id: PictureId };

export type WidgetNotSaved =
  | { reason: "conflict"; current: StoredWidget }
  | { reason: "not-found" }
  | NoPicture;

const key = {
  one: (uuid: WidgetUuid) => ["widget", uuid],
  all: { prefix: ["widget"] },
};

/** The stored form of a widget since schema 2. */
const Entry = v.strictObject({
  ...Widget.entries,
  version: v.number(),
  by: Author,
});
type Entry = v.InferOutput<typeof Entry>;

const CONTENT = { schema: WidgetContent, id: "address" };

/** The widgets, each in parts: {@link setParts}. */
export class WidgetStore {
  /** Their earlier versions. */
  readonly history: WidgetHistory;
  readonly #overviews: WidgetOverviews = new WidgetOverviews(this);
  readonly #kv: StoreEngine;
  readonly #pictures: PictureStore;
  readonly #clock: Pick<Clock, "now">;
  readonly #audit: AuditLog;

  constructor(
    kv: StoreEngine,
    pictures: PictureStore,
    clock: Pick<Clock, "now">,
  ) {
    this.#kv = kv;
    this.#pictures = pictures;
    this.#clock = clock;
    this.#audit = new AuditLog(kv, clock);
    this.history = new WidgetHistory(kv);
  }

  /** Returns the widget, or undefined. Throws a BrokenValueError. */
  async get(uuid: WidgetUuid): Promise<StoredWidget | undefined> {
    const whole = await getParts(this.#kv, key.one(uuid));
    return whole === undefined ? undefined : toWidget(uuid, whole);
  }

  /** Returns all widgets, oldest first. An unreadable one is logged and left
   * out. */
  async list(): Promise<StoredWidget[]> {
    const widgets: StoredWidget[] = [];
    for await (const [uuid, entries] of this.#each()) {
      const widget = await readable(() => this.#join(uuid, entries));
      if (widget !== undefined) widgets.push(widget);
    }
    return widgets.sort((a, b) => a.value.createdAt - b.value.createdAt);
  }

  /** Returns all widgets without their content, oldest first. */
  overviews(): Promise<WidgetOverview[]> {
    return this.#overviews.list();
  }

  /**
   * Returns the pictures in widgets and in their old versions, which could be
   * restored. Throws if one of them cannot be read.
   */
  async pictures(): Promise<Set<PictureId>> {
    const ids = await this.history.pictures();
    for await (const [uuid, entries] of this.#each()) {
      const widget = await this.#join(uuid, entries);
      if (widget === undefined) continue;
      for (const id of picturesOf(widget.value.content)) ids.add(id);
    }
    return ids;
  }

  /** Stores a new widget in one commit. */
  async create(
    type: WidgetType,
    content: WidgetContent,
    uuid: WidgetUuid = newUuid(),
    by: Author = PROGRAM,
  ): Promise<Result<StoredWidget, NoPicture | { reason: "exists" }>> {
    const now = this.#clock.now();
    const times = { createdAt: now, updatedAt: now };
    const value = { uuid, type, ...times, content };
    return await this.createAs({ value, version: 1, by });
  }

  /** Stores a widget from an archive, if its uuid is free. */
  async createAs(
    { value, version, by }: Omit<StoredWidget, "revision">,
  ): Promise<Result<StoredWidget, NoPicture | { reason: "exists" }>> {
    const { uuid } = value;
    const entry = { ...value, version, by };
    const change = { type: "widget-created", ...nameOf(entry) } as const;
    const first = firstPart(key.one(uuid));
    return await commitWithRetry(`create widget ${uuid}`, async () => {
      if (await has(this.#kv, first)) return err({ reason: "exists" });
      return await this.#commit(entry, change);
    });
  }

  /**
   * Stores new content in place of the state that `revision` names. If that is
   * no longer the current state, nothing changes, and the error contains the
   * current one. `from` is the version whose content is restored, if any.
   * Otherwise members that only a later version of the program knows stay.
   */
  async save(
    uuid: WidgetUuid,
    revision: string,
    content: WidgetContent,
    { by = PROGRAM, from }: { by?: Author; from?: number } = {},
  ): Promise<Result<StoredWidget, WidgetNotSaved>> {
    return await commitWithRetry(`save widget ${uuid}`, async () => {
      const whole = await getParts(this.#kv, key.one(uuid));
      if (whole === undefined) return err({ reason: "not-found" });
      const current = toWidget(uuid, whole);
      if (current.revision !== revision) {
        return err({ reason: "conflict", current });
      }
      await this.#keep(current);
      const version = current.version + 1;
      const entry = {
        ...current.value,
        updatedAt: this.#clock.now(),
        content: from === undefined
          ? withUnknownOf(current.value.content, content, CONTENT)
          : content,
        version,
        by,
      };
      const saved = { ...nameOf(entry), version };
      const change: Change = from === undefined
        ? { type: "widget-saved", ...saved }
        : { type: "widget-restored", ...saved, from };
      const before = { ...whole, pictures: picturesOf(current.value.content) };
      return await this.#commit(entry, change, before);
    });
  }

  /** Deletes a widget, readable or not, and its history. Returns whether it
   * existed. */
  async delete(uuid: WidgetUuid, by: Author = PROGRAM): Promise<boolean> {
    return await commitWithRetry(`delete widget ${uuid}`, async () => {
      const range = { prefix: key.one(uuid) };
      const parts = await Array.fromAsync(this.#kv.list(range));
      const [first] = parts;
      if (first === undefined) return false;
      const widget = await readable(() => this.#join(uuid, parts));
      const name = widget?.value.content.name ?? "";
      const commit = this.#kv.atomic().check(first);
      for (const { key: part } of parts) commit.delete(part);
      await this.history.addDeletionOfAll(commit, uuid);
      this.#audit.add(commit, by, { type: "widget-deleted", uuid, name });
      return (await this.#finish(commit, uuid)).ok || undefined;
    });
  }

  /** Stores the widget's state as one of its versions. */
  async #keep({ value, version, by }: StoredWidget): Promise<void> {
    const { uuid, updatedAt: at, content } = value;
    await this.history.keep(uuid, { version, at, by }, content);
  }

  /** Tries once. Returns undefined after a conflict. */
  async #commit(
    entry: Entry,
    change: Change,
    before?: Whole & { pictures: PictureId[] },
  ): Promise<Result<StoredWidget, NoPicture> | undefined> {
    const own = key.one(entry.uuid);
    const versionstamp = before?.revision ?? null;
    const commit = this.#kv.atomic()
      .check({ key: firstPart(own), versionstamp });
    // Pictures in use are always stored, because only unused ones are deleted.
    const added = picturesOf(entry.content)
      .filter((id) => !before?.pictures.includes(id));
    const required = await this.#pictures.require(added, commit);
    if (!required.ok) return required;
    setParts(commit, own, entry, before?.parts ?? 0);
    this.#audit.add(commit, entry.by, change);
    const done = await this.#finish(commit, entry.uuid);
    return done.ok ? ok(stored(done.versionstamp, entry)) : undefined;
  }

  /** A failed commit may have been done anyway. */
  #finish(commit: StoreCommit, uuid: WidgetUuid) {
    return commit.commit().finally(() => this.#overviews.changed(uuid));
  }

  /** Returns the entries of each widget in turn. */
  async *#each(): AsyncGenerator<[WidgetUuid, Deno.KvEntry<unknown>[]]> {
    let uuid = "";
    let entries: Deno.KvEntry<unknown>[] = [];
    for await (const entry of this.#kv.list(key.all)) {
      const next = String(entry.key[1]);
      if (next !== uuid && entries.length > 0) {
        yield [uuid, entries];
        entries = [];
      }
      uuid = next;
      entries.push(entry);
    }
    if (entries.length > 0) yield [uuid, entries];
  }

  /** Parts that do not match may belong to two states, with a save in
   * between. */
  async #join(
    uuid: WidgetUuid,
    entries: Deno.KvEntry<unknown>[],
  ): Promise<StoredWidget | undefined> {
    try {
      return toWidget(uuid, joinParts(key.one(uuid), entries));
    } catch (error) {
      if (!(error instanceof BrokenValueError)) throw error;
      return await this.get(uuid);
    }
  }
}

function toWidget(uuid: WidgetUuid, { revision, json }: Whole): StoredWidget {
  const result = v.safeParse(tolerant(Entry), json);
  if (!result.success) {
    throw new BrokenValueError(key.one(uuid), v.summarize(result.issues));
  }
  return stored(revision, result.output);
}

function stored(revision: string, entry: Entry): StoredWidget {
  const { version, by, ...value } = entry;
  return { revision, version, by, value };
}

function nameOf({ uuid, content }: Pick<Entry, "uuid" | "content">) {
  return { uuid, name: content.name };
}

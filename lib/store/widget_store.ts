import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { newUuid } from "@/lib/base/ids.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { PictureId } from "@/lib/model/picture.ts";
import {
  Widget,
  type WidgetContent,
  type WidgetType,
  type WidgetUuid,
} from "@/lib/model/widget.ts";
import {
  firstPart,
  getParts,
  joinParts,
  setParts,
  type Whole,
} from "./parts.ts";
import type { PictureStore } from "./picture_store.ts";
import { BrokenValueError, readable, type Stored } from "./stored.ts";

export type WidgetNotSaved =
  | { reason: "conflict"; current: Stored<Widget> }
  | { reason: "not-found" }
  | { reason: "no-picture"; id: PictureId };

/** Tries of a commit that others overtake. */
const TRIES_MAX = 20;

const key = {
  one: (uuid: WidgetUuid) => ["widget", uuid],
  all: { prefix: ["widget"] },
};

/** The widgets, each in parts: {@link setParts}. */
export class WidgetStore {
  readonly #kv: Deno.Kv;
  readonly #pictures: PictureStore;
  readonly #clock: Pick<Clock, "now">;

  constructor(
    kv: Deno.Kv,
    pictures: PictureStore,
    clock: Pick<Clock, "now">,
  ) {
    this.#kv = kv;
    this.#pictures = pictures;
    this.#clock = clock;
  }

  /** The widget, or undefined. Throws a BrokenValueError. */
  async get(uuid: WidgetUuid): Promise<Stored<Widget> | undefined> {
    const whole = await getParts(this.#kv, key.one(uuid));
    return whole === undefined ? undefined : toWidget(uuid, whole);
  }

  /** All widgets, oldest first. One that cannot be read is logged, left out. */
  async list(): Promise<Stored<Widget>[]> {
    const widgets: Stored<Widget>[] = [];
    for await (const [uuid, entries] of this.#each()) {
      const widget = await readable(() => this.#join(uuid, entries));
      if (widget !== undefined) widgets.push(widget);
    }
    return widgets.sort((a, b) => a.value.createdAt - b.value.createdAt);
  }

  /** The pictures that widgets show. Throws if a widget cannot be read. */
  async pictures(): Promise<Set<PictureId>> {
    const ids = new Set<PictureId>();
    for await (const [uuid, entries] of this.#each()) {
      const widget = await this.#join(uuid, entries);
      if (widget !== undefined) {
        for (const id of picturesOf(widget.value.content)) ids.add(id);
      }
    }
    return ids;
  }

  /** Stores a new widget, at once or not at all. */
  async create(
    type: WidgetType,
    content: WidgetContent,
    uuid: WidgetUuid = newUuid(),
  ): Promise<
    Result<
      Stored<Widget>,
      Extract<WidgetNotSaved, { reason: "no-picture" }> | { reason: "exists" }
    >
  > {
    const now = this.#clock.now();
    const widget = { uuid, type, createdAt: now, updatedAt: now, content };
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const first = firstPart(key.one(uuid));
      if ((await this.#kv.get(first)).versionstamp !== null) {
        return err({ reason: "exists" });
      }
      const stored = await this.#commit(widget, null, 0);
      if (!stored.ok) return stored;
      if (stored.value !== undefined) return ok(stored.value);
    }
    throw new Error(`Cannot create widget ${uuid}: ${TRIES_MAX} tries failed`);
  }

  /**
   * Stores new content in place of the state that `revision` names. If that is
   * no longer the state, nothing changes, and the error has the current one.
   */
  async save(
    uuid: WidgetUuid,
    revision: string,
    content: WidgetContent,
  ): Promise<Result<Stored<Widget>, WidgetNotSaved>> {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const whole = await getParts(this.#kv, key.one(uuid));
      if (whole === undefined) return err({ reason: "not-found" });
      const current = toWidget(uuid, whole);
      if (current.revision !== revision) {
        return err({ reason: "conflict", current });
      }
      const updatedAt = this.#clock.now();
      const widget = { ...current.value, updatedAt, content };
      const stored = await this.#commit(widget, revision, whole.parts);
      if (!stored.ok) return stored;
      if (stored.value !== undefined) return ok(stored.value);
    }
    throw new Error(`Cannot save widget ${uuid}: ${TRIES_MAX} tries failed`);
  }

  /** Deletes a widget, readable or not. Says whether there was one. */
  async delete(uuid: WidgetUuid): Promise<boolean> {
    let found = false;
    const commit = this.#kv.atomic();
    for await (
      const { key: part } of this.#kv.list({ prefix: key.one(uuid) })
    ) {
      commit.delete(part);
      found = true;
    }
    await commit.commit();
    return found;
  }

  /** One try. The value is undefined if somebody else was faster. */
  async #commit(
    widget: Widget,
    revision: string | null,
    parts: number,
  ): Promise<
    Result<Stored<Widget> | undefined, { reason: "no-picture"; id: PictureId }>
  > {
    const own = key.one(widget.uuid);
    const commit = this.#kv.atomic()
      .check({ key: firstPart(own), versionstamp: revision });
    const required = await this.#pictures
      .require(picturesOf(widget.content), commit);
    if (!required.ok) return required;
    const done = await setParts(commit, own, widget, parts).commit();
    return ok(
      done.ok ? { revision: done.versionstamp, value: widget } : undefined,
    );
  }

  /** The entries of each widget in turn. */
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

  /** Parts that do not fit may be of two states: one save came in between. */
  async #join(
    uuid: WidgetUuid,
    entries: Deno.KvEntry<unknown>[],
  ): Promise<Stored<Widget> | undefined> {
    try {
      return toWidget(uuid, joinParts(key.one(uuid), entries));
    } catch (error) {
      if (!(error instanceof BrokenValueError)) throw error;
      return await this.get(uuid);
    }
  }
}

function toWidget(uuid: WidgetUuid, { revision, json }: Whole): Stored<Widget> {
  const result = v.safeParse(Widget, json);
  if (!result.success) {
    throw new BrokenValueError(key.one(uuid), v.summarize(result.issues));
  }
  return { revision, value: result.output };
}

function picturesOf({ agents }: WidgetContent): PictureId[] {
  return [...new Set(agents.map((agent) => agent.picture))]
    .filter((picture) => picture !== "");
}

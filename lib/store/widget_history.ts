import * as v from "valibot";
import { WidgetVersion } from "@/lib/model/audit.ts";
import { PictureId } from "@/lib/model/picture.ts";
import {
  picturesOf,
  WidgetContent,
  type WidgetUuid,
} from "@/lib/model/widget.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import { getParts, setParts } from "./parts.ts";
import { BrokenValueError, decode, get, list } from "./stored.ts";
import { tolerant } from "./unknown_members.ts";

/** Maximum number of versions of a widget; beyond it the oldest is deleted. */
export const VERSIONS_MAX = 50;

const Kept = v.strictObject({
  ...WidgetVersion.entries,
  /** Avoids reading all contents to find the pictures in use. */
  pictures: v.array(PictureId),
});

const key = {
  one: (uuid: WidgetUuid, version: number) => [
    "widget_version",
    uuid,
    version,
  ],
  allOf: (uuid: WidgetUuid) => ({ prefix: ["widget_version", uuid] }),
  all: { prefix: ["widget_version"] },
  content: (uuid: WidgetUuid, version: number) => [
    "widget_version_content",
    uuid,
    version,
  ],
  contentsOf: (uuid: WidgetUuid) => ({
    prefix: ["widget_version_content", uuid],
  }),
};

/** Earlier versions of widgets: the states that a save has replaced. */
export class WidgetHistory {
  readonly #kv: StoreEngine;

  constructor(kv: StoreEngine) {
    this.#kv = kv;
  }

  /**
   * Stores a state that is about to be replaced. A widget and its last version
   * together are too large for one commit of KV, so this is written first. If
   * the save then fails, the stored version equals the current state, and
   * `list` leaves it out.
   */
  async keep(
    uuid: WidgetUuid,
    { version, at, by }: WidgetVersion,
    content: WidgetContent,
  ): Promise<void> {
    const kept = { version, at, by, pictures: picturesOf(content) };
    const commit = this.#kv.atomic().set(key.one(uuid, version), kept);
    setParts(commit, key.content(uuid, version), content, 0);
    const old = version - VERSIONS_MAX;
    if (old > 0) await this.#addDeletion(commit, uuid, old);
    await commit.commit();
  }

  /** Returns the versions before `current`, newest first. */
  async list(uuid: WidgetUuid, current: number): Promise<WidgetVersion[]> {
    const all = list(this.#kv, key.allOf(uuid), Kept, { reverse: true });
    const versions = await Array.fromAsync(
      all,
      ({ value: { version, at, by } }) => ({ version, at, by }),
    );
    return versions.filter(({ version }) => version < current);
  }

  /** Returns the content of a version, or undefined. Throws a
   * BrokenValueError. */
  async get(
    uuid: WidgetUuid,
    version: number,
  ): Promise<{ version: WidgetVersion; content: WidgetContent } | undefined> {
    const kept = await get(this.#kv, key.one(uuid, version), Kept);
    const own = key.content(uuid, version);
    const whole = await getParts(this.#kv, own);
    if (kept === undefined || whole === undefined) return undefined;
    const content = v.safeParse(tolerant(WidgetContent), whole.json);
    if (!content.success) {
      throw new BrokenValueError(own, v.summarize(content.issues));
    }
    const { pictures: _, ...found } = kept.value;
    return { version: found, content: content.output };
  }

  /** Returns the pictures in versions. Throws if a version cannot be read. */
  async pictures(): Promise<Set<PictureId>> {
    const ids = new Set<PictureId>();
    for await (const entry of this.#kv.list(key.all)) {
      for (const id of decode(Kept, entry).value.pictures) ids.add(id);
    }
    return ids;
  }

  /** Adds the deletion of all versions to a commit. */
  async addDeletionOfAll(
    commit: StoreCommit,
    uuid: WidgetUuid,
  ): Promise<void> {
    for (const range of [key.allOf(uuid), key.contentsOf(uuid)]) {
      for await (const entry of this.#kv.list(range)) commit.delete(entry.key);
    }
  }

  async #addDeletion(
    commit: StoreCommit,
    uuid: WidgetUuid,
    version: number,
  ): Promise<void> {
    commit.delete(key.one(uuid, version));
    const parts = { prefix: key.content(uuid, version) };
    for await (const entry of this.#kv.list(parts)) commit.delete(entry.key);
  }
}

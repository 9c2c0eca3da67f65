import { type Signal, signal } from "@preact/signals";
import type { WidgetVersion } from "@/lib/model/audit.ts";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { VersionView } from "@/lib/protocol/admin/messages.ts";

/** The requests for earlier versions. */
export type HistoryApi = Pick<AdminClient, "listVersions" | "getVersion">;

/** A value that is requested from the service. */
export type Loaded<T> =
  | { state: "loading" }
  | { state: "there"; value: T }
  | { state: "failed"; reason: string };

/** The versions of one widget, and the chosen one. */
export class VersionHistory {
  /** Newest first. */
  readonly versions: Signal<Loaded<WidgetVersion[]>> = signal({
    state: "loading",
  });
  readonly chosen: Signal<Loaded<VersionView> | undefined> = signal(undefined);
  readonly #uuid: string;
  readonly #api: HistoryApi;
  #wanted = 0;

  constructor(uuid: string, api: HistoryApi) {
    this.#uuid = uuid;
    this.#api = api;
  }

  async load(): Promise<void> {
    this.versions.value = loadedOf(await this.#api.listVersions(this.#uuid));
  }

  /** Requests a version; the answer to an earlier choice is dropped. */
  async choose(version: number): Promise<void> {
    this.#wanted = version;
    this.chosen.value = { state: "loading" };
    const answer = await this.#api.getVersion(this.#uuid, version);
    if (this.#wanted === version) this.chosen.value = loadedOf(answer);
  }
}

function loadedOf<T>(
  answer: { ok: true; value: T } | { ok: false; error: { reason: string } },
): Loaded<T> {
  return answer.ok
    ? { state: "there", value: answer.value }
    : { state: "failed", reason: answer.error.reason };
}

import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Store } from "@/lib/store/open.ts";
import { NO_APP_PASSWORD, type StoredAppPassword } from "./app_password.ts";
import { NO_PUSH_KEY, type StoredPushKey } from "./push_key.ts";
import { type ArchiveError, readLines } from "./line.ts";
import {
  emptyReport,
  type ImportReport,
  note,
  type Refused,
} from "./report.ts";
import { unseal } from "./secrets.ts";
import { type ImportStep, Steps, type StoredSecrets } from "./steps.ts";

type Source = () => AsyncIterable<string>;
/**
 * Imports an archive into a store, empty or not, merging by id. Equal things
 * stay unchanged. A widget that differs gets a new version, so nothing is lost.
 * An account that differs is changed, but keeps its password if it has one.
 * Nothing is deleted.
 */
export class Import {
  readonly #store: Store;
  readonly #source: Source;
  readonly #passphrase: string | undefined;
  readonly #stored: StoredSecrets;

  /** `source` returns the text of the archive, each time from its beginning. */
  constructor(
    store: Store,
    { source, passphrase, ...stored }: {
      source: Source;
      passphrase?: string;
      appPassword?: StoredAppPassword;
      pushKey?: StoredPushKey;
    },
  ) {
    this.#store = store;
    this.#source = source;
    this.#passphrase = passphrase;
    const { appPassword = NO_APP_PASSWORD, pushKey = NO_PUSH_KEY } = stored;
    this.#stored = { appPassword, pushKey };
  }

  /** Reads the whole archive and reports what an import would do. Writes
   * nothing. */
  async plan(): Promise<Result<ImportReport, ArchiveError>> {
    return await this.#run(() => Promise.resolve());
  }

  /** Imports the archive if all of it can be read. */
  async run(): Promise<Result<ImportReport, ArchiveError>> {
    const planned = await this.plan();
    if (!planned.ok) return planned;
    return await this.#run((step) => step.write());
  }

  async #run(
    perform: (step: ImportStep) => Promise<Refused | void>,
  ): Promise<Result<ImportReport, ArchiveError>> {
    const report = emptyReport();
    const steps = new Steps(this.#store, this.#stored);
    let number = 0;
    for await (const line of readLines(this.#source())) {
      number++;
      if (!line.ok) return line;
      if (line.value.is === "secrets" && this.#passphrase !== undefined) {
        const secrets = await unseal(line.value.sealed, this.#passphrase);
        if (!secrets.ok) return err({ line: number, why: secrets.error });
        steps.secrets = secrets.value;
      }
      if (line.value.is === "secrets" && this.#passphrase === undefined) {
        report.refused.push("secrets: CW_PASSPHRASE opens them");
      }
      for (const step of await steps.of(line.value)) {
        const refused = step.outcome === "added" || step.outcome === "changed"
          ? await perform(step)
          : undefined;
        note(report, step, refused ?? step.outcome);
      }
    }
    return ok({ ...report, withoutPassword: steps.withoutPassword });
  }
}

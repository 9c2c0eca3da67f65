import {
  NO_APP_PASSWORD,
  type StoredAppPassword,
} from "@/lib/admin/archive/app_password.ts";
import { exportLines } from "@/lib/admin/archive/export.ts";
import { Import } from "@/lib/admin/archive/import.ts";
import {
  NO_PUSH_KEY,
  type StoredPushKey,
} from "@/lib/admin/archive/push_key.ts";
import { reportText } from "@/lib/admin/archive/report.ts";
import { PASSPHRASE_LENGTH_MIN } from "@/lib/admin/archive/secrets.ts";
import { People } from "@/lib/admin/people.ts";
import { Sessions } from "@/lib/admin/sessions.ts";
import { stampsOf, systemClock } from "@/lib/base/clock.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import { Hub } from "@/lib/base/hub.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Topics } from "@/lib/model/topics.ts";
import {
  type NotOpened,
  notOpenedText,
  openStore,
  type Store,
} from "@/lib/store/open.ts";
import { isStorePath, isStoreThere } from "@/lib/store/open_engine.ts";
import { withoutPassword } from "@/lib/store/postgres/url.ts";
import { storedAppPassword } from "./open_pbx.ts";
import { storedPushKey } from "./open_push.ts";
import type { CommandLine, DataCommand } from "./command_line.ts";
import { processEnvironment, shortPassphraseText } from "./config.ts";
import { replaceFile } from "./replace_file.ts";
import type { Config } from "./settings.ts";
import { storePath } from "./store_path.ts";

type Outcome = Result<string, string>;

/** The settings that need a passphrase. */
interface Secret {
  passphrase?: string;
  appPassword: StoredAppPassword;
  pushKey: StoredPushKey;
}

type DataLine = Extract<CommandLine, { command: DataCommand }>;

/** Runs a command on the data and returns the exit code of the process. */
export async function runDataCommand(
  line: DataLine,
  config: Config,
): Promise<number> {
  const outcome = await run(line, config).catch((error: unknown) =>
    err(`Cannot run ${line.command}: ${errorMessage(error)}`)
  );
  if (outcome.ok) console.log(outcome.value);
  else console.error(outcome.error);
  return outcome.ok ? 0 : 1;
}

async function run(
  { command, target, isConfirmed }: DataLine,
  config: Config,
): Promise<Outcome> {
  // An empty variable is no passphrase, as with the settings.
  const passphrase = processEnvironment("CW_PASSPHRASE") || undefined;
  if (passphrase !== undefined && passphrase.length < PASSPHRASE_LENGTH_MIN) {
    return err(shortPassphraseText);
  }
  const path = storePath(config);
  if (command !== "import" && !await isStoreThere(path)) {
    const how = isStorePath(path)
      ? "name its folder with --data or CW_DATA"
      : "name it with --kv or CW_KV";
    return err(`There is no store at ${withoutPassword(path)}: ${how}`);
  }
  if (command === "import" && isConfirmed && !await isStoreThere(path)) {
    // An archive that cannot be read must not leave an empty store.
    const planned = await planOnNothing(target, passphrase);
    if (!planned.ok) return planned;
  }
  const opened = command === "import" && !isConfirmed
    ? await openToPlan(path)
    : await openStore(path);
  if (!opened.ok) return err(notOpenedText(path, opened.error));
  using store = opened.value;
  const secret = {
    appPassword: storedAppPassword({ config, store }),
    pushKey: storedPushKey({ config, store }),
    ...(passphrase !== undefined && { passphrase }),
  };
  switch (command) {
    case "export":
      return await exportTo(target, store, secret);
    case "import":
      return await importFrom(target, store, {
        ...secret,
        write: isConfirmed,
      });
    case "reset-password":
      return await resetPassword(target, store);
  }
}

/** Opens a store for a dry run, which changes nothing. If there is no store, it
 * opens an empty one in memory. */
async function openToPlan(path: string): Promise<Result<Store, NotOpened>> {
  return await openStore(await isStoreThere(path) ? path : ":memory:", {
    keepSchema: true,
  });
}

async function exportTo(
  file: string,
  store: Store,
  secret: Secret,
): Promise<Outcome> {
  const lines = exportLines(store, { clock: stampsOf(systemClock), ...secret });
  let bytes: number;
  try {
    bytes = await replaceFile(file, lines);
  } catch (error) {
    return err(`Cannot export to ${file}: ${errorMessage(error)}`);
  }
  const without = secret.passphrase === undefined
    ? "\nCW_PASSPHRASE is not set, so all passwords are left out"
    : "";
  return ok(`Exported to ${file} (${bytes} bytes)${without}`);
}

/** Reads a whole archive, with the outcome of a dry run into an empty store. */
async function planOnNothing(
  file: string,
  passphrase?: string,
): Promise<Outcome> {
  const opened = await openStore(":memory:");
  if (!opened.ok) return err(notOpenedText(":memory:", opened.error));
  using store = opened.value;
  return await importFrom(file, store, {
    appPassword: NO_APP_PASSWORD,
    pushKey: NO_PUSH_KEY,
    ...(passphrase !== undefined && { passphrase }),
    write: false,
  });
}

async function importFrom(
  file: string,
  store: Store,
  { write, ...secret }: Secret & { write: boolean },
): Promise<Outcome> {
  const archive = new Import(store, { source: () => textOf(file), ...secret });
  try {
    const done = write ? await archive.run() : await archive.plan();
    if (!done.ok) {
      const { line, why } = done.error;
      return err(`Cannot import ${file}: line ${line} ${why}`);
    }
    const after = write
      ? "Imported. Restart the service that uses this store."
      : "Dry run: nothing was written. Add --yes to import.";
    return ok(`${reportText(done.value)}\n${after}`);
  } catch (error) {
    return err(`Cannot import ${file}: ${errorMessage(error)}`);
  }
}

async function* textOf(file: string): AsyncGenerator<string> {
  using opened = await Deno.open(file);
  yield* opened.readable.pipeThrough(new TextDecoderStream());
}

async function resetPassword(name: string, store: Store): Promise<Outcome> {
  const hub = new Hub<Topics>();
  const { accounts } = store;
  const sessions = new Sessions({ sessions: store.sessions, accounts, hub });
  const people = new People({ accounts, sessions, hub });
  const reset = await people.resetPassword(name);
  if (!reset.ok) {
    const account = `account ${JSON.stringify(name)}`;
    return err(
      reset.error.reason === "of-pbx"
        ? `The ${account} signs in through its PBX and has no password`
        : `There is no ${account}`,
    );
  }
  return ok(
    `New password of ${name}: ${reset.value}\n` +
      "It has to be changed at the next sign-in.",
  );
}

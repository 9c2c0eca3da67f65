import * as v from "valibot";
import { PASSPHRASE_LENGTH_MIN } from "@/lib/admin/archive/secrets.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { isStorePath } from "@/lib/store/open_engine.ts";
import { withoutPassword } from "@/lib/store/postgres/url.ts";
import { FLAGS, takesNext } from "./command_line.ts";
import {
  type Config,
  environmentName,
  flagName,
  SETTINGS,
} from "./settings.ts";

/**
 * An invalid setting: its name as the operator gave it, and what is allowed.
 */
export interface ConfigError {
  name: string;
  text: string;
}

type Environment = (name: string) => string | undefined;

/**
 * Reads all settings. A flag (`--port 8080`, `--port=8080`) takes precedence
 * over the environment (`CW_PORT`), which takes precedence over the file that
 * `CW_…_FILE` names (for a secret), and the default comes last. Returns all
 * errors, not just the first.
 */
export function readConfig(
  args: readonly string[],
  environment: Environment,
  readFile: (path: string) => string = Deno.readTextFileSync,
): Result<Config, ConfigError[]> {
  const { flags, errors } = readFlags(args);
  const values: Record<string, unknown> = {};
  for (const [name, { schema, byDefault }] of Object.entries(SETTINGS)) {
    const given = valueOf(name, { flags, environment, readFile });
    if (!given.ok) {
      errors.push(given.error);
      continue;
    }
    const { from, text = byDefault } = given.value;
    const read = v.safeParse(schema, text);
    if (read.success) values[name] = read.output;
    else {
      const why = `${shown(name, text)} ${read.issues[0].message}`;
      errors.push({ name: from, text: why });
    }
  }
  errors.push(...combinationErrors(values));
  return errors.length > 0 ? err(errors) : ok(values as Config);
}

/** Returns what is wrong with settings that are valid one by one. Those that are
 * invalid are missing in `values`. */
function combinationErrors(
  settings: Record<string, unknown>,
): ConfigError[] {
  const { tlsCert, tlsKey, nats, kv, secretKey, smtpUrl, smtpFrom } = settings;
  const errors: ConfigError[] = [];
  if ((smtpUrl === "") !== (smtpFrom === "")) {
    errors.push({ name: "CW_SMTP_URL", text: "and CW_SMTP_FROM go together" });
  }
  if ((tlsCert === "") !== (tlsKey === "")) {
    errors.push({ name: "CW_TLS_CERT", text: "and CW_TLS_KEY go together" });
  }
  if (typeof nats !== "object") return errors;
  const isOwn = typeof kv === "string" &&
    (kv === "" || kv === ":memory:" || isStorePath(kv));
  if (isOwn) {
    const text = "needs the URL of PostgreSQL in CW_KV, because all instances" +
      " have one store";
    errors.push({ name: "CW_NATS", text });
  }
  if (secretKey === "") {
    const text = "needs CW_SECRET_KEY, because all instances read the same" +
      " secrets";
    errors.push({ name: "CW_NATS", text });
  }
  return errors;
}

/**
 * Returns the text of a setting, and the name that the operator used for it.
 */
function valueOf(
  name: string,
  { flags, environment, readFile }: {
    flags: ReadonlyMap<string, string>;
    environment: Environment;
    readFile: (path: string) => string;
  },
): Result<{ from: string; text?: string }, ConfigError> {
  const flag = flags.get(flagName(name));
  if (flag !== undefined) return ok({ from: flagName(name), text: flag });
  const variable = environmentName(name);
  const text = environment(variable);
  const file = fileVariable(name);
  const path = file && environment(file);
  if (text || !file || !path) {
    return ok({ from: variable, ...(text !== undefined && { text }) });
  }
  try {
    // Editors end a file with a line break, which is not part of the secret.
    const inFile = readFile(path).replace(/\r?\n$/, "");
    // A secret that was not mounted must not switch off what it is for.
    return inFile.trim() === ""
      ? err({ name: file, text: "cannot be used: the file is empty" })
      : ok({ from: file, text: inFile });
  } catch (error) {
    return err({ name: file, text: `cannot be read: ${errorMessage(error)}` });
  }
}

/** Returns the variable that names a file with this secret, for container
 * platforms that mount secrets. Other settings have none. */
function fileVariable(name: string): string | undefined {
  return isSecret(name) ? `${environmentName(name)}_FILE` : undefined;
}

/** Returns sentences about variables that are probably mistakes. */
export function environmentWarnings(
  environment: Readonly<Record<string, string>>,
): string[] {
  const unknown = unknownNames(environment)
    .map((name) => `${name} is not a setting and is ignored`);
  const unused = Object.keys(SETTINGS).flatMap((name) => {
    const variable = environmentName(name);
    const file = fileVariable(name);
    return file && environment[file] && environment[variable]
      ? [`${file} is not used, because ${variable} is set`]
      : [];
  });
  const { CW_PASSPHRASE: passphrase } = environment;
  const short = passphrase && passphrase.length < PASSPHRASE_LENGTH_MIN
    ? [`${shortPassphraseText}, so export and import refuse it`]
    : [];
  return [...unknown, ...unused, ...short];
}

/** Tells the operator what a passphrase needs. */
export const shortPassphraseText =
  `CW_PASSPHRASE must have at least ${PASSPHRASE_LENGTH_MIN} characters`;

/** Returns the variables that look like settings but are not. */
export function unknownNames(
  environment: Readonly<Record<string, string>>,
): string[] {
  const known = new Set(
    Object.keys(SETTINGS).flatMap((name) => [
      environmentName(name),
      ...[fileVariable(name) ?? []].flat(),
    ]),
  );
  for (const other of READ_BY_OTHERS) known.add(other);
  return Object.keys(environment)
    .filter((name) => name.startsWith("CW_") && !known.has(name)).sort();
}

/** Variables of the commands, the single-file program and the tests. */
const READ_BY_OTHERS = ["CW_PASSPHRASE", "CW_CACHE", "CW_SEED"];

/** Returns all variables of this process, in order to find misspelled ones. */
export function wholeEnvironment(): Record<string, string> {
  return Deno.env.toObject();
}

/** Reads the environment of this process; the only place that does. */
export function processEnvironment(name: string): string | undefined {
  return Deno.env.get(name);
}

/** Formats all errors, one per line. */
export function errorText(errors: readonly ConfigError[]): string {
  return errors.map(({ name, text }) => `${name} ${text}`).join("\n");
}

/** Returns the output of `--help`. */
export function helpText(): string {
  const names = Object.keys(SETTINGS);
  const widthOf = (nameOf: (name: string) => string) =>
    Math.max(...names.map((name) => nameOf(name).length)) + 1;
  const [flags, variables] = [widthOf(flagName), widthOf(environmentName)];
  const rows = Object.entries(SETTINGS).map(([name, { byDefault, help }]) => {
    const now = byDefault === "" ? "" : ` [${byDefault}]`;
    const flag = flagName(name).padEnd(flags);
    return `  ${flag}${environmentName(name).padEnd(variables)}${help}${now}`;
  });
  return ["Settings, as flags or in the environment:", ...rows].join("\n");
}

/** True for settings whose values are secret. `kv` and `nats` can contain a
 * password. */
export function isSecret(name: string): boolean {
  return /password|secret|^kv$|^nats$|^smtpUrl$/i.test(name);
}

/** Secrets are named, but their values are never shown. */
function shown(name: string, given: string): string {
  if (name === "kv") return JSON.stringify(withoutPassword(given));
  return isSecret(name) ? "the value" : JSON.stringify(given);
}

function readFlags(
  args: readonly string[],
): { flags: Map<string, string>; errors: ConfigError[] } {
  const flags = new Map<string, string>();
  const errors: ConfigError[] = [];
  for (let at = 0; at < args.length; at++) {
    const [flag = "", ...rest] = (args[at] ?? "").split("=");
    if (!FLAGS.has(flag)) {
      const what = flag.startsWith("-") ? "option" : "command";
      errors.push({ name: `Unknown ${what}`, text: `${flag} (see --help)` });
    } else if (rest.length > 0) flags.set(flag, rest.join("="));
    else if (flag === "--dev") flags.set(flag, "yes");
    else if (takesNext(flag, args[at + 1])) flags.set(flag, args[++at] ?? "");
    else errors.push({ name: flag, text: "needs a value" });
  }
  return { flags, errors };
}

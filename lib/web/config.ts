import * as v from "valibot";
import { err, ok, type Result } from "@/lib/base/result.ts";
import {
  type Config,
  environmentName,
  flagName,
  SETTINGS,
} from "./settings.ts";

/** What cannot be used: the setting as it was given, and what is allowed. */
export interface ConfigError {
  name: string;
  text: string;
}

/**
 * Reads all settings: a flag (`--port 8080`, `--port=8080`) before the
 * environment (`CW_PORT`) before the default. Returns every error, not the first.
 */
export function readConfig(
  args: readonly string[],
  environment: (name: string) => string | undefined,
  readFile: (path: string) => string = Deno.readTextFileSync,
): Result<Config, ConfigError[]> {
  const { flags, errors } = readFlags(args);
  const values: Record<string, unknown> = {};
  for (const [name, { schema, byDefault }] of Object.entries(SETTINGS)) {
    const flag = flags.get(flagName(name));
    const inFile = fromFile(name, environment, readFile);
    if (!inFile.ok) {
      errors.push(inFile.error);
      continue;
    }
    const given = flag ?? environment(environmentName(name)) ?? inFile.value ??
      byDefault;
    const read = v.safeParse(schema, given);
    if (read.success) values[name] = read.output;
    else {
      const from = flag === undefined ? environmentName(name) : flagName(name);
      const text = `${shown(name, given)} ${read.issues[0].message}`;
      errors.push({ name: from, text });
    }
  }
  if (errors.length > 0) return err(errors);
  const config = values as Config;
  return (config.tlsCert === "") === (config.tlsKey === "")
    ? ok(config)
    : err([{ name: "CW_TLS_CERT", text: "and CW_TLS_KEY go together" }]);
}

/** A secret can be in a file that `CW_…_FILE` names, as container platforms mount
 * it. A line break at its end does not count. */
function fromFile(
  name: string,
  environment: (name: string) => string | undefined,
  readFile: (path: string) => string,
): Result<string | undefined, ConfigError> {
  const variable = `${environmentName(name)}_FILE`;
  const path = isSecret(name) ? environment(variable) : undefined;
  if (path === undefined || path === "") return ok(undefined);
  try {
    return ok(readFile(path).replace(/\r?\n$/, ""));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err({ name: variable, text: `cannot be read: ${reason}` });
  }
}

/** Returns the variables that look like settings and are not. */
export function unknownNames(
  environment: Readonly<Record<string, string>>,
): string[] {
  const known = new Set(
    Object.keys(SETTINGS).flatMap((name) => {
      const variable = environmentName(name);
      return isSecret(name) ? [variable, `${variable}_FILE`] : [variable];
    }),
  );
  for (const other of READ_BY_OTHERS) known.add(other);
  return Object.keys(environment)
    .filter((name) => name.startsWith("CW_") && !known.has(name)).sort();
}

/** Variables of the commands, the one-file program and the tests. */
const READ_BY_OTHERS = ["CW_PASSPHRASE", "CW_CACHE", "CW_SEED"];

/** All variables of this process, to find those that are misspelled. */
export function wholeEnvironment(): Record<string, string> {
  return Deno.env.toObject();
}

/** The environment of this process: the only place that reads it. */
export function processEnvironment(name: string): string | undefined {
  return Deno.env.get(name);
}

/** All errors, one a line. */
export function errorText(errors: readonly ConfigError[]): string {
  return errors.map(({ name, text }) => `${name} ${text}`).join("\n");
}

/** What `--help` prints. */
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

/** True for settings whose values are secret. */
export function isSecret(name: string): boolean {
  return /password|secret/i.test(name);
}

/** Secrets are named, never shown. */
function shown(name: string, given: string): string {
  return isSecret(name) ? "the value" : JSON.stringify(given);
}

function readFlags(
  args: readonly string[],
): { flags: Map<string, string>; errors: ConfigError[] } {
  const known = new Set(Object.keys(SETTINGS).map(flagName));
  const flags = new Map<string, string>();
  const errors: ConfigError[] = [];
  for (let at = 0; at < args.length; at++) {
    const [flag = "", ...rest] = (args[at] ?? "").split("=");
    if (!known.has(flag)) {
      const what = flag.startsWith("-") ? "option" : "command";
      errors.push({ name: `Unknown ${what}`, text: `${flag} (see --help)` });
    } else if (flag === "--dev") flags.set(flag, "yes");
    else if (rest.length > 0) flags.set(flag, rest.join("="));
    else if (at + 1 < args.length) flags.set(flag, args[++at] ?? "");
    else errors.push({ name: flag, text: "needs a value" });
  }
  return { flags, errors };
}

import { err, ok, type Result } from "@/lib/base/result.ts";
import { flagName, SETTINGS } from "./settings.ts";

/** The commands, with their required arguments. Without a command the service
 * starts. */
const COMMANDS = {
  "check-config": undefined,
  "export": "FILE",
  "import": "FILE",
  "reset-password": "NAME",
} as const;

export type DataCommand = "export" | "import" | "reset-password";

export type CommandLine =
  | { command: "start" | "check-config"; settings: string[] }
  | {
    command: DataCommand;
    /** The FILE or NAME. */
    target: string;
    /** True if `--yes` is given. */
    isConfirmed: boolean;
    settings: string[];
  };

/** Settings by flag. Flags without `=` take the next argument, except
 * `--dev`. */
export const FLAGS: ReadonlySet<string> = new Set(
  Object.keys(SETTINGS).map(flagName),
);

/**
 * Parses a command line. The command, its argument and the options can be in
 * any order. Returns a sentence for the operator if it is invalid.
 */
export function readCommandLine(
  args: readonly string[],
): Result<CommandLine, string> {
  const { words, settings, isConfirmed, unknown } = sorted(args);
  if (unknown !== undefined) {
    return err(`Unknown option ${unknown} (see --help)`);
  }
  const [command, ...rest] = words;
  if (command !== undefined && !isCommand(command)) {
    return err(`Unknown command ${command} (see --help)`);
  }
  const argument = command === undefined ? undefined : COMMANDS[command];
  const [target, extra] = argument === undefined ? [undefined, ...rest] : rest;
  if (extra !== undefined) {
    const before = [command, target].filter((word) => word !== undefined);
    return err(
      `Unexpected ${JSON.stringify(extra)} after ${before.join(" ")}` +
        " (see --help)",
    );
  }
  if (isConfirmed && command !== "import") {
    return err("The option --yes is for the command import only");
  }
  if (command === undefined) return ok({ command: "start", settings });
  if (command === "check-config") return ok({ command, settings });
  if (target === undefined) {
    return err(`The command ${command} needs ${argument} (see --help)`);
  }
  return ok({ command, target, isConfirmed, settings });
}

/** True if this flag's value is the next argument, `next`. */
export function takesNext(flag: string, next: string | undefined): boolean {
  const isWhole = FLAGS.has(flag) && flag !== "--dev";
  return isWhole && next !== undefined && !next.startsWith("--");
}

function sorted(args: readonly string[]) {
  const words: string[] = [];
  const settings: string[] = [];
  let isConfirmed = false;
  let unknown: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    const [name = ""] = arg.split("=");
    if (arg === "--yes") isConfirmed = true;
    else if (!arg.startsWith("-")) words.push(arg);
    else if (!FLAGS.has(name)) unknown ??= name;
    else {
      settings.push(arg);
      if (takesNext(arg, args[at + 1])) settings.push(args[++at] ?? "");
    }
  }
  return { words, settings, isConfirmed, unknown };
}

function isCommand(word: string): word is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, word);
}

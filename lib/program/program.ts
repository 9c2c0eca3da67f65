import { checkConfig } from "./check_config.ts";
import { readCommandLine } from "./command_line.ts";
import {
  errorText,
  helpText,
  processEnvironment,
  readConfig,
  wholeEnvironment,
} from "./config.ts";
import { runDataCommand } from "./data_command.ts";
import { type Resources, runService, type Runtime } from "./run.ts";
import type { Config } from "./settings.ts";
import { VERSION } from "./version.ts";

const COMMANDS = `contact-widgets [COMMAND] [SETTINGS]

Without a command the service starts. Commands and settings can come in any order:
  check-config         tests the settings, the store, NATS and the port without starting
  export FILE          writes all stored data except sessions
  import FILE          shows what FILE would change; with --yes applies it
  reset-password NAME  gives an account a new password and prints it
  --help, --version

With CW_PASSPHRASE, an archive carries the passwords' hashes and the App password
of the PBX, encrypted.
`;

/** Runs the command line: the service, or one command on its settings or its
 * data. Ends the process afterwards. */
export async function runProgram(
  args: readonly string[],
  build: (resources: Resources) => Promise<Runtime>,
): Promise<void> {
  if (args.includes("--help")) return say(`${COMMANDS}\n${helpText()}`);
  if (args.includes("--version")) return say(`Contact Widgets ${VERSION}`);
  const line = readCommandLine(args);
  if (!line.ok) return refuse(line.error);
  const config = readConfig(line.value.settings, processEnvironment);
  if (!config.ok) return refuse(errorText(config.error));
  switch (line.value.command) {
    case "start":
      return await runService(config.value, build);
    case "check-config":
      return await check(config.value);
    default:
      return Deno.exit(await runDataCommand(line.value, config.value));
  }
}

/** Checks whether the service can start, without starting it. */
async function check(config: Config): Promise<void> {
  const report = await checkConfig(config, wholeEnvironment());
  for (const warning of report.warnings) say(`Warning: ${warning}`);
  if (report.errors.length > 0) return refuse(report.errors.join("\n"));
  say("Configuration OK");
}

function say(text: string): void {
  console.log(text);
}

function refuse(text: string): never {
  console.error(text);
  Deno.exit(1);
}

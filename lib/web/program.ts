import { checkConfig } from "./check_config.ts";
import {
  errorText,
  helpText,
  processEnvironment,
  readConfig,
  wholeEnvironment,
} from "./config.ts";
import { runDataCommand } from "./data_command.ts";
import { type Ground, type House, runService } from "./run.ts";
import { VERSION } from "./version.ts";

const COMMANDS = `contact-widgets [COMMAND] [SETTINGS]

Without a command the service starts. Commands:
  check-config         tests the settings, the store and the port without starting
  export FILE          writes everything that is stored but sessions
  import FILE          says what FILE would bring; with --yes brings it
  reset-password NAME  gives an account a new password and prints it
  --help, --version
`;

/** Runs what the command line asks for: the service, or one command on its
 * settings or its data. Ends the process if there is nothing left to run. */
export async function runProgram(
  args: readonly string[],
  build: (ground: Ground) => Promise<House>,
): Promise<void> {
  if (args.includes("--help")) return say(`${COMMANDS}\n${helpText()}`);
  switch (args[0]) {
    case "--version":
      return say(`Contact Widgets ${VERSION}`);
    case "export":
    case "import":
    case "reset-password":
      return Deno.exit(await runDataCommand(args));
    case "check-config":
      return await check(args.slice(1));
    default: {
      const config = readConfig(args, processEnvironment);
      if (config.ok) return await runService(config.value, build);
      return refuse(errorText(config.error));
    }
  }
}

/** Says whether the service can start, without starting it. */
async function check(args: readonly string[]): Promise<void> {
  const config = readConfig(args, processEnvironment);
  if (!config.ok) return refuse(errorText(config.error));
  const report = await checkConfig(config.value, wholeEnvironment());
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

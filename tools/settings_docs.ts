import { PASSPHRASE_LENGTH_MIN } from "@/lib/admin/archive/secrets.ts";
import { isSecret } from "@/lib/program/config.ts";
import { environmentName, flagName, SETTINGS } from "@/lib/program/settings.ts";
import { formatted } from "./formatted.ts";

// Writes docs/settings.md from the same table that the program reads.

type Name = keyof typeof SETTINGS;

export const SETTINGS_FILE = new URL("../docs/settings.md", import.meta.url);

/** Settings without a group come last. */
const GROUPS: [title: string, names: Name[]][] = [
  ["Address", ["port", "host", "publicUrl", "instancePath"]],
  ["TLS and proxies", ["tlsCert", "tlsKey", "trustedProxies"]],
  ["Data", [
    "data",
    "kv",
    "secretKey",
    "recordDays",
    "messageDays",
    "smtpUrl",
    "smtpFrom",
    "statisticsDays",
    "keepChats",
    "adminPassword",
  ]],
  ["Several instances", ["nats", "natsCreds"]],
  ["PBX", [
    "pbxPassword",
    "pbxFrom",
    "pbxOrigins",
    "pbxCliOverride",
    "pbxCallbacks",
  ]],
  ["STUN and TURN", ["stun", "turn", "turnSecret"]],
  ["Operation", [
    "log",
    "logFormat",
    "metricsFrom",
    "readyPbx",
    "contactsPerAddress",
    "requestSeconds",
    "drainSeconds",
    "push",
  ]],
  ["Development", ["dev"]],
];

const HEAD = () =>
  `# Settings

<!-- Made by \`deno task settings\` from lib/program/settings.ts. -->

Each setting is an environment variable or a flag of the same name. If a value is
invalid, the service does not start, and prints the setting's name, the value and
what is allowed. It never prints the value of a secret; of \`CW_KV\`, it leaves out
the password.

If you set it more than once, the first of these counts:

1. the flag, such as \`--turn-secret\`
2. the variable, such as \`CW_TURN_SECRET\`, unless it is empty
3. for secrets, the file that a variable with \`_FILE\` names, such as
   \`CW_TURN_SECRET_FILE=/run/secrets/turn\`
4. the default

Secrets are ${list(secrets())}. A line break at the end of the file is not part
of the secret. If a file cannot be read or is empty, the service does not start. Flags are visible to
other users of the host in the list of processes, so do not use them for secrets.

\`contact-widgets check-config\` reads the settings and their files and rejects
everything that a start rejects. It also opens the store, connects to NATS, listens
on the port for a moment, and warns of variables that look like settings but are not. It does not
start the service.
`;

const TAIL = `## Other variables

- \`CW_PASSPHRASE\`: encrypts the passwords' hashes in the file of \`export\`,
  and \`import\` needs it to read them. It must have at least
  ${PASSPHRASE_LENGTH_MIN} characters.
- \`CW_CACHE\`: the folder in which the single-file program unpacks itself
  ([operator's guide](operator.md#install)).
- \`DENO_KV_ACCESS_TOKEN\`: the token of a KV Connect server in \`CW_KV\`.
- \`OTEL_DENO\` and \`OTEL_EXPORTER_OTLP_ENDPOINT\`: OpenTelemetry
  ([operator's guide](operator.md#opentelemetry)).
`;

/** Returns the whole document, formatted. */
export async function settingsDocument(): Promise<string> {
  const grouped: string[] = GROUPS.flatMap(([, names]) => names);
  const others = Object.keys(SETTINGS).filter((name) =>
    !grouped.includes(name)
  );
  const groups: [string, string[]][] = [...GROUPS, ["More", others]];
  const parts = groups.filter(([, names]) => names.length > 0).map((group) => {
    const [title, names] = group;
    const rows = names.map(row).join("\n");
    return `## ${title}\n\n| setting | default | |\n|---|---|---|\n${rows}\n`;
  });
  return await formatted([HEAD(), ...parts, TAIL].join("\n"));
}

function row(name: string): string {
  const setting = Object.entries(SETTINGS).find(([own]) => own === name);
  if (setting === undefined) throw new Error(`There is no setting ${name}`);
  const { allowed, byDefault, help } = setting[1];
  const now = byDefault === "" ? "" : `\`${byDefault}\``;
  const names = `\`${environmentName(name)}\`<br>\`${flagName(name)}\``;
  const what = `${help}.<br>It must ${allowed}.`;
  return `| ${names} | ${now.replaceAll(",", ", ")} | ${what} |`;
}

function secrets(): string[] {
  return Object.keys(SETTINGS).filter(isSecret)
    .map((name) => `\`${environmentName(name)}\``);
}

function list(words: string[]): string {
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

if (import.meta.main) {
  await Deno.writeTextFile(SETTINGS_FILE, await settingsDocument());
}

import { PASSPHRASE_LENGTH_MIN } from "@/lib/admin/archive/secrets.ts";
import { isSecret } from "@/lib/web/config.ts";
import { environmentName, flagName, SETTINGS } from "@/lib/web/settings.ts";
import { formatted } from "./formatted.ts";

// Writes docs/settings.md from the same table that the program reads.

type Name = keyof typeof SETTINGS;

export const SETTINGS_FILE = new URL("../docs/settings.md", import.meta.url);

/** What stands in no group comes last. */
const GROUPS: [title: string, names: Name[]][] = [
  ["Where it is found", ["port", "host", "publicUrl", "instancePath"]],
  ["TLS and proxies", ["tlsCert", "tlsKey", "trustedProxies"]],
  ["Data", [
    "data",
    "kv",
    "secretKey",
    "recordDays",
    "statisticsDays",
    "keepChats",
    "adminPassword",
  ]],
  ["PBX", ["pbxPassword", "pbxFrom", "pbxOrigins", "pbxCliOverride"]],
  ["STUN and TURN", ["stun", "turn", "turnSecret"]],
  ["Running it", [
    "log",
    "logFormat",
    "metricsFrom",
    "readyPbx",
    "contactsPerAddress",
    "requestSeconds",
    "drainSeconds",
  ]],
  ["Development", ["dev"]],
];

const HEAD = () =>
  `# Settings

<!-- Made by \`deno task settings\` from lib/web/settings.ts. -->

Each setting is a variable of the environment or a flag of the same name. A
value that is not allowed stops the start with the setting's name, the value and
what is allowed; a secret is named and never shown.

If a setting is given more than once, this is the order:

1. the flag, such as \`--turn-secret\`
2. the variable, such as \`CW_TURN_SECRET\`, unless it is empty
3. for secrets, the file that a variable with \`_FILE\` names, such as
   \`CW_TURN_SECRET_FILE=/run/secrets/turn\`
4. the default

Secrets are ${list(secrets())}. A line break at the end of the file is not part
of the secret. A file that cannot be read stops the start. Flags are visible to
other users of the host in the list of processes, so do not use them for secrets.

\`contact-widgets check-config\` reads the settings and their files as a start
does and refuses what a start refuses. It also opens the store, takes the port for
a moment, and warns of variables that look like settings and are not. It starts
nothing.
`;

const TAIL = `## Read by others

- \`CW_PASSPHRASE\`: encrypts the passwords' hashes in an archive of \`export\`,
  and \`import\` needs it to read them. It must have at least
  ${PASSPHRASE_LENGTH_MIN} characters.
- \`CW_CACHE\`: where the one-file program unpacks itself
  ([operator's guide](operator.md#install)).
- \`DENO_KV_ACCESS_TOKEN\`: the token of a KV Connect server in \`CW_KV\`.
- \`OTEL_DENO\` and \`OTEL_EXPORTER_OTLP_ENDPOINT\`: OpenTelemetry
  ([operator's guide](operator.md#opentelemetry)).
`;

/** The whole document, as it is formatted. */
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

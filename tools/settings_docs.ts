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

const HEAD = `# Settings

<!-- Made by \`deno task settings\` from lib/web/settings.ts. -->

Each setting is a variable of the environment or a flag of the same name; a flag
wins. A value that cannot be used stops the start with its name, the value and
what is allowed; a secret is named and never shown.

A secret can also be in a file: set \`CW_TURN_SECRET_FILE\`, for example, to its
path. Flags are visible to other users of the host in the list of processes, so
do not use them for secrets.

\`contact-widgets check-config\` tests the settings, opens the store, takes the
port for a moment and starts nothing. It also reports variables that look like
settings and are not.
`;

const TAIL = `## Read by others

- \`CW_PASSPHRASE\`: encrypts the passwords' hashes in an archive of \`export\`,
  and is asked for by \`import\`.
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
  return await formatted([HEAD, ...parts, TAIL].join("\n"));
}

function row(name: string): string {
  const setting = Object.entries(SETTINGS).find(([own]) => own === name);
  if (setting === undefined) throw new Error(`There is no setting ${name}`);
  const { byDefault, help } = setting[1];
  const now = byDefault === "" ? "" : `\`${byDefault}\``;
  const names = `\`${environmentName(name)}\`<br>\`${flagName(name)}\``;
  return `| ${names} | ${now.replaceAll(",", ", ")} | ${help} |`;
}

if (import.meta.main) {
  await Deno.writeTextFile(SETTINGS_FILE, await settingsDocument());
}

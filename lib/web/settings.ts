import * as v from "valibot";
import { isNetwork } from "./networks.ts";
import { isOrigin } from "./origins.ts";

/** One setting: how it is read from text, what it is without any, what it is for. */
interface Setting<T> {
  schema: v.GenericSchema<string, T>;
  /** As text, decoded like any other. */
  byDefault: string;
  help: string;
}

function setting<T>(
  byDefault: string,
  schema: v.GenericSchema<string, T>,
  help: string,
): Setting<T> {
  return { schema, byDefault, help };
}

const Text = v.pipe(v.string(), v.trim());

function whole(min: number, max: number) {
  const allowed = `must be a whole number from ${min} to ${max}`;
  return v.pipe(
    Text,
    v.regex(/^[0-9]{1,9}$/, allowed),
    v.transform(Number),
    v.minValue(min, allowed),
    v.maxValue(max, allowed),
  );
}

const PublicUrl = v.pipe(
  Text,
  v.transform((text) => text.replace(/\/+$/, "")),
  v.regex(
    /^(https?:\/\/[^\s/]+)?$/,
    "must be like https://widgets.example.com, without a path",
  ),
);

const InstancePath = v.pipe(
  Text,
  v.transform((text) => text.replace(/\/+$/, "")),
  v.regex(/^(\/[A-Za-z0-9._-]+)+$/, "must be a path such as /widgets"),
);

const Networks = v.pipe(
  Text,
  v.transform((text) => text.split(/[\s,]+/).filter((part) => part !== "")),
  v.array(v.string()),
  v.check(
    (all) => all.every(isNetwork),
    "must be addresses or networks such as 10.0.0.0/8, separated by commas",
  ),
);

const Origins = v.pipe(
  Text,
  v.transform((text) => text.split(/[\s,]+/).filter((part) => part !== "")),
  v.array(v.string()),
  v.check(
    (all) => all.every(isOrigin),
    "must be like https://pbx.example.com, separated by commas, without paths",
  ),
);

const Servers = v.pipe(
  Text,
  v.regex(
    /^([^\s;,]+(;[^\s;,]+)*)?$/,
    "must be host names, host:port or addresses such as turns:host:443, separated by semicolons",
  ),
);

/** Loopback and the networks that no router of the Internet leads to. */
const PRIVATE =
  "127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7";

/** Every setting of the program by its name in code; docs are made from this. */
export const SETTINGS = {
  port: setting("8000", whole(0, 65_535), "Port; 0 takes a free one"),
  host: setting("0.0.0.0", Text, "Address to listen on"),
  data: setting("./data", Text, "Folder for all that is stored"),
  kv: setting(
    "",
    Text,
    "Deno KV: a file, or the URL of a KV Connect server; empty: inside CW_DATA",
  ),
  publicUrl: setting(
    "",
    PublicUrl,
    "Where websites reach the service; empty: as the browser of the admin does",
  ),
  instancePath: setting(
    "/widgets",
    InstancePath,
    "Path of the App instance, for the PBX and the widgets",
  ),
  adminPassword: setting(
    "",
    Text,
    "Creates the account admin at start, or sets its password",
  ),
  pbxPassword: setting(
    "",
    v.pipe(Text, v.maxLength(64, "must have at most 64 characters")),
    "Password of the App object on the PBX",
  ),
  secretKey: setting(
    "",
    Text,
    "Seals secrets in the store; empty: a key file in CW_DATA",
  ),
  pbxFrom: setting(
    PRIVATE,
    Networks,
    "Addresses and networks that a PBX may connect from",
  ),
  pbxOrigins: setting(
    "",
    Origins,
    "Where else myApps clients are opened, beside the linked PBXs' own names",
  ),
  pbxCliOverride: setting(
    "no",
    v.picklist(["yes", "no"], "must be yes or no"),
    "Whether the PBX is asked to show the visitor as the caller (cli_override)",
  ),
  trustedProxies: setting(
    "",
    Networks,
    "Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed",
  ),
  tlsCert: setting(
    "",
    Text,
    "Certificate chain (PEM) for TLS without a proxy; read again when it changes",
  ),
  tlsKey: setting("", Text, "Private key (PEM) of CW_TLS_CERT"),
  stun: setting("", Servers, "STUN servers"),
  turn: setting(
    "",
    Servers,
    "TURN servers; other ways than UDP as turn:host:port?transport=tcp or turns:host:port",
  ),
  turnSecret: setting(
    "",
    Text,
    "Shared secret of the TURN servers, for short-lived credentials",
  ),
  contactsPerAddress: setting(
    "4",
    whole(1, 100_000),
    "Calls and chats of one visitor address at the same time; more for a company whose visitors share one address",
  ),
  requestSeconds: setting(
    "60",
    whole(1, 3_600),
    "By when a whole HTTP request must have come; then 408",
  ),
  drainSeconds: setting(
    "30",
    whole(0, 3_600),
    "Seconds that calls, and chats that are not stored, may continue after SIGTERM",
  ),
  recordDays: setting(
    "365",
    whole(1, 36_500),
    "Days that records of calls and chats are kept",
  ),
  statisticsDays: setting(
    "800",
    whole(1, 36_500),
    "Days that statistics are kept: numbers by hour, widget and agent",
  ),
  keepChats: setting(
    "yes",
    v.picklist(["yes", "no"], "must be yes or no"),
    "Whether a chat is stored while it runs, to outlive a crash; no: never",
  ),
  metricsFrom: setting(
    PRIVATE,
    Networks,
    "Addresses and networks that may read /metrics",
  ),
  readyPbx: setting(
    "auto",
    v.picklist(["auto", "yes", "no"], "must be auto, yes or no"),
    "Whether /readyz needs a linked PBX; auto: if CW_PBX_PASSWORD is set",
  ),
  logFormat: setting(
    "text",
    v.picklist(["text", "json"], "must be text or json"),
    "How the log is written; json: one object a line",
  ),
  log: setting(
    "info",
    v.picklist(
      ["debug", "info", "warning", "error"],
      "must be debug, info, warning or error",
    ),
    "Least important level that is logged",
  ),
  dev: setting(
    "",
    v.pipe(Text, v.transform((text) => text !== "")),
    "Pages reload after a rebuild; for development only",
  ),
};

export type Config = {
  [Name in keyof typeof SETTINGS]: v.InferOutput<
    (typeof SETTINGS)[Name]["schema"]
  >;
};

/** A setting's name in the environment: `publicUrl` is `CW_PUBLIC_URL`. */
export function environmentName(name: string): string {
  return "CW_" + name.replace(/[A-Z]/g, (letter) => "_" + letter).toUpperCase();
}

/** A setting's flag: `publicUrl` is `--public-url`. */
export function flagName(name: string): string {
  return "--" +
    name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase());
}

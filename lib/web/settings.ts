import type * as v from "valibot";
import {
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
} from "@/lib/model/account.ts";
import {
  folder,
  type Kind,
  listenAddress,
  networks,
  oneOf,
  optionalFile,
  origins,
  publicUrl,
  secret,
  store,
  stunServers,
  turnServers,
  urlPath,
  whole,
  yesOrNo,
} from "./setting_kinds.ts";

/** One setting: how it is read from text, what it is without any, what it is for. */
interface Setting<T> extends Kind<T> {
  /** As text, decoded like any other. */
  byDefault: string;
  help: string;
}

function setting<T>(
  byDefault: string,
  kind: Kind<T>,
  help: string,
): Setting<T> {
  return { ...kind, byDefault, help };
}

/** Shorter ones can be guessed by a person who has a copy of the store. */
export const SECRET_KEY_LENGTH_MIN = 16;

/** Loopback and the networks that no router of the Internet leads to. */
const PRIVATE =
  "127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7";

/** Every setting of the program by its name in code; docs are made from this. */
export const SETTINGS = {
  port: setting("8000", whole(0, 65_535), "Port; 0 takes a free one"),
  host: setting("0.0.0.0", listenAddress, "Address to listen on"),
  data: setting("./data", folder, "Folder for all that is stored"),
  kv: setting(
    "",
    store,
    "Deno KV: a file, or the URL of a KV Connect server; empty: inside CW_DATA",
  ),
  publicUrl: setting(
    "",
    publicUrl,
    "Where websites reach the service; empty: as the browser of the admin does",
  ),
  instancePath: setting(
    "/widgets",
    urlPath,
    "Path of the App instance, for the PBX and the widgets",
  ),
  adminPassword: setting(
    "",
    secret({ min: PASSWORD_LENGTH_MIN, max: PASSWORD_LENGTH_MAX }),
    "Creates the account admin at start, or sets its password",
  ),
  pbxPassword: setting(
    "",
    secret({ max: 64 }),
    "Password of the App object on the PBX",
  ),
  secretKey: setting(
    "",
    secret({ min: SECRET_KEY_LENGTH_MIN }),
    "Seals secrets in the store; empty: a key file in CW_DATA",
  ),
  pbxFrom: setting(
    PRIVATE,
    networks,
    "Addresses and networks that a PBX may connect from",
  ),
  pbxOrigins: setting(
    "",
    origins,
    "Where else myApps clients are opened, beside the linked PBXs' own names",
  ),
  pbxCliOverride: setting(
    "no",
    oneOf("yes", "no"),
    "Whether the PBX is asked to show the visitor as the caller (cli_override)",
  ),
  trustedProxies: setting(
    "",
    networks,
    "Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed",
  ),
  tlsCert: setting(
    "",
    optionalFile,
    "Certificate chain (PEM) for TLS without a proxy; read again when it changes",
  ),
  tlsKey: setting("", optionalFile, "Private key (PEM) of CW_TLS_CERT"),
  stun: setting("", stunServers, "STUN servers"),
  turn: setting(
    "",
    turnServers,
    "TURN servers; other ways than UDP as turn:host:port?transport=tcp or turns:host:port",
  ),
  turnSecret: setting(
    "",
    secret({}),
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
    oneOf("yes", "no"),
    "Whether a chat is stored while it runs, to outlive a crash; no: never",
  ),
  metricsFrom: setting(
    PRIVATE,
    networks,
    "Addresses and networks that may read /metrics",
  ),
  readyPbx: setting(
    "auto",
    oneOf("auto", "yes", "no"),
    "Whether /readyz needs a linked PBX; auto: if CW_PBX_PASSWORD is set",
  ),
  logFormat: setting(
    "text",
    oneOf("text", "json"),
    "How the log is written; json: one object a line",
  ),
  log: setting(
    "info",
    oneOf("debug", "info", "warning", "error"),
    "Least important level that is logged",
  ),
  dev: setting(
    "",
    yesOrNo,
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

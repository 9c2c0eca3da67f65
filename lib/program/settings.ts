import type * as v from "valibot";
import {
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
} from "@/lib/model/account.ts";
import {
  emailAddress,
  folder,
  listenAddress,
  natsServers,
  networks,
  oneOf,
  optionalFile,
  origins,
  publicUrl,
  secret,
  type SettingKind,
  smtpUrl,
  store,
  stunServers,
  turnServers,
  urlPath,
  whole,
  yesOrNo,
} from "./setting_kinds.ts";

/** A setting: how its text is decoded, its default and its purpose. */
interface Setting<T> extends SettingKind<T> {
  /** The default, as text; it is decoded like any other value. */
  byDefault: string;
  help: string;
}

function setting<T>(
  byDefault: string,
  kind: SettingKind<T>,
  help: string,
): Setting<T> {
  return { ...kind, byDefault, help };
}

/** Someone with a copy of the store could guess shorter ones. */
export const SECRET_KEY_LENGTH_MIN = 16;

/** Loopback and the private networks, which the Internet doesn't route. */
const PRIVATE =
  "127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7";

/**
 * Every setting of the program by its name in code; docs/settings.md is
 * generated from it.
 */
export const SETTINGS = {
  port: setting("8000", whole(0, 65_535), "Port; 0 for any free port"),
  host: setting("0.0.0.0", listenAddress, "Address to listen on"),
  data: setting("./data", folder, "Folder for all stored data"),
  kv: setting(
    "",
    store,
    "Store: a file, or the URL of PostgreSQL or of a KV Connect server; if empty, a file in CW_DATA",
  ),
  nats: setting(
    "",
    natsServers,
    "NATS servers over which several instances form one service; all need the same CW_KV, on a server, and the same CW_SECRET_KEY",
  ),
  natsCreds: setting(
    "",
    optionalFile,
    "File with an nkey seed or NATS creds to sign in at CW_NATS, instead of a password",
  ),
  publicUrl: setting(
    "",
    publicUrl,
    "URL for websites; if empty, the address that the admin's browser uses",
  ),
  instancePath: setting(
    "/widgets",
    urlPath,
    "Path of the App instance, for the PBX and the widgets",
  ),
  adminPassword: setting(
    "",
    secret({ min: PASSWORD_LENGTH_MIN, max: PASSWORD_LENGTH_MAX }),
    "Password of the account admin, which is created or updated at start",
  ),
  pbxPassword: setting(
    "",
    secret({ max: 64 }),
    "Password of the App object on the PBX",
  ),
  secretKey: setting(
    "",
    secret({ min: SECRET_KEY_LENGTH_MIN }),
    "Encrypts secrets in the store; if empty, a key file in CW_DATA is used",
  ),
  pbxFrom: setting(
    PRIVATE,
    networks,
    "Addresses and networks that a PBX can connect from",
  ),
  pbxOrigins: setting(
    "",
    origins,
    "Origins at which users open myApps, in addition to the names of linked PBXs",
  ),
  pbxCliOverride: setting(
    "no",
    oneOf("yes", "no"),
    "yes: ask the PBX to show the visitor as the caller (cli_override)",
  ),
  pbxCallbacks: setting(
    "no",
    oneOf("yes", "no"),
    "yes: callbacks ring the phones of agents on the PBX, too, and the PBX then calls the visitor; not tried with a real PBX",
  ),
  trustedProxies: setting(
    "",
    networks,
    "Proxies whose X-Forwarded-For and X-Forwarded-Proto are trusted",
  ),
  tlsCert: setting(
    "",
    optionalFile,
    "Certificate chain (PEM) for TLS without a proxy; reloaded when it changes",
  ),
  tlsKey: setting("", optionalFile, "Private key (PEM) of CW_TLS_CERT"),
  stun: setting("", stunServers, "STUN servers"),
  turn: setting(
    "",
    turnServers,
    "TURN servers; for TCP or TLS, turn:host:port?transport=tcp or turns:host:port",
  ),
  turnSecret: setting(
    "",
    secret({}),
    "Shared secret of the TURN servers, for short-lived credentials",
  ),
  contactsPerAddress: setting(
    "4",
    whole(1, 100_000),
    "Limit of simultaneous calls and chats per visitor address; raise it if a company's visitors share one address",
  ),
  push: setting(
    "yes",
    oneOf("yes", "no"),
    "yes: agents can turn on notifications for while their desk is closed, which the push services of their browsers deliver",
  ),
  requestSeconds: setting(
    "60",
    whole(1, 3_600),
    "Seconds to receive a complete HTTP request (then 408)",
  ),
  drainSeconds: setting(
    "30",
    whole(0, 3_600),
    "Seconds that calls, and chats that are not stored, may continue after SIGTERM",
  ),
  recordDays: setting(
    "365",
    whole(1, 36_500),
    "Days to keep records of calls and chats",
  ),
  messageDays: setting(
    "365",
    whole(1, 36_500),
    "Days to keep messages that visitors have left",
  ),
  smtpUrl: setting(
    "",
    smtpUrl(),
    "Mail server that sends messages of visitors to the company: smtp:// or smtps://; needs CW_SMTP_FROM",
  ),
  smtpFrom: setting(
    "",
    emailAddress(),
    "Sender of these e-mails",
  ),
  statisticsDays: setting(
    "800",
    whole(1, 36_500),
    "Days to keep statistics (numbers by hour, widget and agent)",
  ),
  keepChats: setting(
    "yes",
    oneOf("yes", "no"),
    "yes: store running chats and desk calls, so that they survive a crash",
  ),
  metricsFrom: setting(
    PRIVATE,
    networks,
    "Addresses and networks that can read /metrics",
  ),
  readyPbx: setting(
    "auto",
    oneOf("auto", "yes", "no"),
    "yes: /readyz needs a linked PBX; auto: only if CW_PBX_PASSWORD is set",
  ),
  logFormat: setting(
    "text",
    oneOf("text", "json"),
    "Log format; json is one object per line",
  ),
  log: setting(
    "info",
    oneOf("debug", "info", "warning", "error"),
    "Minimum log level",
  ),
  dev: setting(
    "",
    yesOrNo,
    "Reload pages after a rebuild; for development only",
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

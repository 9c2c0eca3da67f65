import { createServer } from "node:http";
import { dirname } from "node:path";
import { systemClock } from "@/lib/base/clock.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import { smtpError } from "@/lib/mail/smtp.ts";
import { readCertificate } from "@/lib/port/certificate.ts";
import { listen } from "@/lib/port/listen.ts";
import { isStorePath, isStoreThere } from "@/lib/store/open_engine.ts";
import { inspectStore, notOpenedText } from "@/lib/store/open.ts";
import { claimStore, notClaimedText } from "@/lib/store/store_claim.ts";
import { environmentWarnings } from "./config.ts";
import { folderWarnings } from "./data_folder.ts";
import { keyError } from "./open_pbx.ts";
import type { Config } from "./settings.ts";
import { storePath } from "./store_path.ts";

export interface ConfigReport {
  /** Reasons why the service cannot start with these settings. */
  errors: string[];
  /** Settings that are probably mistakes. */
  warnings: string[];
}

/**
 * Reads the files that the settings name. Returns sentences about files that
 * cannot be used. A start calls this first, so that `check-config` agrees with
 * it.
 */
export async function settingsErrors(config: Config): Promise<string[]> {
  const found = await Promise.all([
    certificateError(config),
    keyError(config),
  ]);
  return [
    ...found.filter((error) => error !== undefined),
    ...await natsFileErrors(config),
  ];
}

/** Returns sentences about settings that are probably mistakes. */
export async function settingsWarnings(
  config: Config,
  environment: Readonly<Record<string, string>>,
): Promise<string[]> {
  return [
    ...environmentWarnings(environment),
    ...warningsOf(config),
    ...await folderWarnings(config),
  ];
}

/**
 * Checks everything that a start needs, and changes nothing: reads the files of
 * the settings, claims and opens the store without changing it, connects to NATS,
 * and listens on the port for a moment. A start doesn't need the mail server,
 * because e-mails wait for it, but the check signs in there too.
 */
export async function checkConfig(
  config: Config,
  environment: Readonly<Record<string, string>>,
): Promise<ConfigReport> {
  const [mailServer, errors, ...others] = await Promise.all([
    mailServerWarning(config),
    settingsErrors(config),
    storeError(config),
    natsError(config),
    portError(config),
  ]);
  return {
    errors: [...errors, ...others.filter((error) => error !== undefined)],
    warnings: [
      ...await settingsWarnings(config, environment),
      ...mailServer === undefined ? [] : [mailServer],
    ],
  };
}

/** Returns settings that are valid but do not have the apparent effect. */
function warningsOf(config: Config): string[] {
  const warnings: string[] = [];
  if (config.turn !== "" && config.turnSecret === "") {
    warnings.push("CW_TURN is not used, because CW_TURN_SECRET is empty");
  }
  if (config.turn === "" && config.turnSecret !== "") {
    warnings.push("CW_TURN_SECRET is not used, because CW_TURN is empty");
  }
  if (config.nats === "" && config.natsCreds !== "") {
    warnings.push("CW_NATS_CREDS is not used, because CW_NATS is empty");
  }
  const isLocal = /^(127\.|::1$|localhost$)/.test(config.host);
  if (config.tlsCert === "" && config.trustedProxies.length === 0 && !isLocal) {
    warnings.push(
      "Neither CW_TLS_CERT nor CW_TRUSTED_PROXIES is set: browsers allow calls" +
        " on pages with HTTPS only",
    );
  }
  return warnings;
}

async function certificateError(config: Config): Promise<string | undefined> {
  if (config.tlsCert === "") return undefined;
  return await readCertificate(config)
    .then(() => undefined, (error: Error) => error.message);
}

async function natsFileErrors({ nats, natsCreds }: Config): Promise<string[]> {
  const { caFile = "" } = nats === "" ? {} : nats;
  const found = await Promise.all([
    fileError("CW_NATS_CREDS", natsCreds),
    fileError("The ca file of CW_NATS", caFile),
  ]);
  return found.filter((error) => error !== undefined);
}

async function fileError(
  name: string,
  path: string,
): Promise<string | undefined> {
  if (path === "") return undefined;
  try {
    const isEmpty = (await Deno.readTextFile(path)).trim() === "";
    return isEmpty ? `${name} cannot be used: the file is empty` : undefined;
  } catch (error) {
    return `${name} cannot be read: ${errorMessage(error)}`;
  }
}

async function natsError(config: Config): Promise<string | undefined> {
  if (config.nats === "") return undefined;
  // settingsErrors() reports them.
  if ((await natsFileErrors(config)).length > 0) return undefined;
  const { natsErrorOf } = await import("./connect_bus.ts");
  return await natsErrorOf(config);
}

async function mailServerWarning(
  { smtpUrl }: Config,
): Promise<string | undefined> {
  if (smtpUrl === "") return undefined;
  const error = await smtpError(smtpUrl);
  if (error === undefined) return undefined;
  const { host } = new URL(smtpUrl);
  return `The mail server at ${host} cannot be used: ${error}. Check ` +
    "CW_SMTP_URL, or try again later";
}

async function storeError(config: Config): Promise<string | undefined> {
  const pathOrUrl = storePath(config);
  try {
    if (!await isStoreThere(pathOrUrl)) {
      return isStorePath(pathOrUrl) ? await folderError(pathOrUrl) : undefined;
    }
  } catch (cause) {
    return notOpenedText(pathOrUrl, { reason: "unusable", cause });
  }
  const isShared = config.nats !== "";
  const claim = await claimStore(pathOrUrl, systemClock, { isShared });
  if (!claim.ok) return notClaimedText(pathOrUrl, claim.error);
  await using _claim = claim.value;
  const opened = await inspectStore(pathOrUrl);
  return opened.ok ? undefined : notOpenedText(pathOrUrl, opened.error);
}

/** Space that the first start needs for the store and its log of writes. */
const NEW_STORE_BYTES = 512 * 1_024;

/** Tries to write as much as the first start does to the folder in which it
 * creates the store. An empty file would fit on a full disk. */
async function folderError(path: string): Promise<string | undefined> {
  let folder = dirname(path);
  while (!await isThere(folder) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  try {
    const file = await Deno.makeTempFile({ dir: folder });
    try {
      await Deno.writeFile(file, new Uint8Array(NEW_STORE_BYTES));
    } finally {
      await Deno.remove(file);
    }
    return undefined;
  } catch (cause) {
    return notOpenedText(path, { reason: "unusable", cause });
  }
}

async function portError(config: Config): Promise<string | undefined> {
  const server = createServer();
  try {
    await listen(server, config);
    return undefined;
  } catch (error) {
    return errorMessage(error);
  } finally {
    server.close();
  }
}

function isThere(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

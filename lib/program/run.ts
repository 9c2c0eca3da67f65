import { getLogger } from "@logtape/logtape";
import type { Examples } from "@/lib/admin/examples/examples.ts";
import type { People } from "@/lib/admin/people.ts";
import type { Setup } from "@/lib/admin/setup.ts";
import { systemClock } from "@/lib/base/clock.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import type { RunningServer } from "@/lib/port/server.ts";
import {
  claimStore,
  notClaimedText,
  type StoreClaim,
} from "@/lib/store/store_claim.ts";
import { notOpenedText, openStore, type Store } from "@/lib/store/open.ts";
import { withoutPassword } from "@/lib/store/postgres/url.ts";
import { settingsErrors, settingsWarnings } from "./check_config.ts";
import { wholeEnvironment } from "./config.ts";
import { startLog } from "./log.ts";
import type { Config } from "./settings.ts";
import { storePath } from "./store_path.ts";
import { VERSION } from "./version.ts";

const log = getLogger(["widgets", "run"]);

/** The resources of the service; `closing` closes them in reverse order. */
export interface Resources {
  config: Config;
  store: Store;
  closing: AsyncDisposableStack;
}

/** The services that a start uses. */
export interface StartServices {
  people: People;
  examples: Examples;
  setup: Setup;
}

export interface Runtime {
  services: StartServices;
  server: RunningServer;
  /** Closes the port, and disconnects idle visitors. Resolves when calls and chats
   * have ended, or after `withinMs`. */
  drain(withinMs: number): Promise<void>;
}

/**
 * Runs the service: opens the store, creates the service, prints its address,
 * and closes it again on SIGTERM or SIGINT. It lets calls and chats finish
 * first, for a limited time; a second signal ends that. Then it ends the
 * process.
 */
export async function runService(
  config: Config,
  build: (resources: Resources) => Promise<Runtime>,
): Promise<void> {
  await startLog(config);
  await logSettings(config);
  const errors = await settingsErrors(config);
  if (errors.length > 0) fail(errors.join("\n"));
  const closing = new AsyncDisposableStack();
  closing.use(await claimOf(config));
  const store = closing.use(await storeOf(config));
  const started = await start({ config, store, closing }, build);
  const { runtime, stops: [stop, secondStop] } = started;
  log.info("Stopping after {signal}", { signal: await stop });
  const drained = runtime.drain(config.drainSeconds * 1_000);
  await Promise.race([drained, secondStop]);
  await closing.disposeAsync();
  Deno.exit(0);
}

/** The running service, and the first two signals to stop it. */
interface Started {
  runtime: Runtime;
  stops: ReturnType<typeof stopSignals>;
}

async function start(
  resources: Resources,
  build: (resources: Resources) => Promise<Runtime>,
): Promise<Started> {
  try {
    const runtime = await build(resources);
    // Before it says that it is ready, because a signal without a listener would
    // end the process immediately.
    const stops = stopSignals();
    const lines = await whereLines(runtime, resources.config);
    if (resources.config.logFormat === "text") {
      console.log(
        lines.map(([text, url]) => text.replace("{url}", url)).join("\n"),
      );
    } else {
      // Each line must be JSON, and lines of one kind have one template.
      for (const [text, url] of lines) log.info(text, url ? { url } : {});
    }
    return { runtime, stops };
  } catch (error) {
    await resources.closing.disposeAsync();
    fail(`Cannot start: ${errorMessage(error)}`);
  }
}

/** Logs the settings, without secrets. */
async function logSettings(config: Config): Promise<void> {
  log.info(
    "Contact Widgets {version} starts: store {store}, NATS {nats}, TLS {tls}," +
      " PBX {pbx}, STUN {stun}, TURN {turn}, proxies {proxies}",
    {
      version: VERSION,
      store: withoutPassword(storePath(config)),
      nats: config.nats === "" ? "none" : config.nats.servers.join(", "),
      tls: config.tlsCert === "" ? "off" : config.tlsCert,
      pbx: config.pbxPassword === "" ? "by App password from the UI" : "on",
      stun: config.stun === "" ? "none" : config.stun,
      turn: config.turn === "" ? "none" : config.turn,
      proxies: config.trustedProxies.join(", ") || "none",
    },
  );
  for (const warning of await settingsWarnings(config, wholeEnvironment())) {
    log.warn("Check the settings: {warning}", { warning });
  }
}

/** Refuses to start a second process on a store, which would end the chats of
 * the first one, unless both are instances of one service. */
async function claimOf(config: Config): Promise<StoreClaim> {
  const pathOrUrl = storePath(config);
  const isShared = config.nats !== "";
  const claim = await claimStore(pathOrUrl, systemClock, { isShared });
  if (!claim.ok) fail(notClaimedText(pathOrUrl, claim.error));
  claim.value.lost.then(() => {
    log.fatal("Another process has taken the store, so this one stops");
    Deno.exit(1);
  });
  return claim.value;
}

async function storeOf(config: Config): Promise<Store> {
  const pathOrUrl = storePath(config);
  const store = await openStore(pathOrUrl);
  if (store.ok) return store.value;
  fail(notOpenedText(pathOrUrl, store.error));
}

/** Creates everything that has to exist before the first request. */
export async function prepare(
  { people, examples }: Pick<StartServices, "people" | "examples">,
  { adminPassword }: Config,
): Promise<void> {
  await examples.make();
  if (adminPassword === "") return;
  const { name, displayName } = await people.ensureAdmin(adminPassword);
  await examples.adopt({ name, displayName });
}

/** One line each: the URL, the sign-in link, a preview of each example. Returns the
 * text of a line and the URL in it. */
async function whereLines(
  { services, server }: Runtime,
  config: Config,
): Promise<[text: string, url: string][]> {
  const url = config.publicUrl === ""
    ? `${server.tls ? "https" : "http"}://${hostOf(config.host)}:${server.port}`
    : config.publicUrl;
  const token = await services.setup.newToken();
  const signIn = token === undefined ? "/login" : `/setup?token=${token}`;
  const previews = await services.examples.list();
  return [
    ["URL      {url}", `${url}/`],
    ["Sign in  {url}", `${url}${signIn}`],
    ...previews.map((uuid): [string, string] => [
      "Preview  {url}",
      `${url}/preview/${uuid}`,
    ]),
    ["Ready", ""],
  ];
}

/** 0.0.0.0 and :: can't be opened in a browser, so return localhost. */
function hostOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

/** Listens for the next two signals to stop, and ignores later ones. */
function stopSignals(): readonly [Promise<Deno.Signal>, Promise<Deno.Signal>] {
  const first = Promise.withResolvers<Deno.Signal>();
  const second = Promise.withResolvers<Deno.Signal>();
  const next = [first, second];
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    Deno.addSignalListener(signal, () => next.shift()?.resolve(signal));
  }
  return [first.promise, second.promise];
}

function fail(text: string): never {
  console.error(text);
  Deno.exit(1);
}

import { fileURLToPath } from "node:url";
import { Builder } from "fresh/dev";
import { errorMessage } from "@/lib/base/error_message.ts";
import { fingerprint } from "@/tools/fingerprint.ts";
import { lowerScripts, lowerStyle } from "@/tools/lower.ts";
import { buildWidget } from "@/widget/build.ts";

const ROOT = new URL("./", import.meta.url);
const OUT = new URL("_fresh/", ROOT);

/** Inputs of a build, which is stale if any of them has changed. Folders end in
 * a slash. */
const INPUTS = [
  "deno.json",
  "deno.lock",
  "dev.ts",
  "main.ts",
  "components/",
  "desk/",
  "islands/",
  "lib/",
  "routes/",
  "static/",
  "tools/browser_targets.ts",
  "tools/lower.ts",
  "widget/",
];

/** Editors write a file in several steps, so wait until they are done. */
const QUIET_MS = 100;
const SERVER_STOP_MS = 3_000;

switch (Deno.args.join(" ")) {
  case "build":
    await build();
    break;
  case "build --if-stale":
    if (await isStale()) await build();
    break;
  case "":
    await develop();
    break;
  default:
    console.error("Usage: deno run -A dev.ts [build [--if-stale]]");
    Deno.exit(2);
}

/** Builds all files of the server, and stores the fingerprint of the inputs. */
async function build(): Promise<void> {
  const print = await fingerprint(ROOT, INPUTS);
  await timed("Pages, islands, static files", async () => {
    const root = fileURLToPath(ROOT);
    const lower = {
      scripts: (folder: URL) => lowerScripts(folder, "pages"),
      style: (css: string) => lowerStyle(css, "pages"),
    };
    await new Builder({ root, lower }).build();
  });
  await timed("Widget script", async () => {
    await buildWidget(fileURLToPath(new URL("widget", OUT)));
  });
  await Deno.writeTextFile(new URL("fingerprint", OUT), print);
}

async function isStale(): Promise<boolean> {
  const built = await Deno.readTextFile(new URL("fingerprint", OUT))
    .catch(() => "");
  return built !== await fingerprint(ROOT, INPUTS);
}

async function timed(what: string, run: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await run();
  console.log(`${what}: ${Math.round(performance.now() - start)} ms`);
}

/** Builds and serves, and again after every change, until it is stopped. */
async function develop(): Promise<void> {
  let server = await serveNewest(null);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, async () => {
      if (server) await stop(server);
      Deno.exit();
    });
  }
  for await (const _ of changes()) {
    if (await isStale()) server = await serveNewest(server);
  }
}

/** A failed build leaves the last server running. */
async function serveNewest(
  server: Deno.ChildProcess | null,
): Promise<Deno.ChildProcess | null> {
  try {
    await build();
  } catch (error) {
    console.error(errorMessage(error));
    return server;
  }
  if (server) await stop(server);
  const args = ["run", "-A", "main.ts", "--dev"];
  return new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).spawn();
}

async function stop(server: Deno.ChildProcess): Promise<void> {
  const kill = (signal: Deno.Signal) => {
    try {
      server.kill(signal);
    } catch {
      // The server has ended.
    }
  };
  kill("SIGTERM");
  const timer = setTimeout(() => kill("SIGKILL"), SERVER_STOP_MS);
  await server.status;
  clearTimeout(timer);
}

/** Emits one event per burst of changes; changes during a build wait. */
function changes(): ReadableStream<void> {
  return new ReadableStream({
    async start(stream) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      for await (const _ of Deno.watchFs(await watched())) {
        clearTimeout(timer);
        timer = setTimeout(() => stream.enqueue(), QUIET_MS);
      }
    },
  });
}

async function watched(): Promise<string[]> {
  const paths = INPUTS.map((path) => fileURLToPath(new URL(path, ROOT)));
  const there = await Promise.all(paths.map(exists));
  return paths.filter((_, i) => there[i]);
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

import { deepEqual, equal, match, ok } from "node:assert/strict";
import process from "node:process";
import { blocksOf } from "@/tests/support/guide.ts";
import { freePort } from "@/tests/support/proxy.ts";

const GUIDE = new URL("../../docs/operator.md", import.meta.url);
const MAIN = new URL("../../main.ts", import.meta.url).pathname;

Deno.test("the operator's guide works with each block in its own shell", async () => {
  const port = freePort("127.0.0.1");
  const blocks = blocksOf(await Deno.readTextFile(GUIDE))
    .filter(({ language }) => language === "sh");
  await using place = await emptyFolder();
  const run = async (text: string) => {
    const script = `set -eu\n${text}`;
    const { code, stdout, stderr } = await new Deno.Command(
      "/usr/bin/timeout",
      {
        args: ["60", "bash", "-c", script],
        cwd: place.path,
        env: {
          CW_PORT: `${port}`,
          CW_HOST: "127.0.0.1",
          CW_TRUSTED_PROXIES: "127.0.0.1",
        },
      },
    ).output();
    const decoder = new TextDecoder();
    return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
  };

  let said = "";
  for (const { text, line } of blocks) {
    const here = text.replaceAll("localhost:8000", `localhost:${port}`);
    const done = await run(here);
    equal(done.code, 0, `line ${line}: ${done.text}`);
    said += done.text;
  }

  ok(blocks.length >= 7);
  match(said, /^Configuration OK$/m);
  match(said, /^Sign in {2}http/m);
  match(said, /^New password of admin: \w+$/m);
  match(said, /^Exported to before-upgrade\.jsonl/m);
  match(said, /^Imported\./m);
  // The last block has stopped the service and waited for its end.
  equal(place.isRunning(), false);
  deepEqual(await place.names("data"), ["secret.key", "widgets.kv"]);
});

/** A folder with the program, as the guide begins. */
async function emptyFolder() {
  const path = await Deno.makeTempDir({ prefix: "guide-" });
  const deno = `"${Deno.execPath()}" run -A --no-check "${MAIN}" "$@"`;
  // The service takes its time to stop, as one with running calls does.
  const program = `#!/bin/sh
case "$*" in ?*) exec ${deno} ;; esac
trap 'sleep 2; kill $child; wait $child; exit' TERM
${deno} &
child=$!
wait $child
`;
  await Deno.writeTextFile(`${path}/contact-widgets`, program, { mode: 0o755 });
  return {
    path,
    async names(folder: string): Promise<string[]> {
      const all = await Array.fromAsync(
        Deno.readDir(`${path}/${folder}`),
        ({ name }) => name,
      );
      return all.filter((name) => !name.endsWith(".lock")).sort();
    },
    isRunning: () => kill(pidIn(path), 0),
    async [Symbol.asyncDispose]() {
      kill(pidIn(path), "SIGTERM");
      await Deno.remove(path, { recursive: true });
    },
  };
}

function pidIn(folder: string): number {
  return Number(Deno.readTextFileSync(`${folder}/service.pid`));
}

/** Sends a signal; false if there is no such process. */
function kill(pid: number, signal: "SIGTERM" | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

import { equal, match, ok } from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);
const START_WITHIN_MS = 15_000;
/** Files and folders that aren't part of a fresh clone. */
const NOT_CLONED = new Set([".git", "_fresh", "data", "dist", "node_modules"]);

Deno.test("task start builds and serves a usable admin within 15 s", async () => {
  await using folder = await temporaryFolder();
  await copyTree(ROOT.pathname, folder.path);
  const startedAt = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "start", "--port=0", "--host=127.0.0.1"],
    cwd: folder.path,
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const text = await textUntil(child.stdout, /^Ready$/m);
  const signIn = /^Sign in +(\S+)$/m.exec(text)?.[1] ?? "";
  const page = await fetch(signIn);
  const tookMs = performance.now() - startedAt;
  const html = await page.text();
  const css = /href="(\/[^"]+\.css[^"]*)"/.exec(html)?.[1] ?? "";
  const style = await fetch(new URL(css, signIn));
  await style.body?.cancel();
  await stop(child);

  equal(page.status, 200);
  equal(style.status, 200);
  match(html, /<form/);
  match(text, /^Preview +http/m);
  console.log(`task start: usable after ${(tookMs / 1_000).toFixed(1)} s`);
  ok(tookMs < START_WITHIN_MS, `took ${tookMs} ms`);
});

async function temporaryFolder() {
  const path = await Deno.makeTempDir({ prefix: "clone-" });
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (NOT_CLONED.has(name)) continue;
    const [source, target] = [`${from}/${name}`, `${to}/${name}`];
    if (isDirectory) await copyTree(source, target);
    else await Deno.copyFile(source, target);
  }
}

/** All that was printed until `pattern` was. The rest is not waited for. */
async function textUntil(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  pattern: RegExp,
): Promise<string> {
  let text = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (pattern.test(text)) return text;
  }
  throw new Error(`Ended without ${pattern}, saying:\n${text}`);
}

/** `deno task` hands the signal on to what it runs, and ends with it. */
async function stop(child: Deno.ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  await child.status;
}

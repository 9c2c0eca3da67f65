import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { gzipAsync } from "@gfx/zopfli";
import { lowerScripts, lowerStyle } from "@/tools/lower.ts";

/** A file that visitors' browsers load. */
export interface BuiltFile {
  name: string;
  bytes: number;
  gzip: number;
  brotli: number;
}

const ENTRY = "widget.js";
/** The base32 alphabet, as in the names of the other chunks. */
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const here = new URL("./", import.meta.url);

/**
 * Bundles the widget into `outDir` for the oldest supported browsers:
 * `widget.js`, whose name stays, chunks named by their content, a `.gz` and
 * `.br` of each file, a pinned copy of the entry ({@linkcode Pinned}, in
 * `widget.json`) and the types of the element. Needs no network once the
 * packages are cached. Throws if the bundler fails.
 */
export async function buildWidget(outDir: string): Promise<BuiltFile[]> {
  await Deno.remove(outDir, { recursive: true }).catch(() => {});
  await Deno.mkdir(outDir, { recursive: true });
  await bundle(outDir);
  await Deno.rename(`${outDir}/main.js`, `${outDir}/${ENTRY}`);
  await lowerSheets(outDir);
  await lowerScripts(pathToFileURL(`${resolve(outDir)}/`), "widget");
  const names = await Array.fromAsync(Deno.readDir(outDir), ({ name }) => name);
  const files = await Promise.all(
    names.sort().map((name) => compress(outDir, name)),
  );
  await pin(outDir);
  await Deno.copyFile(new URL("widget.d.ts", here), `${outDir}/widget.d.ts`);
  return files;
}

async function bundle(outDir: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      "--platform=browser",
      "--minify",
      "--code-splitting",
      "--config=widget/bundle.json",
      "--no-lock",
      `--outdir=${outDir}`,
      new URL("main.ts", here).pathname,
    ],
    cwd: new URL("../", here),
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  if (success) return;
  throw new Error(
    `Cannot bundle the widget: ${new TextDecoder().decode(stderr)}`,
  );
}

/** The script version that a website can pin instead of following each
 * update. */
export interface Pinned {
  /** Name of an immutable copy of the entry. */
  script: string;
  /** Its hash, for `<script integrity>`. */
  integrity: string;
}

/** Copies the entry to an immutable name and writes that name to
 * `widget.json`. */
async function pin(outDir: string): Promise<void> {
  const entry = await Deno.readFile(`${outDir}/${ENTRY}`);
  const hash = await crypto.subtle.digest("SHA-384", entry);
  const digest = new Uint8Array(hash);
  const name = Array.from(digest.slice(0, 8), (byte) => LETTERS[byte % 32]);
  const pinned: Pinned = {
    script: `widget-${name.join("")}.js`,
    integrity: `sha384-${digest.toBase64()}`,
  };
  for (const end of ["", ".gz", ".br"]) {
    const to = `${outDir}/${pinned.script}${end}`;
    await Deno.copyFile(`${outDir}/${ENTRY}${end}`, to);
  }
  await Deno.writeTextFile(`${outDir}/widget.json`, JSON.stringify(pinned));
}

/** Rewrites each style sheet in the template where the bundler has put its
 * unchanged text. */
async function lowerSheets(outDir: string): Promise<void> {
  const sheets = await readSheets();
  for await (const { name } of Deno.readDir(outDir)) {
    const path = `${outDir}/${name}`;
    let code = await Deno.readTextFile(path);
    for (const css of sheets) {
      code = code.replace(css, () => lowerStyle(css, "widget"));
    }
    await Deno.writeTextFile(path, code);
  }
}

/** Returns the text of every style sheet of the widget. */
async function readSheets(folder = here): Promise<string[]> {
  const sheets: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const url = new URL(entry.name + (entry.isDirectory ? "/" : ""), folder);
    if (entry.isDirectory) sheets.push(...await readSheets(url));
    else if (entry.name.endsWith(".css")) {
      sheets.push(await Deno.readTextFile(url));
    }
  }
  return sheets;
}

/** Writes a `.gz` and a `.br` next to a file. */
async function compress(outDir: string, name: string): Promise<BuiltFile> {
  const path = `${outDir}/${name}`;
  const bytes = await Deno.readFile(path);
  // Zopfli's output is ordinary gzip, a thirtieth smaller than zlib's.
  const gzip = await gzipAsync(bytes, { numiterations: 60 });
  const brotli = brotliCompressSync(bytes);
  await Deno.writeFile(`${path}.gz`, gzip);
  await Deno.writeFile(`${path}.br`, brotli);
  return {
    name,
    bytes: bytes.length,
    gzip: gzip.length,
    brotli: brotli.length,
  };
}

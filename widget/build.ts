import { brotliCompressSync, gzipSync } from "node:zlib";
import { minifyCss } from "./minify_css.ts";

/** One file that visitors' browsers load. */
export interface BuiltFile {
  name: string;
  bytes: number;
  gzip: number;
  brotli: number;
}

const ENTRY = "widget.js";
const here = new URL("./", import.meta.url);

/**
 * Bundles the widget into `outDir`: `widget.js`, whose name stays, chunks named
 * by their content, and a `.gz` and `.br` beside each. Needs no network once
 * the packages are cached. Throws if the bundler fails.
 */
export async function buildWidget(outDir: string): Promise<BuiltFile[]> {
  await Deno.remove(outDir, { recursive: true }).catch(() => {});
  await Deno.mkdir(outDir, { recursive: true });
  await bundle(outDir);
  await Deno.rename(`${outDir}/main.js`, `${outDir}/${ENTRY}`);
  const names = await Array.fromAsync(Deno.readDir(outDir), ({ name }) => name);
  const sheets = await readSheets();
  return await Promise.all(
    names.sort().map((name) => finish(outDir, name, sheets)),
  );
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

/** Every style sheet by the text that the bundler has put in, which it leaves
 * as it is. */
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

async function finish(
  outDir: string,
  name: string,
  sheets: readonly string[],
): Promise<BuiltFile> {
  const path = `${outDir}/${name}`;
  let code = await Deno.readTextFile(path);
  for (const css of sheets) code = code.replace(css, minifyCss(css));
  const bytes = new TextEncoder().encode(code);
  const gzip = gzipSync(bytes, { level: 9 });
  const brotli = brotliCompressSync(bytes);
  await Deno.writeFile(path, bytes);
  await Deno.writeFile(`${path}.gz`, gzip);
  await Deno.writeFile(`${path}.br`, brotli);
  return {
    name,
    bytes: bytes.length,
    gzip: gzip.length,
    brotli: brotli.length,
  };
}

import { createHash } from "node:crypto";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { transform } from "lightningcss";
import { type Part, TARGETS, type Targets } from "./browser_targets.ts";

// Rewrites built scripts and style sheets for the oldest supported browsers,
// because `deno bundle` always writes the newest syntax.

// Set before esbuild loads; otherwise a worker and a port wait for its next
// call.
process.env["ESBUILD_WORKER_THREADS"] = "0";
const { buildSync } = await import("esbuild");

/** Chunks that the bundler named by their content: `chunk-7XQ2ABCD.js`. */
const CHUNK = /^(.+)-([A-Z0-9]{8})\.js$/;
/** A script that another one imports, statically or later. */
const IMPORTED = /"\.\/([^"]+\.js)"/g;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** Makes code with a `dispose` method run in browsers that lack the symbol. */
const DISPOSE = 'Symbol.dispose||=Symbol.for("Symbol.dispose");';

/**
 * Rewrites all scripts of a folder for the targets of `part`, then renames each
 * chunk by its new content, so that browsers can cache it forever. Throws if a
 * script uses syntax that cannot be rewritten, in the widget also `using`.
 */
export async function lowerScripts(folder: URL, part: Part): Promise<void> {
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  const scripts = names.filter((name) => name.endsWith(".js")).sort();
  const outdir = fileURLToPath(folder);
  buildSync({
    entryPoints: scripts.map((name) => outdir + name),
    outdir,
    allowOverwrite: true,
    format: "esm",
    target: esbuildTargets(TARGETS[part]),
    minify: true,
    charset: "utf8",
    logLevel: "silent",
    // A plain name is shorter. Code that `using` is rewritten to would not find it.
    ...(part === "widget" && { define: { "Symbol.dispose": '"dispose"' } }),
  });
  const code = new Map<string, string>();
  for (const name of scripts) {
    const text = await Deno.readTextFile(new URL(name, folder));
    if (part === "widget" && text.includes("asyncDispose")) {
      throw new Error(`${name} has a using declaration`);
    }
    const isOwner = /\bSymbol\.dispose\b|"dispose"/.test(text);
    code.set(name, part === "pages" && isOwner ? DISPOSE + text : text);
  }
  for (const name of dropEmpty(code)) await Deno.remove(new URL(name, folder));
  await rename(folder, code);
}

/**
 * Removes chunks without code and the imports of them, and returns their names.
 * Each would cost every page a request.
 */
function dropEmpty(code: Map<string, string>): string[] {
  for (const name of code.keys()) {
    if (!CHUNK.test(name) || code.get(name)?.trim() !== "") continue;
    const statement = `import"./${name}";`;
    const without = [...code].map(([from, text]) =>
      [from, text.replaceAll(statement, "")] as const
    );
    if (without.some(([, text]) => text.includes(`"./${name}"`))) continue;
    for (const [from, text] of without) code.set(from, text);
    code.delete(name);
    return [name, ...dropEmpty(code)]; // Others may be empty now.
  }
  return [];
}

/** Rewrites one style sheet for the targets of `part`, and minifies it. */
export function lowerStyle(css: string, part: Part): string {
  const { code } = transform({
    filename: "style.css",
    code: new TextEncoder().encode(css),
    targets: lightningTargets(TARGETS[part]),
    minify: true,
  });
  return new TextDecoder().decode(code);
}

/** Writes the scripts with their new names, and updates imports. */
async function rename(folder: URL, code: Map<string, string>): Promise<void> {
  const renamed = new Map<string, string>();
  for (const name of code.keys()) {
    const [, stem] = CHUNK.exec(name) ?? [];
    if (stem === undefined) continue;
    renamed.set(name, `${stem}-${fingerprint(name, code)}.js`);
  }
  for (const [name, text] of code) {
    await Deno.remove(new URL(name, folder));
    const next = text.replace(
      IMPORTED,
      (whole, old: string) => whole.replace(old, renamed.get(old) ?? old),
    );
    await Deno.writeTextFile(
      new URL(renamed.get(name) ?? name, folder),
      next,
    );
  }
}

/** Returns a name from a script's content and that of all scripts that it
 * imports. */
function fingerprint(name: string, code: Map<string, string>): string {
  const reached = new Set([name]);
  for (const each of reached) { // It grows during the loop.
    for (const [, next = ""] of (code.get(each) ?? "").matchAll(IMPORTED)) {
      if (code.has(next)) reached.add(next);
    }
  }
  const [first, ...others] = reached;
  const hash = createHash("sha256");
  for (const each of [first ?? "", ...others.sort()]) {
    hash.update(code.get(each) ?? "");
  }
  return Array.from(hash.digest().subarray(0, 8), (byte) => LETTERS[byte % 32])
    .join("");
}

function esbuildTargets({ safari, chrome, firefox }: Targets): string[] {
  return [
    `safari${safari}`,
    `ios${safari}`,
    `chrome${chrome}`,
    `firefox${firefox}`,
  ];
}

/** Converts versions for Lightning CSS: one byte for each part. */
function lightningTargets({ safari, chrome, firefox }: Targets) {
  const encoded = (version: string) => {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    return major << 16 | minor << 8;
  };
  return {
    safari: encoded(safari),
    ios_saf: encoded(safari),
    chrome: encoded(chrome),
    firefox: encoded(firefox),
  };
}

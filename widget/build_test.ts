import { deepEqual, equal, ok } from "node:assert/strict";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { buildWidget, type BuiltFile } from "./build.ts";

/** Bytes after gzip, in at most two requests (issue: weight). */
const EAGER_MAX = 12 * 1024;
const LAZY_MAX = 14 * 1024;

async function build() {
  const outDir = await Deno.makeTempDir();
  const files = await buildWidget(outDir);
  const code = new Map<string, string>();
  for (const { name } of files) {
    code.set(name, await Deno.readTextFile(`${outDir}/${name}`));
  }
  const cleanUp = {
    [Symbol.dispose]: () => Deno.removeSync(outDir, { recursive: true }),
  };
  return { outDir, files, code, ...cleanUp };
}

/** What is in no first click: the admin's preview, the choice of devices (when it
 * is opened), the quality of a call (when it is connected), a chat as a file (when
 * it is saved), work before a contact (where the widget asks for it). */
function isExtra(name: string): boolean {
  return /^(preview|device_sheet|quality|transcript|prove)-/.test(name);
}

/** The entry and what it imports before it runs. */
function eagerNames(
  code: Map<string, string>,
  name = "widget.js",
): Set<string> {
  const names = new Set([name]);
  for (
    const [, next] of (code.get(name) ?? "").matchAll(
      /(?:from|import)"\.\/([^"]+)"/g,
    )
  ) {
    for (const each of eagerNames(code, next)) names.add(each);
  }
  return names;
}

Deno.test("the widget keeps to its weight", async () => {
  using built = await build();

  const eager = eagerNames(built.code);
  const [first, later] = [true, false].map((is) =>
    built.files.filter(({ name }) => eager.has(name) === is && !isExtra(name))
  ) as [BuiltFile[], BuiltFile[]];
  const sum = (files: BuiltFile[]) =>
    files.reduce((all, { gzip }) => all + gzip, 0);
  console.table([
    ...built.files.map((file) => ({
      ...file,
      loads: eager.has(file.name)
        ? "with the page"
        : isExtra(file.name)
        ? "when asked for"
        : "on a click",
    })),
    { name: "with the page", gzip: sum(first), loads: `limit ${EAGER_MAX}` },
    { name: "on a click", gzip: sum(later), loads: `limit ${LAZY_MAX}` },
  ], ["name", "gzip", "brotli", "loads"]);

  ok(first.length <= 2, "more than two requests");
  ok(sum(first) <= EAGER_MAX, `${sum(first)} bytes load with the page`);
  ok(sum(later) <= LAZY_MAX, `${sum(later)} bytes load on clicks`);
});

Deno.test("each file has a gzip and a brotli twin of the same content", async () => {
  using built = await build();

  for (const [name, code] of built.code) {
    const file = (end: string) =>
      Deno.readFileSync(`${built.outDir}/${name}${end}`);
    deepEqual(gunzipSync(file(".gz")).toString(), code);
    deepEqual(brotliDecompressSync(file(".br")).toString(), code);
  }
});

Deno.test("a website can pin the entry by its hash", async () => {
  using built = await build();

  const file = `${built.outDir}/widget.json`;
  const { script, integrity } = JSON.parse(await Deno.readTextFile(file));
  const bytes = await Deno.readFile(`${built.outDir}/${script}`);
  const hash = await crypto.subtle.digest("SHA-384", bytes);

  equal(integrity, `sha384-${new Uint8Array(hash).toBase64()}`);
  equal(new TextDecoder().decode(bytes), built.code.get("widget.js"));
  ok(/^widget-[A-Z2-7]{8}\.js$/.test(script), script);
});

Deno.test("every file but the entry is named by its content", async () => {
  using built = await build();

  const names = built.files.map(({ name }) => name).filter((n) =>
    n !== "widget.js"
  );
  for (const name of names) ok(/-[A-Z0-9]{8}\.js$/.test(name), name);
});

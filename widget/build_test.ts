import { deepEqual, ok } from "node:assert/strict";
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
 * is opened), the quality of a call (when it is connected). */
function isExtra(name: string): boolean {
  return /^(preview|device_sheet|quality)-/.test(name);
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

Deno.test("every file but the entry is named by its content", async () => {
  using built = await build();

  const names = built.files.map(({ name }) => name).filter((n) =>
    n !== "widget.js"
  );
  for (const name of names) ok(/-[A-Z0-9]{8}\.js$/.test(name), name);
});

import { deepEqual, equal, ok } from "node:assert/strict";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { buildWidget } from "./build.ts";
import {
  BUDGET,
  eagerNames,
  lastSizes,
  momentOf,
  SIZES_FILE,
  sizesOf,
  sizesTable,
} from "@/tools/widget_sizes.ts";

/** A build may differ so much from widget/sizes.json until that is renewed. */
const STALE_BYTES = 300;

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

Deno.test("the widget stays within its size limits", async () => {
  using built = await build();

  const sizes = sizesOf(built.files, built.code);
  console.table(
    built.files.map((file) => ({
      ...file,
      loads: momentOf(file.name, built.code),
    })),
    ["name", "gzip", "brotli", "loads"],
  );
  console.table(sizesTable(sizes, await lastSizes()));

  ok(eagerNames(built.code).size <= 2, "more than two requests");
  ok(sizes.withThePage <= BUDGET.withThePage, "loads with the page");
  ok(sizes.onAClick <= BUDGET.onAClick, "loads on a click");
  ok(sizes.onACall <= BUDGET.onACall, "loads on a call");
});

Deno.test("widget/sizes.json is up to date (deno task sizes)", async () => {
  using built = await build();

  const sizes = sizesOf(built.files, built.code);
  const written = JSON.parse(await Deno.readTextFile(SIZES_FILE));

  for (const [name, bytes] of Object.entries(sizes)) {
    ok(Math.abs(written[name] - bytes) < STALE_BYTES, `${name}: ${bytes}`);
  }
});

Deno.test("each file has a gzip and a brotli version with the same content", async () => {
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

Deno.test("every file except the entry is named by its content", async () => {
  using built = await build();

  const names = built.files.map(({ name }) => name).filter((n) =>
    n !== "widget.js"
  );
  for (const name of names) ok(/-[A-Z0-9]{8}\.js$/.test(name), name);
});

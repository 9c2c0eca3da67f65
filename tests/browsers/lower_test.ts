import { deepEqual, equal, match, notEqual, throws } from "node:assert/strict";
import { lowerScripts, lowerStyle } from "@/tools/lower.ts";
import type { Part } from "@/tools/browser_targets.ts";
import { parseScript } from "./script_features.ts";

/** A folder with scripts, lowered; the result by name. */
async function lowered(
  files: Record<string, string>,
  part: Part = "pages",
): Promise<Record<string, string>> {
  const folder = await Deno.makeTempDir({ prefix: "lower-" });
  try {
    for (const [name, code] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${name}`, code);
    }
    await lowerScripts(new URL(`file://${folder}/`), part);
    const results: Record<string, string> = {};
    for await (const { name } of Deno.readDir(folder)) {
      results[name] = await Deno.readTextFile(`${folder}/${name}`);
    }
    return results;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("lowerScripts() rewrites using declarations, which dispose even without Symbol.dispose", async () => {
  const { "main.js": code = "" } = await lowered({
    "main.js": `{ using own = { [Symbol.dispose]: () => done("disposed") };
      done("in use"); }`,
  });

  parseScript(code);
  const done: string[] = [];
  const OldSymbol = Object.assign((name: string) => Symbol(name), {
    for: Symbol.for,
    dispose: undefined,
  });
  new Function("Symbol", "done", code)(OldSymbol, (w: string) => done.push(w));
  deepEqual(done, ["in use", "disposed"]);
});

Deno.test("lowerScripts() refuses using declarations in the widget, which would throw there", async () => {
  const code = "export function wait(own) { using held = own; work(); }";
  let message = "";
  await lowered({ "main.js": code }, "widget")
    .catch((error) => message = String(error));
  equal(message, "Error: main.js has a using declaration");
});

Deno.test("lowerScripts() throws on syntax that it can't rewrite", async () => {
  let message = "";
  await lowered({ "main.js": "const = 1;" })
    .catch((error) => message = String(error));
  match(message, /Expected identifier/);
});

Deno.test("lowerScripts() names a chunk by its content and that of its imports", async () => {
  const build = (value: number) =>
    lowered({
      "main.js": `import { a } from "./chunk-AAAAAAAA.js"; show(a);`,
      "chunk-AAAAAAAA.js":
        `import { b } from "./chunk-BBBBBBBB.js"; export const a = [b];`,
      "chunk-BBBBBBBB.js": `export const b = () => import("./chunk-AAAAAAAA.js")
        .then(() => ${value});`,
    });

  const [one, same, two] = [await build(1), await build(1), await build(2)];

  deepEqual(same, one);
  equal(Object.keys(one).length, 3);
  for (const name of Object.keys(one)) {
    if (name !== "main.js") equal(two[name], undefined, name);
  }
  for (const code of Object.values(one)) {
    for (const [, name = ""] of code.matchAll(/"\.\/([^"]+)"/g)) {
      notEqual(one[name], undefined, name);
    }
  }
});

Deno.test("lowerScripts() drops chunks without code, and chunks that only import them", async () => {
  const built = await lowered({
    "main.js": `import "./chunk-AAAAAAAA.js"; show(1);`,
    "other.js": `import "./chunk-BBBBBBBB.js";
      export const late = () => import("./chunk-CCCCCCCC.js");`,
    "chunk-AAAAAAAA.js": `import "./chunk-BBBBBBBB.js";`,
    "chunk-BBBBBBBB.js": "// Only types.",
    "chunk-CCCCCCCC.js": "",
  });

  const [late = "", ...names] = Object.keys(built).sort();
  deepEqual(names, ["main.js", "other.js"]);
  match(late, /^chunk-/); // A promise of it is needed.
  equal(built["main.js"], "show(1);\n");
  match(built["other.js"] ?? "", new RegExp(`import\\("./${late}"\\)`));
});

Deno.test("lowerStyle() rewrites nesting and light-dark()", () => {
  const css = `:root { color-scheme: light dark; --text: light-dark(#111, #eee);
    & p { color: light-dark(red, blue); } }`;

  const old = lowerStyle(css, "pages");

  equal(/light-dark\(|&/.test(old), false, old);
  match(old, /#111/);
  match(old, /prefers-color-scheme:dark/);
  throws(() => lowerStyle("} a {", "pages"));
});

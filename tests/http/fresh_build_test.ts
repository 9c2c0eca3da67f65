import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import { Builder, fingerprint } from "fresh/dev";

/** A folder with these files, gone at the end of the test. */
async function folderOf(
  files: Record<string, string>,
): Promise<AsyncDisposable & { path: string; url: URL; write: Write }> {
  const path = await Deno.makeTempDir({ prefix: "fresh-" });
  const url = new URL(`file://${path}/`);
  const write: Write = async (name, text) => {
    await Deno.mkdir(new URL(".", new URL(name, url)), { recursive: true });
    await Deno.writeTextFile(new URL(name, url), text);
  };
  for (const [name, text] of Object.entries(files)) await write(name, text);
  return {
    path,
    url,
    write,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

type Write = (name: string, text: string) => Promise<void>;

function snapshotIn(url: URL): Promise<string> {
  return Deno.readTextFile(new URL("_fresh/snapshot.js", url));
}

Deno.test("[FR30] a failed build reports why and keeps the previous one", async () => {
  await using folder = await folderOf({
    "islands/Fine.tsx": "export default () => null;",
    "static/a.css": "a { color: red }",
  });
  await new Builder({ root: folder.path }).build();
  const before = await snapshotIn(folder.url);
  const [, file] = /"file":"([^"]+a\.css)"/.exec(before) ?? [];

  await folder.write("islands/Broken.tsx", 'import "./missing.ts";');
  await rejects(new Builder({ root: folder.path }).build(), /missing\.ts/);

  equal(await snapshotIn(folder.url), before);
  match(
    await Deno.readTextFile(new URL(`_fresh/${file}`, folder.url)),
    /color: red/,
  );
});

Deno.test("[FR30] a build replaces the previous one completely", async () => {
  await using folder = await folderOf({ "static/a.css": "a {}" });
  await new Builder({ root: folder.path }).build();

  await Deno.remove(new URL("static/a.css", folder.url));
  await folder.write("static/b.css", "b {}");
  for (let n = 0; n < 2; n++) await new Builder({ root: folder.path }).build();

  const snapshot = await snapshotIn(folder.url);
  deepEqual(snapshot.match(/"path":"[^"]+"/g), ['"path":"/b.css"']);
  const made = await Array.fromAsync(
    Deno.readDir(new URL("_fresh/", folder.url)),
    ({ name }) => name,
  );
  equal(made.length, 2, made.join());
});

Deno.test("[FR30] the same files produce the same build", async () => {
  const files = {
    "islands/One.tsx": "export default () => null;",
    "static/a.css": "a {}",
  };
  await using first = await folderOf(files);
  await using second = await folderOf(files);

  for (const { path } of [first, second]) {
    await new Builder({ root: path }).build();
  }

  equal(await snapshotIn(first.url), await snapshotIn(second.url));
});

Deno.test("[FR33] a build with lower rewrites scripts and style sheets, and names them by the result", async () => {
  await using folder = await folderOf({
    "islands/One.tsx": "export default () => null;",
    "static/a.css": "a { color: red }",
    "static/b.txt": "color: red",
  });
  const build = async (word: string) => {
    const lower = {
      async scripts(at: URL) {
        for await (const { name } of Deno.readDir(at)) {
          const file = new URL(name, at);
          const code = await Deno.readTextFile(file);
          await Deno.writeTextFile(file, `/* ${word} */${code}`);
        }
      },
      style: (css: string) => css.replace("red", word),
    };
    await new Builder({ root: folder.path, lower }).build();
    const snapshot = await snapshotIn(folder.url);
    const text = (pattern: RegExp) => {
      const [, file] = pattern.exec(snapshot) ?? [];
      return Deno.readTextFile(new URL(`_fresh/${file}`, folder.url));
    };
    return {
      style: await text(/"file":"([^"]+a\.css)"/),
      text: await text(/"file":"([^"]+b\.txt)"/),
      script: await text(/"file":"([^"]+island_One[^"]+)"/),
      name: /island_One[^"]+/.exec(snapshot)?.[0],
    };
  };

  const blue = await build("blue");
  const green = await build("green");

  equal(blue.style, "a { color: blue }");
  equal(blue.text, "color: red");
  match(blue.script, /^\/\* blue \*\//);
  notEqual(blue.name, green.name);
});

Deno.test("[FR13] tests and helpers next to islands and routes aren't built", async () => {
  await using folder = await folderOf({
    "islands/One.tsx": "export default () => null;",
    "islands/One_test.tsx": "throw new Error();",
    "islands/helper.ts": "throw new Error();",
    "routes/index.ts": "export const handler = {};",
    "routes/index_test.ts": "throw new Error();",
    "routes/(_parts)/Part.tsx": "throw new Error();",
  });

  await new Builder({ root: folder.path }).build();

  const imports = (await snapshotIn(folder.url)).match(/from ".*"/g);
  deepEqual(imports, [
    'from "../routes/index.ts"',
    'from "../islands/One.tsx"',
  ]);
});

Deno.test("[FR31] a fingerprint changes with content and names, not with tests", async () => {
  await using folder = await folderOf({
    "deno.json": "{}",
    "lib/a.ts": "1",
    "lib/a_test.ts": "1",
    "other/b.ts": "1",
  });
  const print = () =>
    fingerprint(folder.url, ["deno.json", "main.ts", "lib/", "none/"]);
  const before = await print();

  await folder.write("lib/a_test.ts", "2");
  await folder.write("other/b.ts", "2");
  equal(await print(), before);

  await folder.write("lib/a.ts", "2");
  const changed = await print();
  notEqual(changed, before);

  await Deno.rename(
    new URL("lib/a.ts", folder.url),
    new URL("lib/c.ts", folder.url),
  );
  notEqual(await print(), changed);
});

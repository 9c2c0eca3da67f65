import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import { Builder } from "fresh/dev";
import { folderOf } from "@/tests/support/folder_of.ts";

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
    await Deno.readTextFile(new URL(`${file}`, folder.url)),
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

Deno.test("[FR30] the same files produce the same build, except for its id", async () => {
  const files = {
    "islands/One.tsx": "export default () => null;",
    "static/a.css": "a {}",
  };
  await using first = await folderOf(files);
  await using second = await folderOf(files);

  const ids = new Set<string>();
  const rests = new Set<string>();
  for (const { path, url } of [first, second]) {
    await new Builder({ root: path }).build();
    const snapshot = await snapshotIn(url);
    ids.add(/export const id = .*/.exec(snapshot)?.[0] ?? "");
    rests.add(snapshot.replace(/export const id = .*/, ""));
  }

  deepEqual([ids.size, rests.size], [2, 1]);
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
      return Deno.readTextFile(new URL(`${file}`, folder.url));
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

Deno.test("[FR30] tests and helpers next to islands and routes aren't built", async () => {
  await using folder = await folderOf({
    "islands/One.tsx": "export default () => null;",
    "islands/One_test.tsx": "throw new Error();",
    "islands/helper.ts": "throw new Error();",
    "routes/index.ts": "export const handler = {};",
    "routes/index_test.ts": "throw new Error();",
  });

  await new Builder({ root: folder.path }).build();

  const imports = (await snapshotIn(folder.url)).match(/from ".*"/g);
  deepEqual(imports, [
    'from "../routes/index.ts"',
    'from "../islands/One.tsx"',
  ]);
});

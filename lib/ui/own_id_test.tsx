import { deepEqual, equal } from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { useOwnId, withOwnIds } from "./own_id.tsx";

function Field() {
  return <input id={useOwnId()} />;
}

function Two() {
  return (
    <>
      <Field />
      <Field />
    </>
  );
}

const First = withOwnIds("first", Two);
const Second = withOwnIds("second", Two);

function idsIn(html: string): string[] {
  return [...html.matchAll(/id="([^"]+)"/g)].map(([, id = ""]) => id);
}

Deno.test("useOwnId() returns an id that no other part of the page has", () => {
  const ids = idsIn(renderToString(
    <main>
      <Field />
      <First />
      <Second />
      <Field />
    </main>,
  ));

  deepEqual([ids.length, new Set(ids).size], [6, 6]);
});

Deno.test("useOwnId() in an island doesn't depend on the page around it", () => {
  const page = renderToString(
    <main>
      <Field />
      <Two />
      <First />
    </main>,
  );

  equal(page.includes(renderToString(<First />)), true);
});

Deno.test("every island has its own prefix of ids", async () => {
  const folder = new URL("../../islands/", import.meta.url);
  const prefixes: Record<string, string | undefined> = {};
  for await (const { name } of Deno.readDir(folder)) {
    const code = await Deno.readTextFile(new URL(name, folder));
    const [, prefix] = /^export default withOwnIds\("([a-z-]+)"/m.exec(code) ??
      [];
    prefixes[name] = prefix;
  }

  const missing = Object.keys(prefixes).filter((name) => !prefixes[name]);
  deepEqual(missing, []);
  equal(new Set(Object.values(prefixes)).size, Object.keys(prefixes).length);
});

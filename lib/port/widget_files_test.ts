import { deepEqual, equal, rejects } from "node:assert/strict";
import { WidgetFiles } from "./widget_files.ts";

async function folderWith(names: string[]) {
  const path = await Deno.makeTempDir();
  for (const name of names) await Deno.writeTextFile(`${path}/${name}`, name);
  return {
    url: new URL(`file://${path}/`),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

function get(
  files: WidgetFiles,
  path: string,
  headers: Record<string, string> = {},
): Response | undefined {
  const answer = files.answer({ method: "GET", url: path, headers });
  return answer && new Response(answer.body ?? null, answer);
}

Deno.test("WidgetFiles.answer() has the entry revalidated and the chunks cached for ever", async () => {
  await using folder = await folderWith(["widget.js", "chat-ABCD1234.js"]);
  const files = await WidgetFiles.read(folder.url);

  const entry = get(files, "/widget.js");
  const chunk = get(files, "/chat-ABCD1234.js");

  equal(entry?.headers.get("cache-control"), "public, no-cache");
  equal(
    chunk?.headers.get("cache-control"),
    "public, max-age=31536000, immutable",
  );
  equal(entry?.headers.get("access-control-allow-origin"), "*");
  equal(get(files, "/other.js"), undefined);
  equal(get(files, "/../deno.json"), undefined);
});

Deno.test("WidgetFiles.answer() answers 304 to a matching ETag", async () => {
  await using folder = await folderWith(["widget.js"]);
  const files = await WidgetFiles.read(folder.url);
  const etag = get(files, "/widget.js")?.headers.get("etag") ?? "";

  const again = get(files, "/widget.js", { "if-none-match": `W/${etag}` });

  equal(again?.status, 304);
  const others = { "if-none-match": `"x", ${etag}` };
  equal(get(files, "/widget.js", others)?.status, 304);
  equal(get(files, "/widget.js", { "if-none-match": '"x"' })?.status, 200);
});

Deno.test("WidgetFiles.answer() answers HEAD without the file, and no other method", async () => {
  await using folder = await folderWith(["widget.js"]);
  const files = await WidgetFiles.read(folder.url);
  const ask = (method: string) =>
    files.answer({ method, url: "/widget.js?v=1", headers: {} });

  equal(ask("HEAD")?.status, 200);
  equal(ask("HEAD")?.headers["content-length"], "9");
  equal(ask("HEAD")?.body, undefined);
  equal(ask("GET")?.body?.length, 9);
  equal(ask("POST"), undefined);
});

Deno.test("WidgetFiles.answer() uses the smallest encoding that the client accepts", async () => {
  await using folder = await folderWith([
    "widget.js",
    "widget.js.br",
    "widget.js.gz",
  ]);
  const files = await WidgetFiles.read(folder.url);
  const accepts = ["gzip, deflate, br", "gzip", "br;q=0, gzip", "identity", ""];

  const bodies = await Promise.all(
    accepts.map((accept) =>
      get(files, "/widget.js", { "accept-encoding": accept })?.text()
    ),
  );

  deepEqual(bodies, [
    "widget.js.br",
    "widget.js.gz",
    "widget.js.gz",
    "widget.js",
    "widget.js",
  ]);
});

Deno.test("WidgetFiles.read() reports a missing build", async () => {
  await using folder = await folderWith([]);

  await rejects(WidgetFiles.read(folder.url), /build first/);
});

Deno.test("WidgetFiles.answer() sends the pinned script's name and the types", async () => {
  await using folder = await folderWith([
    "widget.js",
    "widget.json",
    "widget.d.ts",
    "widget.js.map",
  ]);
  const files = await WidgetFiles.read(folder.url);
  const type = (path: string) => get(files, path)?.headers.get("content-type");

  equal(type("/widget.json"), "application/json; charset=utf-8");
  equal(type("/widget.d.ts"), "text/plain; charset=utf-8");
  equal(type("/widget.js.map"), undefined);
});

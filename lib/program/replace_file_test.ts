import { deepEqual, equal, rejects } from "node:assert/strict";
import { replaceFile } from "./replace_file.ts";

Deno.test("replaceFile() counts bytes, and replaces the file only after the last one", async () => {
  const folder = await Deno.makeTempDir({ prefix: "widgets-" });
  const file = `${folder}/file`;
  await Deno.writeTextFile(file, "old");
  const seen: string[] = [];
  async function* texts() {
    yield "Grüße ";
    seen.push(await Deno.readTextFile(file));
    yield "✓";
  }

  equal(await replaceFile(file, texts()), 11);

  deepEqual(seen, ["old"]);
  equal(await Deno.readTextFile(file), "Grüße ✓");
  equal((await Deno.stat(file)).mode! & 0o777, 0o600);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("if two replaceFile() calls overlap, the last to start writes the file, and the other reports it", async () => {
  const folder = await Deno.makeTempDir({ prefix: "widgets-" });
  const file = `${folder}/file`;
  const begun = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  async function* first() {
    yield "first";
    begun.resolve();
    await go.promise;
    yield "end of the first";
  }
  async function* second() {
    yield "second";
    go.resolve();
    await rejects(early, /another export writes to it too/);
    yield ", all of it";
  }

  const early = replaceFile(file, first());
  early.catch(() => {});
  await begun.promise;
  await replaceFile(file, second());

  equal(await Deno.readTextFile(file), "second, all of it");
  const names = await Array.fromAsync(Deno.readDir(folder), (e) => e.name);
  deepEqual(names, ["file"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("replaceFile() keeps the old file and leaves no other one if its source fails", async () => {
  const folder = await Deno.makeTempDir({ prefix: "widgets-" });
  const file = `${folder}/file`;
  await Deno.writeTextFile(file, "old");
  async function* texts() {
    yield await Promise.resolve("new");
    throw new Error("the store is gone");
  }

  await rejects(replaceFile(file, texts()), /the store is gone/);

  equal(await Deno.readTextFile(file), "old");
  const names = await Array.fromAsync(Deno.readDir(folder), (e) => e.name);
  deepEqual(names, ["file"]);
  await Deno.remove(folder, { recursive: true });
});

import { deepEqual, equal, match } from "node:assert/strict";
import { archiveOf, writeSelfExtracting } from "@/tools/self_extracting.ts";

// The header alone, with a shell script in the place of the runtime: what it
// runs, and what of other versions it leaves behind. The real file is tested in
// tests/e2e/binary_test.ts.

const HASH = /^[0-9a-f]{16}$/;

/** A folder with files that unpack themselves, and their cache. */
async function workshop() {
  const folder = await Deno.makeTempDir({ prefix: "self-extracting-" });
  const cache = `${folder}/cache`;
  const start = (file: string, ...args: string[]) =>
    new Deno.Command(file, {
      args,
      env: { CW_CACHE: cache },
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
  return {
    cache,
    start,
    /** Writes the file of a version; its program says so, or stays. */
    async make(version: string): Promise<string> {
      const stage = `${folder}/stage-${version}`;
      await Deno.mkdir(`${stage}/app`, { recursive: true });
      await Deno.writeTextFile(`${stage}/app/main.js`, "");
      const script = `#!/bin/sh\necho ${version}\ncase "$*" in\n` +
        `*stay) exec cat ;;\nesac\n`;
      await Deno.writeTextFile(`${stage}/deno`, script, { mode: 0o755 });
      const file = `${folder}/${version}`;
      await writeSelfExtracting(await archiveOf(stage), file, []);
      return file;
    },
    async run(file: string): Promise<string> {
      const child = start(file);
      await child.stdin.close();
      const { stdout } = await child.output();
      return new TextDecoder().decode(stdout).trim();
    },
    /** Versions that lie in the cache. */
    async unpacked(): Promise<string[]> {
      const names = await Array.fromAsync(Deno.readDir(cache));
      return names.map(({ name }) => name).filter((name) => HASH.test(name));
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

Deno.test("a new version deletes old ones, except those still running", async () => {
  await using shop = await workshop();
  const [one, two, three, four] = await Promise.all(
    ["one", "two", "three", "four"].map((version) => shop.make(version)),
  );
  const counts: number[] = [];
  const count = async () => counts.push((await shop.unpacked()).length);

  const said = [await shop.run(one!), await shop.run(one!)];
  await count();
  const staying = shop.start(two!, "stay");
  const reader = staying.stdout.getReader();
  await reader.read(); // It runs, and has cleared the first away.
  await count();
  said.push(await shop.run(three!));
  await count();
  await staying.stdin.close();
  reader.releaseLock();
  await staying.stdout.cancel();
  await staying.status;
  said.push(await shop.run(four!));
  await count();

  deepEqual(said, ["one", "one", "three", "four"]);
  deepEqual(counts, [1, 1, 2, 1]);
});

Deno.test("without a home folder it refuses to start instead of unpacking into a shared folder", async () => {
  await using shop = await workshop();
  const file = await shop.make("one");
  const temporary = `${shop.cache}-temporary`;
  await Deno.mkdir(temporary);

  for (const env of [{}, { HOME: "/nonexistent" }]) {
    const { success, stdout, stderr } = await new Deno.Command(file, {
      clearEnv: true,
      env: { PATH: "/usr/bin:/bin", TMPDIR: temporary, ...env },
      stdout: "piped",
      stderr: "piped",
    }).output();

    const said = new TextDecoder().decode(stderr);
    equal(success, false);
    equal(stdout.length, 0);
    match(said, /Name a folder of your own in CW_CACHE/);
  }
  deepEqual(await Array.fromAsync(Deno.readDir(temporary)), []);
});

Deno.test("it unpacks into no other user's folder and runs no files that another user put into its own", async () => {
  if (Deno.uid() !== 0) return; // Only root can play another user.
  await using shop = await workshop();
  const file = await shop.make("one");
  const start = async () => {
    const { stdout, stderr } = await new Deno.Command(file, {
      env: { CW_CACHE: shop.cache },
    }).output();
    const decoder = new TextDecoder();
    return [decoder.decode(stdout), decoder.decode(stderr)];
  };

  await Deno.mkdir(shop.cache);
  await Deno.chown(shop.cache, 1, 1);
  const [ranThere, saidThere] = await start();
  const unpackedThere = await shop.unpacked();
  await Deno.chown(shop.cache, 0, 0);
  await shop.run(file);
  const [version = ""] = await shop.unpacked();
  await Deno.chown(`${shop.cache}/${version}`, 1, 1);
  const [ranPlanted, saidPlanted] = await start();

  deepEqual([ranThere, ranPlanted, unpackedThere], ["", "", []]);
  match(saidThere ?? "", /it must be a folder of user root/);
  match(saidPlanted ?? "", /belongs to somebody else/);
});

Deno.test("other users' files in the cache stay, and leftovers of a kill are deleted", async () => {
  await using shop = await workshop();
  const [one, two] = [await shop.make("one"), await shop.make("two")];
  await shop.run(one);
  const foreign = "0123456789abcdef";
  await Deno.mkdir(`${shop.cache}/notes/app`, { recursive: true });
  await Deno.mkdir(`${shop.cache}/${foreign}`);
  await Deno.writeTextFile(`${shop.cache}/${foreign}/letter.txt`, "Dear");
  await Deno.mkdir(`${shop.cache}/.part-4194305-${foreign}`);
  await Deno.mkdir(`${shop.cache}/.part-${Deno.pid}-${foreign}`);

  const said = await shop.run(two);

  const names = await Array.fromAsync(Deno.readDir(shop.cache));
  const left = names.map(({ name }) => name).filter((name) =>
    !HASH.test(name) || name === foreign
  );
  equal(said, "two");
  deepEqual(left.sort(), [`.part-${Deno.pid}-${foreign}`, foreign, "notes"]);
  equal((await shop.unpacked()).length, 2); // The foreign one, and the new.
});

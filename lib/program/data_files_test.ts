import { deepEqual, equal, match } from "node:assert/strict";
import { newContent } from "@/lib/model/widget.ts";
import { openStore } from "@/lib/store/open.ts";
import { CANNOT_MOUNT, SmallDisk } from "@/tests/support/small_disk.ts";
import { runProgram } from "@/tests/support/run_program.ts";

Deno.test({
  name:
    "an export onto a full disk fails with one sentence and keeps the old file",
  ignore: CANNOT_MOUNT,
  async fn() {
    await using here = await folder();
    await using disk = await SmallDisk.mount(`${here.path}/disk`, "64k");
    const file = `${here.path}/disk/backup.jsonl`;
    await Deno.writeTextFile(file, "the old backup");
    await disk.fill();

    const { code, text } = await runProgram(["export", file, here.data]);

    deepEqual([code, text], [
      1,
      `Cannot export to ${file}: No space left on device (os error 28)\n`,
    ]);
    equal(await Deno.readTextFile(file), "the old backup");
    deepEqual(await disk.names(), ["backup.jsonl"]);
  },
});

Deno.test("an export to a symbolic link writes the file that it points to", async () => {
  await using here = await folder();
  const [link, file] = [`${here.path}/link.jsonl`, `${here.path}/file.jsonl`];
  await Deno.writeTextFile(file, "the old backup");
  await Deno.symlink("file.jsonl", link);

  const { code, text } = await runProgram(["export", link, here.data]);

  equal(code, 0, text);
  equal((await Deno.lstat(link)).isSymlink, true);
  match(await Deno.readTextFile(file), /^\{"is":"contact-widgets-archive"/);
  const { size } = await Deno.stat(file);
  equal(text.includes(`Exported to ${link} (${size} bytes)`), true, text);
});

Deno.test("an export to anything but a file is rejected and changes nothing", async () => {
  await using here = await folder();
  const at = (name: string) => `${here.path}/${name}`;
  const mkfifo = new Deno.Command("mkfifo", { args: [at("fifo")] });
  equal((await mkfifo.output()).success, true);
  await Deno.symlink("nowhere", at("link"));
  await Deno.mkdir(at("folder"));
  const targets = ["fifo", "link", "folder"].map(at);

  const said = await Promise.all(
    targets.map((file) => runProgram(["export", file, here.data])),
  );

  const why = [
    "is not a regular file",
    "is a link to a file that does not exist",
    "is not a regular file",
  ];
  for (const [n, file] of targets.entries()) {
    deepEqual(said[n], {
      code: 1,
      text: `Cannot export to ${file}: it ${why[n]}\n`,
    });
  }
  equal((await Deno.lstat(at("fifo"))).isFifo, true);
  equal((await Deno.lstat(at("link"))).isSymlink, true);
});

Deno.test("an export doesn't follow a link in place of its temporary file", async () => {
  await using here = await folder();
  const [file, other] = [`${here.path}/file.jsonl`, `${here.path}/other`];
  await Deno.writeTextFile(other, "somebody else's");
  await Deno.symlink(other, `${file}.part`);

  const { code, text } = await runProgram(["export", file, here.data]);

  equal(code, 0, text);
  equal(await Deno.readTextFile(other), "somebody else's");
  equal((await Deno.lstat(file)).isFile, true);
});

Deno.test("a failed import creates no folder and no store", async () => {
  await using here = await folder();
  const [file, broken] = [`${here.path}/a.jsonl`, `${here.path}/b.jsonl`];
  equal((await runProgram(["export", file, here.data])).code, 0);
  const whole = await Deno.readTextFile(file);
  await Deno.writeTextFile(broken, whole.split("\n").slice(0, -2).join("\n"));
  const into = (name: string) => `--data=${here.path}/${name}`;

  const cut = await runProgram(["import", broken, "--yes", into("new/deep")]);
  const none = await runProgram(["import", `${file}x`, "--yes", into("new")]);

  deepEqual([cut.code, none.code], [1, 1]);
  match(cut.text, /^Cannot import .*: line \d+ [^\n]+\n$/);
  match(none.text, /^Cannot import .*: No such file[^\n]+\n$/);
  const names = await Array.fromAsync(Deno.readDir(here.path), (e) => e.name);
  deepEqual(names.sort(), ["a.jsonl", "b.jsonl", "data", "disk"]);
});

/** A folder with a store and an empty folder `disk`. */
async function folder(): Promise<
  AsyncDisposable & { path: string; data: string }
> {
  const path = await Deno.makeTempDir({ prefix: "contact-widgets-" });
  await Deno.mkdir(`${path}/disk`);
  const opened = await openStore(`${path}/data/widgets.kv`);
  if (!opened.ok) throw new Error(opened.error.reason);
  using store = opened.value;
  const uuid = "a".repeat(32);
  await store.widgets.create("sidebar", newContent("Kept", "en"), uuid);
  return {
    path,
    data: `--data=${path}/data`,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

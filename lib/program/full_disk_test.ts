import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newContent } from "@/lib/model/widget.ts";
import { openStore, type Store } from "@/lib/store/open.ts";
import { CANNOT_MOUNT, SmallDisk } from "@/tests/support/small_disk.ts";
import { runProgram } from "@/tests/support/run_program.ts";

const HERE = ["--host=127.0.0.1", "--port=0"];

Deno.test({
  name: "reset-password on a full disk fails in one line",
  ignore: CANNOT_MOUNT,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "widgets-" });
    {
      await using disk = await SmallDisk.mount(folder, "2m");
      await fill(folder);
      // As the service has it, so that the command can open it.
      using store = await storeIn(folder);
      await store.accounts.list();
      await disk.fill();

      const { code, text } = await runProgram([
        "reset-password",
        "ada",
        `--data=${folder}`,
      ]);

      equal(code, 1, text);
      match(text, /^Cannot [^\n]*(full|No space left|disk)[^\n]*\n$/);
    }
    await Deno.remove(folder);
  },
});

Deno.test({
  name: "an import onto a full disk fails in one line",
  ignore: CANNOT_MOUNT,
  async fn() {
    const [folder, aside] = [
      await Deno.makeTempDir({ prefix: "widgets-" }),
      await Deno.makeTempDir({ prefix: "widgets-" }),
    ];
    await fill(`${aside}/data`);
    const file = `${aside}/backup.jsonl`;
    equal((await runProgram(["export", file, `--data=${aside}/data`])).code, 0);
    {
      await using disk = await SmallDisk.mount(folder, "64k");
      await disk.fill();

      const { code, text } = await runProgram([
        "import",
        file,
        "--yes",
        `--data=${folder}`,
      ]);

      equal(code, 1, text);
      match(text, /^Cannot [^\n]*(full|No space left|disk)[^\n]*\n$/);
    }
    await Deno.remove(folder);
    await Deno.remove(aside, { recursive: true });
  },
});

Deno.test({
  name:
    "check-config rejects a full disk for a new data folder, as the start does",
  ignore: CANNOT_MOUNT,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "widgets-" });
    {
      await using disk = await SmallDisk.mount(folder, "64k");
      await disk.fill();
      const data = `--data=${folder}/data`;

      const checked = await runProgram(["check-config", ...HERE, data]);
      const names = await disk.names();
      const started = await runProgram([...HERE, data, "--log=error"]);

      deepEqual([checked.code, started.code], [1, 1]);
      const sentence = /^Cannot open the store ".*": .*No space left.*$/m;
      match(checked.text, sentence);
      ok(sentence.test(started.text), started.text);
      deepEqual(names, []);
    }
    await Deno.remove(folder);
  },
});

/** Creates a store with a widget and an account. */
async function fill(folder: string): Promise<void> {
  using store = await storeIn(folder);
  const uuid = "a".repeat(32);
  await store.widgets.create("sidebar", newContent("Kept", "en"), uuid);
  const roles = ["admin" as const];
  await store.accounts
    .createFirst({ name: "ada", displayName: "Ada", roles }, "hash");
}

async function storeIn(folder: string): Promise<Store> {
  const opened = await openStore(`${folder}/widgets.kv`);
  if (!opened.ok) throw new Error(opened.error.reason);
  return opened.value;
}

import { equal, notEqual } from "node:assert/strict";
import { folderOf } from "@/tests/support/folder_of.ts";
import { fingerprint } from "./fingerprint.ts";

Deno.test("fingerprint() changes with content and names, not with tests", async () => {
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

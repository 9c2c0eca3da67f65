import { deepEqual } from "node:assert/strict";
import { folderWarnings } from "./data_folder.ts";

Deno.test("each folder of the data that the group or others can write to is named once", async () => {
  const root = await Deno.makeTempDir();
  const made = async (name: string, mode: number) => {
    await Deno.mkdir(`${root}/${name}`);
    await Deno.chmod(`${root}/${name}`, mode);
    return `${root}/${name}`;
  };
  const [own, group, others, all] = [
    await made("own", 0o755),
    await made("group", 0o720),
    await made("others", 0o702),
    await made("all", 0o1777),
  ];
  const warned = async (data: string, kv = "") =>
    (await folderWarnings({ data, kv })).map((text) =>
      /^Other users .* write to (.*) \(mode (\d+)\), so/.exec(text)?.slice(1)
    );

  const found = [
    await warned(own),
    await warned(`${root}/none`),
    await warned(group),
    await warned(others, `${others}/widgets.kv`),
    await warned(own, `${all}/widgets.kv`),
    await warned(all, `${group}/widgets.kv`),
    await warned(own, "https://kv.example.com"),
  ];

  await Deno.remove(root, { recursive: true });
  deepEqual(found, [
    [],
    [],
    [[group, "0720"]],
    [[others, "0702"]],
    [[all, "1777"]],
    [[all, "1777"], [group, "0720"]],
    [],
  ]);
});

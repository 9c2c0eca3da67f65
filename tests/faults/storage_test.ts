import { deepEqual, equal, match, rejects } from "node:assert/strict";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { AdminClient } from "../support/admin_client.ts";
import { startService } from "../support/service.ts";
import { CANNOT_MOUNT, SmallDisk } from "../support/small_disk.ts";
import { setStage } from "../support/stage.ts";
import { pictureOf } from "./picture_of.ts";

/** Half a megabyte a file, in the blocks of `ulimit -f`; then writing fails. */
const SMALL_FILES = [
  "sh",
  "-c",
  'trap "" XFSZ; ulimit -f 1000; exec "$@"',
  "sh",
];
/** Root reads and writes everything, unless it cannot. */
const PLAIN_USER = Deno.uid() === 0
  ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
  : [];
const UPLOADS_MAX = 1_000;

/** The ways in which a disk gets full. */
const FULL_DISKS: {
  name: string;
  ignore: boolean;
  by?: string[];
  make?: (data: string) => Promise<SmallDisk>;
}[] = [
  {
    name: "files that may not grow",
    ignore: Deno.build.os !== "linux",
    by: SMALL_FILES,
  },
  {
    // Who may not mount tests the one above.
    name: "a file system without space (ENOSPC)",
    ignore: CANNOT_MOUNT,
    make: (data) => SmallDisk.mount(data),
  },
];

for (const { name, ignore, by = [], make } of FULL_DISKS) {
  Deno.test({
    name:
      `a full disk is reported, damages no stored data, and can recover: ${name}`,
    ignore,
    async fn() {
      await using stage = await setStage(1);
      await using disk = await make?.(stage.data);
      const kept: [string, number][] = [];
      const path = `/api/widgets/${stage.widget}`;
      {
        await using full = await startService({
          data: stage.data,
          by,
        });
        const client = new AdminClient(full.url, stage.admin);
        const before = await client.call<WidgetView>("GET", path);

        await rejects(async () => {
          for (let n = 0; n < UPLOADS_MAX; n++) {
            kept.push([await client.upload(pictureOf(n)), n]);
          }
        }, /cannot write/);
        await rejects(
          client.saveWidget(before, (content) => content.name = "New"),
          /: 503 .*cannot write/,
        );
        deepEqual(await client.call<WidgetView>("GET", path), before);
        match(full.output(), /Cannot answer POST \/api\/pictures: .*disk/);
      }
      await disk?.grow();
      await using service = await startService({ data: stage.data });
      const client = new AdminClient(service.url, stage.admin);

      for (const [id, n] of kept) {
        deepEqual(await client.download(`/api/pictures/${id}`), pictureOf(n));
      }
      const widget = await client.call<WidgetView>("GET", path);
      const saved = await client
        .saveWidget(widget, (content) => content.name = "New");
      equal(saved.content.name, "New");
    },
  });
}

Deno.test({
  name: "a read-only data folder is named at the start",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using stage = await setStage(1);
    await Deno.chmod(stage.data, 0o555);
    for await (const { name } of Deno.readDir(stage.data)) {
      await Deno.chmod(`${stage.data}/${name}`, 0o444);
    }

    const started = startService({ data: stage.data, by: PLAIN_USER });

    await rejects(
      started,
      /Cannot open the store ".*widgets\.kv": .*Permission denied/,
    );
    await Deno.chmod(stage.data, 0o755);
  },
});

import { deepEqual, equal } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import { PROGRAM } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { memoryStore, temporaryPath } from "@/tests/support/temporary_store.ts";
import { readConfig } from "./config.ts";
import { openPbx, storedAppPassword } from "./open_pbx.ts";

/** The settings of a command line. */
function settings(...args: string[]) {
  const config = readConfig(args, () => undefined);
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  return config.value;
}

Deno.test("with CW_SECRET_KEY the App password is encrypted by it, and no key file is created", async () => {
  await using folder = await temporaryPath();
  using store = await memoryStore();
  await Deno.mkdir(folder.path, { recursive: true });
  const data = `--data=${folder.path}`;
  const given = settings(data, "--secret-key=of the environment");
  const other = settings(data, "--secret-key=another of the environment");
  const without = settings(data);

  await storedAppPassword({ config: given, store }).set("s3cret");

  equal(await storedAppPassword({ config: given, store }).get(), "s3cret");
  equal(await storedAppPassword({ config: other, store }).get(), undefined);
  deepEqual(await Array.fromAsync(Deno.readDir(folder.path)), []);
  equal(await storedAppPassword({ config: without, store }).get(), undefined);
});

Deno.test("without CW_SECRET_KEY a key file readable only by its owner encrypts the App password", async () => {
  await using folder = await temporaryPath();
  using store = await memoryStore();
  const config = settings(`--data=${folder.path}`);

  using pbx = await openPbx({
    ...{ config, store },
    clock: new FakeClock(),
    hub: new Hub<Topics>(),
  });
  await pbx.savePassword("s3cret", PROGRAM);

  const modes = await Promise.all(
    [folder.path, `${folder.path}/secret.key`].map(async (path) =>
      ((await Deno.stat(path)).mode ?? 0) & 0o777
    ),
  );
  deepEqual(modes, [0o700, 0o600]);
  equal(await storedAppPassword({ config, store }).get(), "s3cret");
});

import { deepEqual, equal, notEqual, ok, rejects } from "node:assert/strict";
import { systemClock } from "@/lib/base/clock.ts";
import { PROGRAM } from "@/lib/model/audit.ts";
import { SettingsStore } from "@/lib/store/settings_store.ts";
import { CANNOT_MOUNT, SmallDisk } from "@/tests/support/small_disk.ts";
import { AppPassword } from "./app_password.ts";
import { SecretBox } from "./secret_box.ts";

Deno.test("[P37] a stored password is encrypted and can be read only with the key", async () => {
  using kv = await Deno.openKv(":memory:");
  const store = new SettingsStore(kv, systemClock);
  const box = await SecretBox.withText("key of the setup");
  const password = new AppPassword(box, store, "");
  equal(await password.get(), undefined);
  equal(await password.source(), "none");
  equal(await AppPassword.isStored(store), false);

  await password.set("Grüße & <s3cret>", PROGRAM);
  const other = new AppPassword(await SecretBox.withText("other"), store, "");

  equal(await password.get(), "Grüße & <s3cret>");
  equal(await password.source(), "stored");
  equal(await other.get(), undefined);
  equal(await other.source(), "unreadable");
  equal(await AppPassword.isStored(store), true);
  for await (const { value } of kv.list({ prefix: [] })) {
    ok(!JSON.stringify(value).includes("s3cret"));
  }
  await password.clear();
  equal(await password.source(), "none");
});

Deno.test("[P37] the password of the environment takes precedence", async () => {
  using kv = await Deno.openKv(":memory:");
  const box = await SecretBox.withText("key");
  const password = new AppPassword(
    box,
    new SettingsStore(kv, systemClock),
    "given",
  );
  await password.set("stored", PROGRAM);

  equal(await password.get(), "given");
  equal(await password.source(), "environment");
});

Deno.test("[P37] seal() never returns the same text twice, and open() rejects modified text", async () => {
  const box = await SecretBox.withText("key");
  const sealed = await box.seal("pwd");

  notEqual(await box.seal("pwd"), sealed);
  deepEqual(await box.open(sealed), { ok: true, value: "pwd" });
  for (
    const text of [
      "",
      "x",
      sealed.slice(0, -4) + "AAA=",
      (sealed.startsWith("A") ? "B" : "A") + sealed.slice(1),
    ]
  ) {
    deepEqual(await box.open(text), { ok: false, error: "unreadable" }, text);
  }
});

Deno.test("[P37] a key file is created once, readable for its owner only", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/secret.key`;
    const sealed = await (await SecretBox.withKeyFile(path)).seal("pwd");

    const again = await SecretBox.withKeyFile(path);

    deepEqual(await again.open(sealed), { ok: true, value: "pwd" });
    const { mode, size } = await Deno.stat(path);
    equal((mode ?? 0) & 0o777, 0o600);
    equal(size, 32);
    await Deno.chmod(path, 0o644);
    await SecretBox.withKeyFile(path);
    const restored = await Deno.stat(path);
    equal((restored.mode ?? 0) & 0o777, 0o600);
    await Deno.writeTextFile(path, "short");
    await rejects(SecretBox.withKeyFile(path), RangeError);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test({
  name: "[P37] a full disk leaves no partial key file",
  ignore: CANNOT_MOUNT,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "widgets-" });
    {
      await using disk = await SmallDisk.mount(folder, "64k");
      await disk.fill();
      const path = `${folder}/secret.key`;

      await rejects(SecretBox.withKeyFile(path), /No space left/);

      deepEqual(await disk.names(), []);
      await disk.grow();
      const sealed = await (await SecretBox.withKeyFile(path)).seal("s3cret");
      const again = await SecretBox.withKeyFile(path);
      deepEqual(await again.open(sealed), { ok: true, value: "s3cret" });
    }
    await Deno.remove(folder);
  },
});

import { deepEqual, equal, notDeepEqual, rejects } from "node:assert/strict";
import * as v from "valibot";
import { SecretBox } from "@/lib/pbx/password/secret_box.ts";
import { everythingIn, memoryStore } from "@/tests/support/temporary_store.ts";
import { VapidKeys } from "./vapid_keys.ts";

const boxOf = (text: string) => () => SecretBox.withText(text);

Deno.test("[PUSH10] the key is created once for all instances, and encrypted in the store", async () => {
  using kv = await Deno.openKv(":memory:");
  const { settings } = await memoryStore(undefined, kv);
  const instances = [1, 2, 3]
    .map(() => new VapidKeys(settings, boxOf("key of the setup")));

  const isStored = await VapidKeys.isStored(settings);
  const [first, ...others] = await Promise.all(
    instances.map((keys) => keys.get()),
  );
  const again = await new VapidKeys(settings, boxOf("key of the setup")).get();

  equal(isStored, false);
  deepEqual([...others, again], [first, first, first]);
  const stored = JSON.stringify(await everythingIn(kv));
  equal(stored.includes("push-vapid-key"), true);
  equal(stored.includes(first?.d ?? "d"), false);
});

Deno.test("[PUSH10] a key that can't be decrypted any more is replaced", async () => {
  using store = await memoryStore();
  const { settings } = store;
  const before = await new VapidKeys(settings, boxOf("old key")).get();

  const unreadable = await new VapidKeys(settings, boxOf("new key")).stored();
  const after = await new VapidKeys(settings, boxOf("new key")).get();
  const again = await new VapidKeys(settings, boxOf("new key")).get();

  equal(unreadable, undefined);
  notDeepEqual(after, before);
  deepEqual(again, after);
});

Deno.test("[PUSH10] an imported key replaces the one in use", async () => {
  using store = await memoryStore();
  const keys = new VapidKeys(store.settings, boxOf("key"));
  using other = await memoryStore();
  const imported = await new VapidKeys(other.settings, boxOf("key")).get();
  await keys.get();

  await keys.set(imported);

  deepEqual(await keys.get(), imported);
});

Deno.test("[PUSH10] a key that could not be read is read by the next call", async () => {
  using store = await memoryStore();
  let isAway = true;
  const keys = new VapidKeys(
    store.settings,
    () =>
      isAway
        ? Promise.reject(new Error("connection lost"))
        : SecretBox.withText("key"),
  );
  await rejects(keys.get(), /connection lost/);
  isAway = false;

  const [first, second] = [await keys.get(), await keys.get()];

  equal(first, second, "it is read once");
});

Deno.test("[PUSH10] a stored text that isn't a key is replaced", async () => {
  using store = await memoryStore();
  const box = await SecretBox.withText("key");
  const schema = v.string();
  for (const text of ["{}", "no JSON", '{"x":"","y":"","d":""}']) {
    const sealed = await box.seal(text);
    await store.settings.set({ name: "push-vapid-key", schema }, sealed);
    const keys = new VapidKeys(store.settings, boxOf("key"));

    deepEqual(await keys.stored(), undefined);
    deepEqual(await keys.get(), await keys.stored());
  }
});

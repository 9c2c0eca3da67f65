import { deepEqual, equal } from "node:assert/strict";
import { PUSH_DEVICES_MAX, type PushDevice } from "@/lib/model/push_device.ts";
import { eachEngine, storeOn } from "@/tests/support/store_engines.ts";

function device(id: string): PushDevice {
  return {
    ...{
      id,
      name: "Chrome",
      session: "hash",
      endpoint: `https://p.example/${id}`,
    },
    ...{
      key: "key",
      p256dh: "key",
      auth: "auth",
      lang: "en",
      host: "desk.example.com",
    },
    createdAt: 1,
  };
}

eachEngine(
  "devices are stored by account, at most 10, in their order",
  async (engine) => {
    await using store = await storeOn(engine);
    const { push } = store;
    const ids = Array.from({ length: PUSH_DEVICES_MAX }, (_, n) => `d${n}`);
    for (const id of ids) await push.add("ada", device(id));

    const more = await push.add("ada", device("more"));
    const again = await push.add("ada", { ...device("d0"), name: "Firefox" });

    deepEqual(more, { ok: false, error: { reason: "too-many" } });
    deepEqual(again, { ok: true, value: undefined });
    const stored = await push.devices("ada");
    deepEqual(stored.map(({ id }) => id), [...ids.slice(1), "d0"]);
    equal(stored.at(-1)?.name, "Firefox");
  },
);

eachEngine(
  "simultaneous additions lose no device and don't exceed the limit",
  async (engine) => {
    await using store = await storeOn(engine);
    const { push } = store;

    const added = await Promise.all(
      Array.from({ length: 12 }, (_, n) => push.add("ada", device(`d${n}`))),
    );

    equal(added.filter(({ ok }) => ok).length, PUSH_DEVICES_MAX);
    equal((await push.devices("ada")).length, PUSH_DEVICES_MAX);
  },
);

eachEngine(
  "a device that another account adds moves to it",
  async (engine) => {
    await using store = await storeOn(engine);
    const { push } = store;
    await push.add("ada", device("shared"));
    await push.add("ada", device("own"));
    await push.add("eve", device("other"));

    const moved = await push.add("ben", device("shared"));
    const last = await push.add("ben", device("other"));

    deepEqual([moved, last], [
      { ok: true, value: "ada" },
      { ok: true, value: "eve" },
    ]);
    const rows = (await push.all())
      .map(({ account, devices }) => [account, devices.map(({ id }) => id)]);
    deepEqual(rows, [["ada", ["own"]], ["ben", ["shared", "other"]]]);
  },
);

eachEngine(
  "a push to a device is noted until the device is deleted",
  async (engine) => {
    await using store = await storeOn(engine);
    const { push } = store;
    await push.add("ada", device("a"));
    await push.add("ada", device("b"));

    await push.pushed("ada", "a", 42);
    const noted = await push.devices("ada");
    const deleted = await push.delete("ada", ["a", "unknown"]);
    await push.pushed("ada", "a", 43);
    const none = await push.delete("ada", ["a"]);

    deepEqual(noted.map(({ pushedAt }) => pushedAt), [42, undefined]);
    deepEqual([deleted, none], [1, 0]);
    deepEqual((await push.devices("ada")).map(({ id }) => id), ["b"]);
    await push.delete("ada", ["b"]);
    deepEqual(await push.all(), []);
    deepEqual(await push.add("ben", device("a")), {
      ok: true,
      value: undefined,
    });
  },
);

eachEngine(
  "a device that its owner has removed can't be renewed, but added again",
  async (engine) => {
    await using store = await storeOn(engine);
    const { push } = store;
    await push.add("ada", device("ended"));
    await push.add("ada", device("removed"));

    await push.delete("ada", ["ended"]);
    await push.delete("ada", ["removed"], { byOwner: true });
    const renews = { renews: true };
    const ended = await push.add("ada", device("ended"), renews);
    const removed = await push.add("ada", device("removed"), renews);
    const added = await push.add("ada", device("removed"));
    const renewed = await push.add("ada", device("removed"), renews);

    deepEqual([ended.ok, removed.ok, added.ok, renewed.ok], [
      ...[true, false, true, true],
    ]);
    const ids = (await push.devices("ada")).map(({ id }) => id);
    deepEqual(ids, ["ended", "removed"]);
  },
);

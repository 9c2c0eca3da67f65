import { deepEqual, equal, rejects } from "node:assert/strict";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { eachEngine, kvOn, storeOn } from "@/tests/support/store_engines.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { PictureStore } from "./picture_store.ts";
import { WidgetStore } from "./widget_store.ts";

const bytes = (fill: number, length = 10) => new Uint8Array(length).fill(fill);

eachEngine(
  "PictureStore stores identical pictures once, by SHA-256",
  async (engine) => {
    await using store = await storeOn(engine);

    const first = await store.pictures.put("image/png", bytes(1));
    const again = await store.pictures.put("image/png", bytes(1));

    equal(again, first);
    deepEqual(await store.pictures.get(first), {
      id: first,
      type: "image/png",
      bytes: bytes(1),
    });
    equal(
      first,
      "ffadf8d89d37b3b55fe1847b513cf92e3be87e4c168708c7851845df96fb36be",
    );
  },
);

eachEngine(
  "PictureStore.list() returns all pictures with their bytes",
  async (engine) => {
    await using store = await storeOn(engine);
    const fills = Array.from({ length: 12 }, (_, fill) => fill);
    for (const fill of fills) {
      await store.pictures.put("image/png", bytes(fill));
    }

    const all = await Array.fromAsync(store.pictures.list());

    deepEqual(
      all.map((picture) => [picture.type, picture.bytes[0]])
        .sort(([, a], [, b]) => Number(a) - Number(b)),
      fills.map((fill) => ["image/png", fill]),
    );
    for (const { id, bytes } of all) {
      deepEqual((await store.pictures.get(id))?.bytes, bytes);
    }
  },
);

eachEngine(
  "PictureStore stores a picture of the maximum size",
  async (engine) => {
    await using store = await storeOn(engine);

    const id = await store.pictures.put(
      "image/webp",
      bytes(7, 60_000),
    );

    equal((await store.pictures.get(id))?.bytes.length, 60_000);
  },
);

eachEngine(
  "PictureStore.sweep() deletes pictures that no widget has used for a day",
  async (engine) => {
    await using store = await storeOn(engine);
    const shown = await store.pictures.put("image/png", bytes(1));
    const unused = await store.pictures.put("image/png", bytes(2));
    await store.widgets
      .create("cardset", contentWith([anAgent("a", { picture: shown })]));
    const used = () => store.widgets.pictures();

    const early = await store.pictures.sweep(used);
    store.clock.advance(24 * 3_600_000);
    const fresh = await store.pictures.put("image/png", bytes(3));
    const later = await store.pictures.sweep(used);

    deepEqual([early, later], [0, 1]);
    equal(await store.pictures.get(unused), undefined);
    equal((await store.pictures.get(shown))?.id, shown);
    equal((await store.pictures.get(fresh))?.id, fresh);
  },
);

eachEngine(
  "PictureStore.sweep() deletes up to 200 pictures",
  async (engine) => {
    await using store = await storeOn(engine);
    const pictures = Array.from(
      { length: 201 },
      (_, n) => new Uint8Array([n, 1]),
    );
    await Promise.all(
      pictures.map((each) => store.pictures.put("image/png", each)),
    );
    store.clock.advance(24 * 3_600_000);

    const swept: number[] = [];
    for (let n = 0; n < 3; n++) {
      swept.push(await store.pictures.sweep(() => Promise.resolve(new Set())));
    }

    deepEqual(swept, [200, 1, 0]);
  },
);

eachEngine(
  "only commits with pictures, and sweeps that delete some, can conflict",
  async (engine) => {
    await using store = await storeOn(engine);
    const { pictures, widgets, kv } = store;
    const picture = await pictures.put("image/png", bytes(1));
    const isGuarded = async () =>
      (await kv.get(["picture_guard"])).versionstamp !== null;

    await widgets.create("cardset", contentWith([]));
    await pictures.sweep(() => Promise.resolve(new Set()));
    const before = await isGuarded();
    await widgets
      .create("cardset", contentWith([anAgent("a", { picture })]));

    deepEqual([before, await isGuarded()], [false, true]);
  },
);

eachEngine("an unreadable picture is never swept", async (engine) => {
  await using store = await storeOn(engine);
  const { pictures, kv } = store;
  await kv.set(["picture", "0".repeat(64)], "broken");
  await pictures.put("image/png", bytes(1));
  store.clock.advance(24 * 3_600_000);

  const swept = await pictures.sweep(() => Promise.resolve(new Set()));

  equal(swept, 1);
  deepEqual(await Array.fromAsync(pictures.list()), []);
  equal((await kv.get(["picture", "0".repeat(64)])).value, "broken");
});

eachEngine(
  "a save between check and sweep keeps the picture it uses",
  async (engine) => {
    await using store = await storeOn(engine);
    const picture = await store.pictures.put("image/png", bytes(1));
    store.clock.advance(24 * 3_600_000);

    const swept = await store.pictures.sweep(async () => {
      const before = await store.widgets.pictures();
      await store.widgets.create(
        "cardset",
        contentWith([anAgent("a", { picture })]),
      );
      return before;
    });

    equal(swept, 0);
    equal((await store.pictures.get(picture))?.id, picture);
  },
);

eachEngine("nothing is swept while a widget can't be read", async (engine) => {
  await using kv = await kvOn(engine);
  const clock = new FakeClock();
  const pictures = new PictureStore(kv, clock);
  const widgets = new WidgetStore(kv, pictures, clock);
  const picture = await pictures.put("image/png", bytes(1));
  const made = await widgets
    .create("cardset", contentWith([anAgent("a", { picture })]));
  if (!made.ok) throw new Error(made.error.reason);
  await kv.set(["widget", made.value.value.uuid, 0], "broken");
  clock.advance(24 * 3_600_000);

  await rejects(pictures.sweep(() => widgets.pictures()), {
    name: "BrokenValueError",
  });

  equal((await pictures.get(picture))?.id, picture);
});

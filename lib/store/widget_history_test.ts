import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { eachEngine, kvOn, storeOn } from "@/tests/support/store_engines.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
import { PictureStore } from "./picture_store.ts";
import { WidgetStore } from "./widget_store.ts";

const ada = { id: "1", name: "ada" };
const ben = { id: "2", name: "ben" };
const uuid = "a".repeat(32);

eachEngine("each save adds a version with person and time", async (engine) => {
  await using store = await storeOn(engine);
  const start = store.clock.now();
  await store.widgets.create("sidebar", newContent("One", "en"), uuid, ada);
  store.clock.advance(1_000);
  await save(store.widgets, newContent("Two", "en"), ben);
  store.clock.advance(1_000);
  const third = await save(store.widgets, newContent("Three", "en"), ada);

  const before = await store.widgets.history.list(uuid, third.version);
  const first = await store.widgets.history.get(uuid, 1);

  deepEqual([third.version, third.by], [3, ada]);
  deepEqual(before, [
    { version: 2, at: start + 1_000, by: ben },
    { version: 1, at: start, by: ada },
  ]);
  deepEqual(first?.content, newContent("One", "en"));
});

eachEngine("a rejected save adds no version", async (engine) => {
  await using store = await storeOn(engine);
  await store.widgets.create("sidebar", newContent("One", "en"), uuid, ada);
  const picture = "0".repeat(64);
  const missing = contentWith([anAgent("a", { picture })]);
  const current = await store.widgets.get(uuid);

  await store.widgets.save(uuid, current?.revision ?? "", missing);
  await store.widgets.save(uuid, "0", newContent("Two", "en"));

  equal((await store.widgets.get(uuid))?.version, 1);
  deepEqual(await store.widgets.history.list(uuid, 1), []);
});

eachEngine(
  "the 50 newest versions are kept, whatever their size",
  async (engine) => {
    await using kv = await kvOn(engine);
    const clock = new FakeClock();
    const widgets = new WidgetStore(kv, new PictureStore(kv, clock), clock);
    const large = contentWith(
      Array.from(
        { length: 100 },
        (_, n) => anAgent(`${n}`, { email: `${"x".repeat(200)}@example.com` }),
      ),
      { consent: "漢".repeat(1_000) },
    );
    await widgets.create("cardset", large, uuid);

    for (let n = 0; n < 55; n++) await save(widgets, large, ada);

    const version = (await widgets.get(uuid))?.version ?? 0;
    const before = await widgets.history.list(uuid, version);
    const contents = new Set<unknown>();
    const range = { prefix: ["widget_version_content"] };
    for await (const { key } of kv.list(range)) contents.add(key[2]);
    equal(version, 56);
    equal(before.length, 50);
    equal(contents.size, 50);
  },
);

eachEngine("deleting a widget deletes its history", async (engine) => {
  await using kv = await kvOn(engine);
  const clock = new FakeClock();
  const widgets = new WidgetStore(kv, new PictureStore(kv, clock), clock);
  await widgets.create("cardset", newContent("Secret", "en"), uuid);
  await save(widgets, newContent("Other", "en"), ada);

  await widgets.delete(uuid);

  const left = await Array.fromAsync(
    kv.list({ prefix: [] }),
    ({ key }) => key[0],
  );
  // The marks of commits say nothing about a widget.
  deepEqual(new Set(left).difference(new Set(["commit"])), new Set(["audit"]));
});

eachEngine("a picture of an old version isn't swept", async (engine) => {
  await using store = await storeOn(engine);
  const picture = await store.pictures.put("image/png", new Uint8Array([1]));
  const content = contentWith([anAgent("a", { picture })]);
  await store.widgets.create("cardset", content, uuid);
  await save(store.widgets, contentWith([]), ada);
  store.clock.advance(DAY_MS);

  const swept = await store.pictures.sweep(() => store.widgets.pictures());

  equal(swept, 0);
  ok(await store.pictures.get(picture));
});

eachEngine(
  "a version is missing without its content, and a broken one is an error",
  async (engine) => {
    await using store = await storeOn(engine);
    const { widgets: { history }, kv } = store;
    await store.widgets.create("sidebar", newContent("1", "en"), uuid, ada);
    for (const name of ["2", "3", "4"]) {
      await save(store.widgets, newContent(name, "en"), ada);
    }
    await kv.delete(["widget_version_content", uuid, 1, 0]);
    await kv.delete(["widget_version", uuid, 2]);
    const bytes = new TextEncoder().encode('{"name":7}');
    await kv.set(["widget_version_content", uuid, 3, 0], { of: 1, bytes });

    equal(await history.get(uuid, 1), undefined);
    equal(await history.get(uuid, 2), undefined);
    await rejects(history.get(uuid, 3), { name: "BrokenValueError" });
    await kv.set(["widget_version", uuid, 3], "broken");
    await rejects(history.pictures(), { name: "BrokenValueError" });
  },
);

async function save(
  widgets: WidgetStore,
  content: WidgetContent,
  by: { id: string; name: string },
) {
  const current = await widgets.get(uuid);
  const saved = await widgets
    .save(uuid, current?.revision ?? "", content, { by });
  if (!saved.ok) throw new Error(saved.error.reason);
  return saved.value;
}

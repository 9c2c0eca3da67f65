import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { Hub } from "@/lib/base/hub.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { newContent, Widget } from "@/lib/model/widget.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { Pictures } from "../pictures.ts";
import { Examples } from "./examples.ts";

const you = { name: "ada", displayName: "Ada" };

Deno.test("the first start creates one valid sidebar and one valid card set", async () => {
  using house = await open();

  await house.examples.make();

  const widgets = (await house.store.widgets.list()).map(({ value }) => value);
  deepEqual(widgets.map(({ type }) => type).sort(), ["cardset", "sidebar"]);
  for (const widget of widgets) {
    deepEqual(v.parse(Widget, widget), widget);
    for (const { picture } of widget.content.agents) {
      ok(picture !== "" && await house.store.pictures.get(picture));
    }
  }
});

Deno.test("examples are created once, and never next to existing widgets", async () => {
  using house = await open();
  using used = await open();
  await used.store.widgets.create("sidebar", newContent("Own", "en"));

  await house.examples.make();
  const [first = ""] = await house.examples.list();
  await house.store.widgets.delete(first);
  await house.examples.make();
  await used.examples.make();

  equal((await house.examples.list()).length, 1);
  deepEqual(await used.examples.list(), []);
  equal((await used.store.widgets.list()).length, 1);
});

Deno.test("an interrupted first start continues with the same widgets", async () => {
  using house = await open();
  await house.examples.make();
  const before = await house.examples.list();
  const setting = { name: "examples", schema: v.any() };
  const stored = await house.store.settings.get(setting);
  await house.store.settings.set(setting, {
    ...stored?.value,
    stage: "planned",
  });
  await house.store.widgets.delete(before[0] ?? "");

  await house.examples.make();

  deepEqual(await house.examples.list(), before);
  equal((await house.store.widgets.list()).length, 2);
});

Deno.test("the first administrator becomes an agent of both examples, once", async () => {
  using house = await open();
  await house.examples.make();

  await house.examples.adopt(you);
  await house.examples.adopt({ name: "ben", displayName: "Ben" });

  const widgets = await house.store.widgets.list();
  const first = widgets.map(({ value }) => value.content.agents[0]?.address);
  deepEqual(first, ["ada", "ada"]);
  equal(house.saved.length, 2);
});

async function open() {
  const store = await memoryStore();
  const hub = new Hub<Topics>();
  const saved: string[] = [];
  hub.on("widget-saved", ({ uuid }) => saved.push(uuid));
  const pictures = new Pictures(store);
  const { settings, widgets } = store;
  const examples = new Examples({ settings, widgets, pictures, hub });
  const close = () => store[Symbol.dispose]();
  return { store, examples, saved, [Symbol.dispose]: close };
}

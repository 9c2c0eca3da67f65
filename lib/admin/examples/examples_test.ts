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
  using product = await open();

  await product.examples.make();

  const widgets = (await product.store.widgets.list()).map(({ value }) =>
    value
  );
  deepEqual(widgets.map(({ type }) => type).sort(), ["cardset", "sidebar"]);
  for (const widget of widgets) {
    deepEqual(v.parse(Widget, widget), widget);
    for (const { picture } of widget.content.agents) {
      ok(picture !== "" && await product.store.pictures.get(picture));
    }
  }
});

Deno.test("an example shows what opening hours of an agent look like", async () => {
  using product = await open();

  await product.examples.make();

  const widgets = await product.store.widgets.list();
  const agents = widgets.flatMap(({ value }) => value.content.agents);
  deepEqual(
    agents.filter(({ hours }) => hours).map(({ address }) => address),
    ["workshop"],
  );
});

Deno.test("examples are created once, and never next to existing widgets", async () => {
  using product = await open();
  using used = await open();
  await used.store.widgets.create("sidebar", newContent("Own", "en"));

  await product.examples.make();
  const [first = ""] = await product.examples.list();
  await product.store.widgets.delete(first);
  await product.examples.make();
  await used.examples.make();

  equal((await product.examples.list()).length, 1);
  deepEqual(await used.examples.list(), []);
  equal((await used.store.widgets.list()).length, 1);
});

Deno.test("an interrupted first start continues with the same widgets", async () => {
  using product = await open();
  await product.examples.make();
  const before = await product.examples.list();
  const setting = { name: "examples", schema: v.any() };
  const stored = await product.store.settings.get(setting);
  await product.store.settings.set(setting, {
    ...stored?.value,
    stage: "planned",
  });
  await product.store.widgets.delete(before[0] ?? "");

  await product.examples.make();

  deepEqual(await product.examples.list(), before);
  equal((await product.store.widgets.list()).length, 2);
});

Deno.test("the first administrator becomes an agent of both examples, once", async () => {
  using product = await open();
  await product.examples.make();

  await product.examples.adopt(you);
  await product.examples.adopt({ name: "ben", displayName: "Ben" });

  const widgets = await product.store.widgets.list();
  const first = widgets.map(({ value }) => value.content.agents[0]?.address);
  deepEqual(first, ["ada", "ada"]);
  equal(product.saved.length, 2);
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

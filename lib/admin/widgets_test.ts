import { deepEqual, equal, ok } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import { de } from "@/lib/i18n/admin/de.ts";
import { en } from "@/lib/i18n/admin/en.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { WidgetType } from "@/lib/model/widget.ts";
import { PICTURE_BYTES_MAX } from "@/lib/model/picture.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { UNUSED_PICTURE_MS } from "@/lib/store/picture_store.ts";
import { PORTRAITS } from "./examples/portraits.ts";
import { Pictures } from "./pictures.ts";
import { Widgets } from "./widgets.ts";

const english: { lang: string; texts: Pick<AdminTexts, "newWidget"> } = {
  lang: "en",
  texts: en,
};
const by = { id: "1", name: "ada" };

Deno.test("new widgets are named in the admin's language, each with the first free number", async () => {
  using desk = await open();

  const first = await desk.create("sidebar", english);
  await desk.create("sidebar", english);
  const german = await desk.create("cardset", { lang: "de", texts: de });
  await desk.widgets.delete(first.uuid, by);
  await desk.create("sidebar", english);

  const names = (await desk.widgets.list()).map(({ name }) => name);
  deepEqual(names.sort(), ["Sidebar 1", "Sidebar 2", "Visitenkarten 1"]);
  equal(german.content.lang, "de");
});

Deno.test("a save or a delete is announced to pages that show the widget", async () => {
  using desk = await open();
  const { uuid, revision } = await desk.create("sidebar", english);

  const saved = await desk.widgets
    .save(uuid, { revision, content: contentWith([]) }, by);
  await desk.widgets.save(uuid, { revision, content: contentWith([]) }, by);
  await desk.widgets.delete(uuid, by);
  await desk.widgets.delete(uuid, by);

  ok(saved.ok);
  deepEqual(desk.heard, [`saved ${uuid}`, `deleted ${uuid}`]);
});

Deno.test("a conflict returns what the other admin has saved", async () => {
  using desk = await open();
  const { uuid, revision } = await desk.create("sidebar", english);
  const other = await desk.widgets
    .save(uuid, { revision, content: contentWith([], { name: "Other" }) }, by);
  ok(other.ok);

  const own = await desk.widgets
    .save(uuid, { revision, content: contentWith([], { name: "Own" }) }, by);

  deepEqual(own, {
    ok: false,
    error: { reason: "conflict", current: other.value },
  });
});

Deno.test("a deleted picture is rejected, and the error names the agent", async () => {
  using desk = await open();
  const { uuid, revision } = await desk.create("cardset", english);
  const agents = [anAgent("a"), anAgent("b", { picture: "0".repeat(64) })];

  const saved = await desk.widgets
    .save(uuid, { revision, content: contentWith(agents) }, by);

  deepEqual(saved, { ok: false, error: { reason: "no-picture", agent: 1 } });
});

Deno.test("Pictures.accept() accepts images only", async () => {
  using desk = await open();
  const portrait = Uint8Array.from(
    atob(PORTRAITS.sales),
    (char) => char.charCodeAt(0),
  );

  const taken = await desk.pictures.accept(portrait);
  const text = await desk.pictures.accept(new TextEncoder().encode("<svg/>"));
  const big = await desk.pictures
    .accept(new Uint8Array(PICTURE_BYTES_MAX + 1));

  ok(taken.ok);
  equal((await desk.pictures.get(taken.value))?.type, "image/webp");
  deepEqual(text, {
    ok: false,
    error: {
      reason: "not-a-picture",
      why: "is neither JPEG nor PNG nor WebP",
    },
  });
  deepEqual(big, { ok: false, error: { reason: "too-big" } });
});

Deno.test("Pictures.sweep() deletes all unused pictures, however many", async () => {
  using desk = await open();
  for (let n = 0; n < 450; n++) {
    await desk.store.pictures.put("image/png", Uint8Array.of(n >> 8, n & 255));
  }
  desk.store.clock.advance(UNUSED_PICTURE_MS);

  const swept = await desk.pictures.sweep();

  equal(swept, 450);
  deepEqual(await Array.fromAsync(desk.store.pictures.list()), []);
});

async function open() {
  const store = await memoryStore();
  const hub = new Hub<Topics>();
  const heard: string[] = [];
  hub.on("widget-saved", ({ uuid }) => heard.push(`saved ${uuid}`));
  hub.on("widget-deleted", ({ uuid }) => heard.push(`deleted ${uuid}`));
  const widgets = new Widgets({
    widgets: store.widgets,
    hub,
    clock: store.clock,
  });
  return {
    store,
    heard,
    widgets,
    pictures: new Pictures(store),
    create: async (type: WidgetType, admin: typeof english) => {
      const made = await widgets.create(type, admin, by);
      if (!made.ok) throw new Error(made.error.reason);
      return made.value;
    },
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

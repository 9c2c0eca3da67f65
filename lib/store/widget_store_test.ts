import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import * as v from "valibot";
import { newUuid } from "@/lib/base/ids.ts";
import type { Agent } from "@/lib/model/agent.ts";
import { newContent, WidgetContent } from "@/lib/model/widget.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { chance } from "@/tests/support/chance.ts";
import { eachEngine, kvOn, storeOn } from "@/tests/support/store_engines.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { PictureStore } from "./picture_store.ts";
import { WidgetStore } from "./widget_store.ts";
import type { StoreEngine } from "./store_engine.ts";

eachEngine(
  "WidgetStore.save() rejects the second of two edits of one state",
  async (engine) => {
    await using store = await storeOn(engine);
    const made = await create(store.widgets);
    const first = contentWith([], { name: "First" });
    const second = contentWith([], { name: "Second" });

    const saves = await Promise.all([
      store.widgets.save(made.value.uuid, made.revision, first),
      store.widgets.save(made.value.uuid, made.revision, second),
    ]);

    const refused = saves.find((save) => !save.ok);
    const current = await store.widgets.get(made.value.uuid);
    equal(saves.filter((save) => save.ok).length, 1);
    deepEqual(refused, { ok: false, error: { reason: "conflict", current } });
  },
);

eachEngine(
  "WidgetStore.save() doesn't restore a deleted widget",
  async (engine) => {
    await using store = await storeOn(engine);
    const { value, revision } = await create(store.widgets);
    await store.widgets.delete(value.uuid);

    const saved = await store.widgets.save(value.uuid, revision, value.content);

    deepEqual(saved, { ok: false, error: { reason: "not-found" } });
    equal(await store.widgets.get(value.uuid), undefined);
  },
);

eachEngine(
  "WidgetStore.delete() reports whether the widget existed",
  async (engine) => {
    await using store = await storeOn(engine);
    const { value } = await create(store.widgets);

    equal(await store.widgets.delete(value.uuid), true);
    equal(await store.widgets.delete(value.uuid), false);
  },
);

eachEngine(
  "WidgetStore.create() rejects a UUID that is taken",
  async (engine) => {
    await using store = await storeOn(engine);
    const { value } = await create(store.widgets);

    const again = await store.widgets
      .create("sidebar", newContent("B", "en"), value.uuid);

    deepEqual(again, { ok: false, error: { reason: "exists" } });
  },
);

eachEngine(
  "a widget at its limits is stored and read back unchanged",
  async (engine) => {
    await using store = await storeOn(engine);
    const { seed, next } = chance();
    for (let round = 0; round < 3; round++) {
      const made = await create(store.widgets);
      // The first one is the largest of all: only letters of 6 bytes.
      const content = largestContent(round === 0 ? () => 0.999 : next);

      const saved = await store.widgets
        .save(made.value.uuid, made.revision, content);

      ok(saved.ok, `CW_SEED=${seed}`);
      deepEqual(
        (await store.widgets.get(made.value.uuid))?.value.content,
        content,
        `CW_SEED=${seed}`,
      );
    }
  },
);

eachEngine("a widget that shrinks leaves no parts behind", async (engine) => {
  await using kv = await kvOn(engine);
  const widgets = widgetsOn(kv);
  const made = await create(widgets);
  const { uuid } = made.value;
  const large = await widgets
    .save(uuid, made.revision, largestContent(chance(1).next));
  ok(large.ok);

  await widgets.save(uuid, large.value.revision, newContent("Small", "en"));

  const entries = await Array.fromAsync(kv.list({ prefix: ["widget"] }));
  equal(entries.length, 1);
  equal((await widgets.get(uuid))?.value.content.name, "Small");
});

eachEngine(
  "WidgetStore.list() returns the rest if one widget can't be read",
  async (engine) => {
    await using kv = await kvOn(engine);
    const widgets = widgetsOn(kv);
    const good = await create(widgets);
    const bad = await create(widgets);
    await kv.set(["widget", bad.value.uuid, 0], {
      of: 1,
      bytes: new Uint8Array(),
    });

    const listed = await widgets.list();

    deepEqual(listed, [good]);
    await rejects(widgets.get(bad.value.uuid), {
      name: "BrokenValueError",
      message: `Cannot read widget/${bad.value.uuid}: it is not JSON`,
    });
  },
);

eachEngine("WidgetStore detects a missing part", async (engine) => {
  await using kv = await kvOn(engine);
  const widgets = widgetsOn(kv);
  const { value, revision } = await create(widgets);
  await widgets.save(value.uuid, revision, largestContent(chance(2).next));
  await kv.delete(["widget", value.uuid, 1]);

  const listed = await widgets.list();

  deepEqual(listed, []);
  await rejects(widgets.get(value.uuid), {
    name: "BrokenValueError",
    message: `Cannot read widget/${value.uuid}: its parts do not fit`,
  });
});

eachEngine("WidgetStore detects a part of another save", async (engine) => {
  await using kv = await kvOn(engine);
  const widgets = widgetsOn(kv);
  const { value, revision } = await create(widgets);
  await widgets.save(value.uuid, revision, largestContent(chance(2).next));
  const part = ["widget", value.uuid, 1];
  await kv.set(part, (await kv.get(part)).value);

  await rejects(widgets.get(value.uuid), {
    name: "BrokenValueError",
    message: `Cannot read widget/${value.uuid}: its parts do not fit`,
  });
});

eachEngine(
  "a reader during a write sees the old or the new state, never a mix",
  async (engine) => {
    await using store = await storeOn(engine);
    const made = await create(store.widgets);
    const { uuid } = made.value;
    const [large, small] = [largestContent(chance(3).next), contentWith([])];
    let revision = made.revision;
    let writing = true;
    const writer = (async () => {
      for (let n = 0; n < 20; n++) {
        const saved = await store.widgets
          .save(uuid, revision, n % 2 === 0 ? large : small);
        if (saved.ok) revision = saved.value.revision;
      }
      writing = false;
    })();

    const seen = new Set<number>();
    while (writing) {
      seen.add(
        (await store.widgets.get(uuid))?.value.content.agents.length ?? -1,
      );
      equal((await store.widgets.list()).length, 1);
    }

    await writer;
    deepEqual([...seen].filter((agents) => agents !== 0 && agents !== 100), []);
  },
);

eachEngine(
  "WidgetStore.save() rejects a picture that doesn't exist",
  async (engine) => {
    await using store = await storeOn(engine);
    const { value, revision } = await create(store.widgets);
    const picture = "0".repeat(64);

    const saved = await store.widgets
      .save(value.uuid, revision, contentWith([anAgent("a", { picture })]));

    deepEqual(saved, {
      ok: false,
      error: { reason: "no-picture", id: picture },
    });
  },
);

function widgetsOn(kv: StoreEngine): WidgetStore {
  const clock = new FakeClock();
  return new WidgetStore(kv, new PictureStore(kv, clock), clock);
}

async function create(widgets: WidgetStore) {
  const made = await widgets
    .create("cardset", newContent("Cards", "en"), newUuid());
  if (!made.ok) throw new Error(made.error.reason);
  return made.value;
}

/** As many of everything as the model allows, in letters of 4 bytes and more. */
function largestContent(next: () => number): WidgetContent {
  // A half of a surrogate pair is the longest in JSON: 6 bytes for one unit.
  const letters = ["😀", "𝒳", '"', "\\", "漢", "\ud800"];
  const text = (length: number) => {
    let all = "";
    while (all.length < length - 1) {
      all += letters[Math.floor(next() * letters.length)];
    }
    return all.padEnd(length, "x");
  };
  const agents = Array.from(
    { length: 100 },
    (_, n): Agent =>
      anAgent(`${n}`.padEnd(64, "ä"), {
        name: text(64),
        department: text(64),
        phone: "+".padEnd(40, "9"),
        email: `${text(252)}@x`,
        boolean: "漢".repeat(64),
        link: { label: text(40), url: `https://x${text(491)}` },
      }),
  );
  const content = contentWith(agents, {
    name: text(80),
    consent: text(1_000),
    visitorName: text(64),
    sites: Array.from(
      { length: 50 },
      (_, n) => `https://${n}${"a".repeat(180)}`,
    ),
  });
  content.appearance = {
    ...content.appearance,
    helpTexts: Array.from({ length: 10 }, () => text(120)),
  };
  return v.parse(WidgetContent, content);
}

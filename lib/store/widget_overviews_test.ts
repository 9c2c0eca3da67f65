import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { newContent } from "@/lib/model/widget.ts";
import {
  eachEngine,
  storeOn,
  type TestEngine,
} from "@/tests/support/store_engines.ts";
import { WidgetOverviews } from "./widget_overviews.ts";

const uuidOf = (letter: string) => letter.repeat(32);

async function open(engine: TestEngine) {
  const store = await storeOn(engine);
  const { widgets, clock } = store;
  let asked: string[] = [];
  const fault: { error?: Error; until?: Promise<void> } = {};
  const overviews = new WidgetOverviews({
    list: () => {
      asked.push("all");
      return widgets.list();
    },
    get: async (uuid) => {
      asked.push(uuid.slice(0, 1));
      await fault.until;
      if (fault.error) throw fault.error;
      return await widgets.get(uuid);
    },
  });
  const create = async (letter: string) => {
    clock.advance(1);
    const content = newContent(letter, "en");
    ok((await widgets.create("sidebar", content, uuidOf(letter))).ok);
  };
  const names = async () => (await overviews.list()).map(({ name }) => name);
  const reads = () => {
    const all = asked;
    asked = [];
    return all;
  };
  return {
    ...{ widgets, overviews, create, names, reads, fault },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

eachEngine(
  "overviews are read once, and then only after changes",
  async (engine) => {
    await using room = await open(engine);
    for (const letter of ["b", "a"]) await room.create(letter);

    const first = await room.names();
    await room.names();
    const once = room.reads();
    await room.create("c");
    await room.widgets.delete(uuidOf("b"), { id: "1", name: "ada" });
    for (const letter of ["b", "c"]) room.overviews.changed(uuidOf(letter));
    const then = [await room.names(), await room.names()];

    deepEqual([first, once], [["b", "a"], ["all"]]); // The oldest first.
    deepEqual(then, [["a", "c"], ["a", "c"]]);
    deepEqual(room.reads(), ["b", "c"]);
  },
);

eachEngine(
  "a list waits for a widget that another list is already reading again",
  async (engine) => {
    await using room = await open(engine);
    await room.create("a");
    await room.names();
    await room.create("b");
    room.overviews.changed(uuidOf("b"));
    const { promise, resolve } = Promise.withResolvers<void>();
    room.fault.until = promise;

    const both = [room.names(), room.names()];
    resolve();

    deepEqual(await Promise.all(both), [["a", "b"], ["a", "b"]]);
    deepEqual(room.reads(), ["all", "b"]);
  },
);

eachEngine("an overview has only what lists show", async (engine) => {
  await using room = await open(engine);
  await room.create("a");

  const [overview] = await room.overviews.list();

  const stored = await room.widgets.get(uuidOf("a"));
  const { type, createdAt, updatedAt } = stored?.value ?? {};
  deepEqual(overview, {
    uuid: uuidOf("a"),
    revision: stored?.revision,
    ...{ type, createdAt, updatedAt },
    version: 1,
    by: stored?.by,
    name: "a",
    agents: [],
  });
});

eachEngine(
  "a change that couldn't be read is read the next time",
  async (engine) => {
    await using room = await open(engine);
    await room.create("a");
    await room.names();
    await room.create("b");
    room.overviews.changed(uuidOf("b"));

    room.fault.error = new Error("disk I/O error");
    await rejects(room.names(), /disk I\/O error/);
    delete room.fault.error;

    deepEqual(await room.names(), ["a", "b"]);
    equal(room.reads().length, 3);
  },
);

import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import { chatOf } from "@/tests/support/any_chat.ts";
import {
  eachEngine,
  kvOn,
  SHARED_ENGINES,
} from "@/tests/support/store_engines.ts";
import { kvAt, temporaryPath } from "@/tests/support/temporary_store.ts";
import {
  checkSameSchema,
  checkSchema,
  migrate,
  type Migration,
  MIGRATIONS,
} from "./migrations.ts";
import { notOpenedText, openStore } from "./open.ts";
import { RunningChatStore } from "./running_chat_store.ts";

eachEngine(
  "migrate() runs the missing steps once, in order",
  async (engine) => {
    await using kv = await kvOn(engine);
    const ran: number[] = [];
    const steps: Migration[] = [1, 2, 3].map((to) => ({
      to,
      run: () => Promise.resolve(void ran.push(to)),
    }));

    await migrate(kv, steps.slice(0, 1));
    await migrate(kv, steps);
    await migrate(kv, steps);

    deepEqual(ran, [1, 2, 3]);
  },
);

Deno.test("each step leads to the next schema", () => {
  deepEqual(MIGRATIONS.map(({ to }) => to), [1, 2, 3, 4]);
});

eachEngine("migrate() continues with the step that failed", async (engine) => {
  await using kv = await kvOn(engine);
  const ran: number[] = [];
  let broken = true;
  const steps: Migration[] = [1, 2].map((to) => ({
    to,
    run: () => {
      if (to === 2 && broken) throw new Error("disk full");
      ran.push(to);
      return Promise.resolve();
    },
  }));

  await migrate(kv, steps).catch(() => {});
  broken = false;
  await migrate(kv, steps);

  deepEqual(ran, [1, 2]);
});

eachEngine(
  "a store that is one schema ahead is opened unchanged, and two ahead is rejected",
  async (engine) => {
    await using kv = await kvOn(engine);
    const known = MIGRATIONS.length;
    await kv.set(["schema"], known + 1);

    const one = await migrate(kv);
    const same = await checkSchema(kv);
    const schema = await kv.get(["schema"]);
    await kv.set(["schema"], known + 2);
    const two = await migrate(kv);

    deepEqual([one.ok, same.ok, schema.value], [true, true, known + 1]);
    const error = { reason: "newer", found: known + 2, known };
    deepEqual(two, { ok: false, error });
    deepEqual(await checkSchema(kv), two);
  },
);

eachEngine(
  "a store written by a newer version is rejected with an explanation",
  async (engine) => {
    await using at = await engine.open();
    await (await opened(at.url))[Symbol.asyncDispose]();
    await using kv = await kvAt(at.url);
    await kv.set(["schema"], 999);

    const again = await openStore(at.url);

    equal(again.ok, false);
    if (again.ok) return;
    const known = MIGRATIONS.length;
    equal(
      notOpenedText("x.sqlite3", again.error),
      'Cannot open the store "x.sqlite3": it has schema 999, and this program ' +
        `knows up to ${known}. Start the newer version that has written it`,
    );
  },
  SHARED_ENGINES,
);

eachEngine("openStore() finds stored data again", async (engine) => {
  await using at = await engine.open();
  const first = await opened(at.url);
  const id = await first.pictures.put("image/png", new Uint8Array([1]));
  await first[Symbol.asyncDispose]();

  await using second = await opened(at.url);

  deepEqual((await second.pictures.get(id))?.bytes, new Uint8Array([1]));
}, SHARED_ENGINES);

eachEngine(
  "migration 2 numbers a widget once, and leaves an unreadable one unchanged",
  async (engine) => {
    await using kv = await kvOn(engine);
    const encoder = new TextEncoder();
    const put = (uuid: string, text: string) => {
      const part = { of: 1, bytes: encoder.encode(text) };
      return kv.set(["widget", uuid, 0], part);
    };
    await put("a", '{"uuid":"a","more":1}');
    await put("b", '{"uuid":"b","version":7}');
    await put("c", "not JSON");
    await put("d", '["not a widget"]');
    await put("e", '{"uuid":"e"}');

    await migrate(kv, MIGRATIONS.slice(0, 2));

    const all = kv.list({ prefix: ["widget"] });
    const texts = await Array.fromAsync(all, ({ value }) => {
      const { bytes } = v.parse(
        v.object({ bytes: v.instance(Uint8Array) }),
        value,
      );
      return new TextDecoder().decode(bytes);
    });
    const first = '"version":1,"by":{"id":"","name":""}}';
    deepEqual(texts, [
      `{"uuid":"a","more":1,${first}`,
      '{"uuid":"b","version":7}',
      "not JSON",
      '["not a widget"]',
      `{"uuid":"e",${first}`,
    ]);
  },
);

eachEngine(
  "migration 4 continues after a chat that can't be read",
  async (engine) => {
    await using kv = await kvOn(engine);
    await migrate(kv, MIGRATIONS.slice(0, 3));
    await kv.set(["running_chat", "a", 0], "broken");
    await kv.set(["running_chat", "b", 0], chatOf("b"));

    await migrate(kv);

    const store = new RunningChatStore(kv, "own");
    deepEqual(await store.ofAgent("otto"), [{ id: "b" }]);
  },
);

eachEngine(
  "a step that two programs make at the same time is made once",
  async (engine) => {
    await using kv = await kvOn(engine);
    const steps = (run: () => Promise<void>): Migration[] => [{ to: 1, run }];
    const none = () => Promise.resolve();
    const other: Migration[] = [...steps(none), { to: 2, run: none }];

    // While the first one runs, the other program migrates further.
    const done = await migrate(
      kv,
      steps(async () => void await migrate(kv, other)),
    );

    equal(done.ok, true);
    equal((await kv.get(["schema"])).value, 2);
  },
);

eachEngine(
  "checkSameSchema() accepts an unused store and one of this version or a later one",
  async (engine) => {
    await using kv = await kvOn(engine);
    const known = MIGRATIONS.length;
    const accepted: boolean[] = [];
    const check = async () => accepted.push((await checkSameSchema(kv)).ok);

    await check();
    for (const schema of [known - 1, known, known + 1]) {
      await kv.set(["schema"], schema);
      await check();
    }

    deepEqual(accepted, [true, false, true, true]);
  },
);

Deno.test("openStore() reports why a path can't be used", async () => {
  await using folder = await temporaryPath();
  await Deno.mkdir(folder.path, { recursive: true });

  const result = await openStore(folder.path);

  equal(result.ok, false);
  equal(!result.ok && result.error.reason, "unusable");
});

async function opened(path: string) {
  const result = await openStore(path);
  if (!result.ok) throw new Error(notOpenedText(path, result.error));
  return result.value;
}

import { deepEqual, equal } from "node:assert/strict";
import { eachEngine, kvOn } from "@/tests/support/store_engines.ts";
import { WidgetFileStore } from "./widget_file_store.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

eachEngine("a script of the widget is stored for 90 days", async (engine) => {
  await using kv = await kvOn(engine);
  const { set } = kv;
  const expiries: (number | undefined)[] = [];
  kv.set = (key, value, options) => {
    expiries.push(options?.expireIn);
    return set.call(kv, key, value, options);
  };
  const files = new WidgetFileStore(kv);

  await files.keep("chat-1.js", new Uint8Array([31, 139]));

  deepEqual(await files.get("chat-1.js"), new Uint8Array([31, 139]));
  equal(await files.get("chat-2.js"), undefined);
  deepEqual(expiries, [90 * DAY_MS]);
});

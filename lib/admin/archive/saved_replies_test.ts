import { deepEqual, ok } from "node:assert/strict";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { exportLines } from "./export.ts";
import { Import } from "./import.ts";

Deno.test("[REPLY3] an import adds the replies that are missing, and keeps the others", async () => {
  using from = await memoryStore();
  using to = await memoryStore();
  const shared = { id: "s", name: "Hello", lang: "", text: "Good day" };
  const own = { ...shared, id: "o", owner: "ada" };
  for (const one of [shared, own]) await from.savedReplies.addAs(one);
  await to.savedReplies.addAs({ ...shared, text: "Changed here" });
  const lines = exportLines(from, { clock: from.clock });
  const text = (await Array.fromAsync(lines)).join("");

  const source = () => ReadableStream.from([text]);
  const done = await new Import(to, { source }).run();

  ok(done.ok);
  const { "saved reply": counts } = done.value.counts;
  deepEqual(counts, { added: 1, changed: 0, kept: 1 });
  deepEqual(await Array.fromAsync(to.savedReplies.all()), [
    own,
    { ...shared, text: "Changed here" },
  ]);
});

import { deepEqual } from "node:assert/strict";
import { storeBytes } from "./store_size.ts";

Deno.test("storeBytes() counts the file and its log of writes, and no server", async () => {
  const data = await Deno.makeTempDir();
  const size = (config: Partial<{ kv: string; data: string }> = {}) =>
    storeBytes({ kv: "", data, ...config });

  const sizes = [size()];
  await Deno.writeFile(`${data}/widgets.kv`, new Uint8Array(1_000));
  sizes.push(size());
  await Deno.writeFile(`${data}/widgets.kv-wal`, new Uint8Array(234));
  sizes.push(
    size(),
    size({ kv: `${data}/widgets.kv/none` }),
    size({ kv: "https://kv.example.com" }),
  );

  await Deno.remove(data, { recursive: true });
  deepEqual(sizes, [0, 1_000, 1_234, undefined, undefined]);
});

import { isStorePath } from "@/lib/store/open_engine.ts";
import { storePath } from "./store_path.ts";
import type { Config } from "./settings.ts";

/** Returns the bytes of the store's files; undefined for a KV Connect server. */
export function storeBytes(
  config: Pick<Config, "kv" | "data">,
): number | undefined {
  const path = storePath(config);
  if (!isStorePath(path)) return undefined;
  let bytes = 0;
  for (const suffix of ["", "-wal"]) {
    try {
      bytes += Deno.statSync(path + suffix).size;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) return undefined;
    }
  }
  return bytes;
}

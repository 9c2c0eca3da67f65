import { join } from "node:path";
import type { Config } from "./settings.ts";

/** Returns the path of the store: `CW_KV`, or a file in the data folder. */
export function storePath({ kv, data }: Pick<Config, "kv" | "data">): string {
  return kv === "" ? join(data, "widgets.kv") : kv;
}

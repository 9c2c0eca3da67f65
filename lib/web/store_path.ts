import { join } from "node:path";
import type { Config } from "./settings.ts";

/** Where everything is stored: `CW_KV`, or a file in the data folder. */
export function storePath({ kv, data }: Pick<Config, "kv" | "data">): string {
  return kv === "" ? join(data, "widgets.kv") : kv;
}

import { dirname, resolve } from "node:path";
import { isStorePath } from "@/lib/store/open_engine.ts";
import type { Config } from "./settings.ts";
import { storePath } from "./store_path.ts";

/** Write permission for the group and for all others. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Returns a warning for each folder of the data that other users can write to. The
 * program makes folders with mode 0700, but does not change one that it finds,
 * because that may be a folder such as /srv, which others need.
 */
export async function folderWarnings(
  config: Pick<Config, "data" | "kv">,
): Promise<string[]> {
  if (Deno.build.os === "windows") return [];
  const path = storePath(config);
  const folders = new Set([
    resolve(config.data),
    ...isStorePath(path) ? [resolve(dirname(path))] : [],
  ]);
  const found = await Promise.all([...folders].map(warningOf));
  return found.filter((warning) => warning !== undefined);
}

async function warningOf(folder: string): Promise<string | undefined> {
  const found = await Deno.stat(folder).catch(() => undefined);
  const mode = found?.mode ?? 0;
  if ((mode & WRITABLE_BY_OTHERS) === 0) return undefined;
  const shown = (mode & 0o7777).toString(8).padStart(4, "0");
  return `Other users of this host can write to ${folder} (mode ${shown}), so` +
    ` they can delete or replace what is stored: run chmod 700 ${folder}`;
}

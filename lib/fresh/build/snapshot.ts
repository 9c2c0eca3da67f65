import { posix } from "node:path";
import type { StaticFile } from "../prod_build_cache.ts";
import type { BundledIsland } from "./islands.ts";

export interface SnapshotParts {
  routes: { path: string; url: URL }[];
  islands: BundledIsland[];
  boot: string;
  files: StaticFile[];
}

/**
 * Writes `snapshot.js`, a module that imports every route and island, so that
 * tools that follow imports (`deno compile --include`) find them.
 */
export async function writeSnapshot(
  { routes, islands, boot, files }: SnapshotParts,
  out: URL,
): Promise<void> {
  const imports: string[] = [];
  const imported = (url: URL): string => {
    const name = `m${imports.length}`;
    const from = JSON.stringify(specifier(url, out));
    imports.push(`import * as ${name} from ${from};\n`);
    return name;
  };
  const routeList = routes.map(({ path, url }) =>
    `{ path: ${JSON.stringify(path)}, module: ${imported(url)} },\n`
  );
  const islandList = islands.map(({ name, url, scripts }) =>
    `{ name: ${JSON.stringify(name)}, scripts: ${JSON.stringify(scripts)}, ` +
    `module: ${imported(url)} },\n`
  );
  const next = new URL("snapshot.next.js", out);
  await Deno.writeTextFile(
    next,
    `${imports.join("")}export const id = "${crypto.randomUUID()}";\n` +
      `export const routes = [\n${routeList.join("")}];\n` +
      `export const islands = [\n${islandList.join("")}];\n` +
      `export const boot = ${JSON.stringify(boot)};\n` +
      `export const files = ${JSON.stringify(files)};\n`,
  );
  await Deno.rename(next, new URL("snapshot.js", out)); // All or nothing.
}

/** Relative, so that project and build can be moved together. */
function specifier(url: URL, out: URL): string {
  const path = posix.relative(out.pathname, url.pathname);
  return path.startsWith(".") ? path : `./${path}`;
}

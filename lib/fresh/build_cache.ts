import { setAssets } from "./assets.ts";
import { registerIsland } from "./server_vnodes.ts";

/** The result of a build: the content of `_fresh/snapshot.js`. */
export interface Snapshot {
  /** Changes with all relevant content. */
  id: string;
  routes: RouteFile[];
  islands: IslandFile[];
  /** URL of the script that hydrates; it runs after all scripts of islands. */
  boot: string;
  files: StaticFile[];
}

/** A file under `routes/`, with its relative path: `admin/[id].tsx`. */
export interface RouteFile {
  path: string;
  module: Readonly<Record<string, unknown>>;
}

export interface IslandFile {
  name: string;
  /** URLs of the island's script and of the chunks that it needs. */
  scripts: string[];
  module: Readonly<Record<string, unknown>>;
}

export interface StaticFile {
  /** URL path, decoded. */
  path: string;
  /** Path in the folder of the build. */
  file: string;
  type: string;
  /** Hash of its content. */
  hash: string;
  /** True if its name changes with its content, so browsers can cache it
   * forever. */
  immutable: boolean;
  /** Compressed copies next to it: `file.br`, `file.gz`. */
  encodings: Encoding[];
}

export type Encoding = "br" | "gzip";

/** A build as an app uses it. */
export interface BuildCache {
  id: string;
  folder: URL;
  routes: RouteFile[];
  files: ReadonlyMap<string, StaticFile>;
  /** URLs of each island's script and of the chunks that it needs. */
  scripts: ReadonlyMap<string, string[]>;
  boot: string;
}

/** Loads the build that `Builder.build()` wrote to the folder; its URL ends in
 * a slash. */
export async function loadBuild(folder: URL): Promise<BuildCache> {
  const url = new URL("snapshot.js", folder).href;
  const { snapshot }: { snapshot: Snapshot } = await import(url)
    .catch((error: unknown) => {
      throw new Error(`Cannot load the build ${url}`, { cause: error });
    });
  return buildOf(snapshot, folder);
}

/** Registers the islands and hashes of the build. */
function buildOf(snapshot: Snapshot, folder: URL): BuildCache {
  const { id, routes, boot } = snapshot;
  const scripts = new Map<string, string[]>();
  for (const { name, module, scripts: urls } of snapshot.islands) {
    for (const [exported, value] of Object.entries(module)) {
      if (!isComponent(exported, value)) continue;
      registerIsland(value, `${name}:${exported}`);
      scripts.set(`${name}:${exported}`, urls);
    }
  }
  setAssets(assetsOf(snapshot.files));
  const files = new Map(snapshot.files.map((file) => [file.path, file]));
  return { id, folder, routes, files, scripts, boot };
}

/** Helpers next to components are not islands. */
function isComponent(name: string, value: unknown): value is object {
  return typeof value === "function" && /^([A-Z]|default$)/.test(name);
}

/** Returns the hashes for `asset()`; a name with its own hash needs none. */
export function assetsOf(files: StaticFile[]): Record<string, string> {
  return Object.fromEntries(
    files.filter((file) => !file.immutable).map((f) => [f.path, f.hash]),
  );
}

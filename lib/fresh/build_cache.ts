import { setAssets } from "./assets.ts";
import { registerIsland } from "./server_vnodes.ts";

/** What a build found and made: the content of `_fresh/snapshot.js`. */
export interface Snapshot {
  /** Changes with everything that counts. */
  id: string;
  routes: RouteFile[];
  islands: IslandFile[];
  /** URL of the script that hydrates; after all scripts of islands. */
  boot: string;
  files: StaticFile[];
}

/** A file under `routes/`, its path from there: `admin/[id].tsx`. */
export interface RouteFile {
  path: string;
  module: Readonly<Record<string, unknown>>;
}

export interface IslandFile {
  name: string;
  /** URLs of the script that brings it to browsers, and of what that needs. */
  scripts: string[];
  module: Readonly<Record<string, unknown>>;
}

export interface StaticFile {
  /** Path that browsers ask for, decoded. */
  path: string;
  /** Where it lies in the folder of the build. */
  file: string;
  type: string;
  /** Of its content. */
  hash: string;
  /** Its name changes with its content, so browsers may always keep it. */
  immutable: boolean;
  /** Compressed copies beside it: `file.br`, `file.gz`. */
  encodings: Encoding[];
}

export type Encoding = "br" | "gzip";

/** A build as an app uses it. */
export interface BuildCache {
  id: string;
  folder: URL;
  routes: RouteFile[];
  files: ReadonlyMap<string, StaticFile>;
  /** Island to the URLs of its script and of what that needs. */
  scripts: ReadonlyMap<string, string[]>;
  boot: string;
}

/** Loads what `Builder.build()` left in the folder; its URL ends in a slash. */
export async function loadBuild(folder: URL): Promise<BuildCache> {
  const url = new URL("snapshot.js", folder).href;
  const { snapshot }: { snapshot: Snapshot } = await import(url)
    .catch((error: unknown) => {
      throw new Error(`Cannot load the build ${url}`, { cause: error });
    });
  return buildOf(snapshot, folder);
}

/** Islands and hashes of the build are known from now on. */
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

/** Helpers beside components are no islands. */
function isComponent(name: string, value: unknown): value is object {
  return typeof value === "function" && /^([A-Z]|default$)/.test(name);
}

/** What `asset()` knows; a name with its own hash needs none. */
export function assetsOf(files: StaticFile[]): Record<string, string> {
  return Object.fromEntries(
    files.filter((file) => !file.immutable).map((f) => [f.path, f.hash]),
  );
}

import { pathToFileURL } from "node:url";
import { setAssets } from "./assets.ts";
import { registerIsland } from "./server_vnodes.ts";

/** The result of a build: the exports of `_fresh/snapshot.js`. */
export interface Snapshot {
  /** Changes with each build. */
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
  /** Path from the root of the project. */
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

/** A build as an app uses it. `root` is the folder of the project. */
export class ProdBuildCache {
  readonly id: string;
  readonly boot: string;
  readonly root: URL;
  readonly routes: RouteFile[];
  readonly files: ReadonlyMap<string, StaticFile>;
  /** URLs of each island's script and of the chunks that it needs. */
  readonly scripts: ReadonlyMap<string, string[]>;

  /** Registers the islands, and the hashes of static files for `asset()`. */
  constructor(root: string, { id, boot, routes, files, islands }: Snapshot) {
    this.id = id;
    this.boot = boot;
    this.root = new URL(pathToFileURL(root).href.replace(/\/*$/, "/"));
    this.routes = routes;
    this.files = new Map(files.map((file) => [file.path, file]));
    const scripts = new Map<string, string[]>();
    for (const { name, module, scripts: urls } of islands) {
      for (const [exported, value] of Object.entries(module)) {
        if (!isComponent(exported, value)) continue;
        registerIsland(value, `${name}:${exported}`);
        scripts.set(`${name}:${exported}`, urls);
      }
    }
    this.scripts = scripts;
    setAssets(assetsOf(files));
  }
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

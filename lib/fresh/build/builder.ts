import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { setBuildCache } from "../app.ts";
import { loadBuild } from "../build_cache.ts";
import { fileUrl } from "../file_url.ts";
import { bundleIslands } from "./islands.ts";
import { writeSnapshot } from "./snapshot.ts";
import { copyStatic } from "./static_folder.ts";
import { walk } from "./walk.ts";

export interface BuildOptions {
  /** Folder of the project; default: the current one. */
  root?: string;
  /** Folder for the build, relative to the root; default `_fresh`. */
  outDir?: string;
  /** Identifies the build; default: a hash of its content. */
  buildId?: string;
  /** Rewrites scripts and style sheets for older browsers; default:
   * unchanged. */
  lower?: Lower;
}

/** Rewrites built files before they are named by their content and
 * compressed. */
export interface Lower {
  /** Rewrites all scripts in a folder. May rename chunks, but no entry. */
  scripts(folder: URL): Promise<void>;
  /** Returns one style sheet of the static folder, rewritten. */
  style(css: string): string;
}

/** URL path of the islands' scripts. */
const SCRIPTS = "/_fresh/";

/**
 * Builds alternate between these folders, so that a failed build leaves the
 * last one unchanged for a server that still uses its files.
 */
const TURNS = ["a/", "b/"] as const;

/** Creates the server's files from `routes/`, `islands/` and `static/`. */
export class Builder {
  readonly #root: string;
  readonly #out: URL;
  readonly #buildId: string | undefined;
  readonly #lower: Lower | undefined;

  constructor(
    { root = ".", outDir = "_fresh", buildId, lower }: BuildOptions = {},
  ) {
    this.#lower = lower;
    this.#root = resolve(root);
    this.#out = folderUrl(this.#root, outDir);
    this.#buildId = buildId;
  }

  /** Writes the build, for `loadBuild()`. */
  build(): Promise<void>;
  /**
   * Writes and loads the build; returns the function that passes it to apps.
   */
  build(options: { snapshot: "memory" }): Promise<(app: object) => void>;
  async build(
    options?: { snapshot: "memory" },
  ): Promise<((app: object) => void) | void> {
    const [turn, last] = await exists(new URL(TURNS[0], this.#out))
      ? TURNS.toReversed()
      : TURNS;
    const made = new URL(turn ?? "", this.#out);
    await removed(made);
    try {
      await this.#make(made);
    } catch (error) {
      await removed(made);
      throw error;
    }
    await removed(new URL(last ?? "", this.#out));
    if (options === undefined) return;
    const build = await loadBuild(this.#out);
    return (app) => setBuildCache(app, build);
  }

  async #make(made: URL): Promise<void> {
    const routeDir = folderUrl(this.#root, "routes");
    const islandDir = folderUrl(this.#root, "islands");
    const inRoutes = (await walk(routeDir)).filter(isCode);
    const inIslands = (await walk(islandDir)).filter(isCode);
    const islands = [
      ...inIslands.map((path) => ({ path, url: fileUrl(path, islandDir) })),
      ...inRoutes.filter((path) => /(^|\/)\(_islands\)\//.test(path))
        .map((path) => ({ path, url: fileUrl(path, routeDir) })),
    ].filter(({ path }) => path.endsWith("x")); // Helpers are not islands.
    const files = await copyStatic(
      { from: folderUrl(this.#root, "static"), prefix: "/", immutable: false },
      { to: new URL("static/", made), root: this.#out },
      this.#lower?.style,
    );
    const bundled = await bundleIslands(
      islands,
      { files, made, lower: this.#lower?.scripts },
      SCRIPTS,
    );
    const scripts = await copyStatic(
      { from: new URL("bundled/", made), prefix: SCRIPTS, immutable: true },
      { to: new URL("scripts/", made), root: this.#out },
    );
    const routes = inRoutes.filter((path) => !/(^|\/)\(_/.test(path))
      .map((path) => ({ path, url: fileUrl(path, routeDir) }));
    await writeSnapshot(
      { ...bundled, routes, files: [...files, ...scripts] },
      { out: this.#out, buildId: this.#buildId },
    );
  }
}

/** As a URL that ends in a slash. */
function folderUrl(root: string, path: string): URL {
  return new URL(pathToFileURL(resolve(root, path)).href + "/");
}

function isCode(path: string): boolean {
  return /\.[jt]sx?$/.test(path) && !/[._]test\.[jt]sx?$/.test(path);
}

async function exists(url: URL): Promise<boolean> {
  try {
    await Deno.stat(url);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function removed(folder: URL): Promise<void> {
  if (await exists(folder)) await Deno.remove(folder, { recursive: true });
}

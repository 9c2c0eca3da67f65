import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { fileUrl } from "../file_url.ts";
import { bundleIslands } from "./islands.ts";
import { writeSnapshot } from "./snapshot.ts";
import { copyStatic } from "./static_folder.ts";
import { walk } from "./walk.ts";

interface BuildOptions {
  /** Folder of the project; default: the current one. */
  root?: string;
  /** Folder for the build, relative to the root; default `_fresh`. */
  outDir?: string;
  /** Rewrites scripts and style sheets for older browsers; default:
   * unchanged. */
  lower?: Lower;
}

/** Rewrites built files before they are named by their content and
 * compressed. */
interface Lower {
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
  readonly #lower: Lower | undefined;

  constructor(
    { root = ".", outDir = "_fresh", lower }: BuildOptions = {},
  ) {
    this.#lower = lower;
    this.#root = resolve(root);
    this.#out = folderUrl(this.#root, outDir);
  }

  /** Writes the files and `snapshot.js`, which lists them. */
  async build(): Promise<void> {
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
  }

  async #make(made: URL): Promise<void> {
    const routeDir = folderUrl(this.#root, "routes");
    const islandDir = folderUrl(this.#root, "islands");
    const inRoutes = (await walk(routeDir)).filter(isCode);
    const inIslands = (await walk(islandDir)).filter(isCode);
    const islands = inIslands.filter((path) => path.endsWith("x")) // No helpers.
      .map((path) => ({ path, url: fileUrl(path, islandDir) }));
    const root = folderUrl(this.#root, "");
    const files = await copyStatic(
      { from: folderUrl(this.#root, "static"), prefix: "/", immutable: false },
      { to: new URL("static/", made), root },
      this.#lower?.style,
    );
    const bundled = await bundleIslands(
      islands,
      { files, made, lower: this.#lower?.scripts },
      SCRIPTS,
    );
    const scripts = await copyStatic(
      { from: new URL("bundled/", made), prefix: SCRIPTS, immutable: true },
      { to: new URL("scripts/", made), root },
    );
    const routes = inRoutes
      .map((path) => ({ path, url: fileUrl(path, routeDir) }));
    await writeSnapshot(
      { ...bundled, routes, files: [...files, ...scripts] },
      this.#out,
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

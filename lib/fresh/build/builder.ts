import { pathToFileURL } from "node:url";
import { setBuildCache } from "../app.ts";
import { loadBuild } from "../build_cache.ts";
import { bundleIslands } from "./islands.ts";
import { writeSnapshot } from "./snapshot.ts";
import { copyStatic } from "./static_folder.ts";
import { fileUrl, walk } from "./walk.ts";

export interface BuildOptions {
  /** Folder of the project; everything else is relative to it. */
  root?: string;
  /** Default `_fresh`. */
  outDir?: string;
  /** Default `static`. */
  staticDir?: string;
  /** Default `islands`. */
  islandDir?: string;
  /** Default `routes`. */
  routeDir?: string;
  /** Tells builds apart; the default is a hash of what was made. */
  buildId?: string;
}

/** Where browsers see the scripts of islands. */
const SCRIPTS = "/_fresh/";

/** Makes of routes, islands and static files what the server needs. */
export class Builder {
  readonly #options: BuildOptions;

  constructor(options: BuildOptions = {}) {
    this.#options = options;
  }

  /** Writes the build, for `loadBuild()`. */
  build(): Promise<void>;
  /** Writes it and loads it: the function that comes back gives it to apps. */
  build(options: { snapshot: "memory" }): Promise<(app: object) => void>;
  async build(
    options?: { snapshot: "memory" },
  ): Promise<((app: object) => void) | void> {
    const { outDir = "_fresh", buildId } = this.#options;
    const out = this.#folder(outDir);
    for (const made of ["entries", "scripts", "static"]) {
      await removed(new URL(`${made}/`, out));
    }
    const routeDir = this.#folder(this.#options.routeDir ?? "routes");
    const inRoutes = (await walk(routeDir)).filter(isCode);
    const routes = inRoutes.filter((path) => !/(^|\/)\(_/.test(path))
      .map((path) => ({ path, url: fileUrl(path, routeDir) }));
    const files = await copyStatic(
      {
        from: this.#folder(this.#options.staticDir ?? "static"),
        prefix: "/",
        immutable: false,
      },
      new URL("static/", out),
      out,
    );
    const { islands, boot } = await bundleIslands(
      [
        ...await this.#islandFiles(),
        ...inRoutes.filter((path) =>
          isComponents(path) && /(^|\/)\(_islands\)\//.test(path)
        )
          .map((path) => ({ path, url: fileUrl(path, routeDir) })),
      ],
      { files, out, prefix: SCRIPTS },
    );
    const scripts = await copyStatic(
      { from: new URL("scripts/", out), prefix: SCRIPTS, immutable: true },
      new URL("static/_fresh/", out),
      out,
    );
    const all = [...files, ...scripts];
    await writeSnapshot({ routes, islands, boot, files: all, buildId }, out);
    if (options === undefined) return;
    const build = await loadBuild(out);
    return (app) => setBuildCache(app, build);
  }

  async #islandFiles(): Promise<{ path: string; url: URL }[]> {
    const folder = this.#folder(this.#options.islandDir ?? "islands");
    return (await walk(folder)).filter(isComponents)
      .map((path) => ({ path, url: fileUrl(path, folder) }));
  }

  #folder(path: string): URL {
    const cwd = pathToFileURL(Deno.cwd() + "/");
    const root = pathToFileURL((this.#options.root ?? Deno.cwd()) + "/");
    return new URL(fileUrl(path + "/", path.startsWith("/") ? cwd : root));
  }
}

function isCode(path: string): boolean {
  return /\.[jt]sx?$/.test(path) && !/[._]test\.[jt]sx?$/.test(path);
}

function isComponents(path: string): boolean {
  return isCode(path) && /x$/.test(path);
}

async function removed(folder: URL): Promise<void> {
  try {
    await Deno.remove(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

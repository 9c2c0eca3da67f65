import { fileURLToPath } from "node:url";
import type { App } from "fresh";
import { ProdBuildCache, setBuildCache } from "fresh/internal";

// The only file that uses names of Fresh that its documentation doesn't list.

/** A build as an app uses it. */
export type Build = ProdBuildCache;

/**
 * Loads the build in `folder`, whose URL ends in a slash, of the project at
 * `root`. Rejects if there is none.
 */
export async function loadBuild(
  folder: URL,
  root: URL = new URL("../", folder),
): Promise<Build> {
  const { href } = new URL("snapshot.js", folder);
  const snapshot = await import(href).catch((error: unknown) => {
    throw new Error(`Cannot load the build ${href}`, { cause: error });
  });
  return new ProdBuildCache(fileURLToPath(root), snapshot);
}

/** Gives the app its routes, islands and static files. */
export function setBuild<State>(
  app: App<State>,
  build: Build,
  { dev }: { dev: boolean },
): void {
  setBuildCache(app, build, dev ? "development" : "production");
}

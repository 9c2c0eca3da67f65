import { fileURLToPath } from "node:url";
import { ProdBuildCache } from "fresh/internal";
import type { Build } from "@/lib/web/fresh_build.ts";
import type { CodeFile } from "./route_files.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Returns a build of route and island files without static files, so that
 * tests need no built files. */
export function buildOf(routes: CodeFile[], islands: CodeFile[] = []): Build {
  return new ProdBuildCache(ROOT, {
    id: "test",
    routes,
    islands: islands.map(({ path, module }) => ({
      name: path,
      scripts: [`/${path}.js`],
      module,
    })),
    boot: "/boot.js",
    files: [],
  });
}

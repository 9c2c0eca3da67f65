/** The names of `fresh/internal` by which a program gives an app its build. */
export { setBuildCache } from "./app.ts";
export { ProdBuildCache, type Snapshot } from "./prod_build_cache.ts";

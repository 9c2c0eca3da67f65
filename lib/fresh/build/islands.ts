import { assetsOf, type StaticFile } from "../prod_build_cache.ts";
import { bundle } from "./bundle.ts";

export interface IslandSource {
  /** Path from the islands' folder: `chat/Panel.tsx`. */
  path: string;
  url: URL;
}

export interface BundledIsland {
  name: string;
  url: URL;
  /** URLs of its script and of the chunks that the script imports. */
  scripts: string[];
}

export interface BundledIslands {
  islands: BundledIsland[];
  boot: string;
}

/**
 * Bundles each island file into a script that registers it, and another script
 * that hydrates. Shared code becomes chunks; all files are in `bundled/`.
 * `asset()` in them knows the hashes of `files`; `prefix` is the URL path of
 * the scripts.
 */
export async function bundleIslands(
  sources: IslandSource[],
  { files, made, lower }: {
    files: StaticFile[];
    made: URL;
    lower: ((folder: URL) => Promise<void>) | undefined;
  },
  prefix: string,
): Promise<BundledIslands> {
  if (sources.length === 0) return { islands: [], boot: "" };
  const folder = new URL("entries/", made);
  const modules = entryModules(withNames(sources), files);
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, code] of modules) {
    await Deno.writeTextFile(new URL(`${name}.ts`, folder), code);
  }
  const entries = [...modules.keys()].filter((name) => name !== ASSETS);
  const bundled = await bundle(entries, {
    from: folder,
    to: new URL("bundled/", made),
    lower,
  });
  const urls = (entry: string) =>
    (bundled.get(entry) ?? []).map((name) => prefix + name);
  const islands = withNames(sources).map(({ name, url }) => {
    return { name, url, scripts: urls(`island_${name}`) };
  });
  return { islands, boot: urls(BOOT)[0] ?? "" };
}

const ASSETS = "assets";
const BOOT = "boot";

/** Maps names to code. Every entry sets the assets before its island runs. */
function entryModules(
  islands: { name: string; url: URL }[],
  files: StaticFile[],
): Map<string, string> {
  const client = JSON.stringify(import.meta.resolve("../client.ts"));
  const assets = JSON.stringify(import.meta.resolve("../assets.ts"));
  const modules = new Map<string, string>();
  modules.set(
    ASSETS,
    `import { setAssets } from ${assets};\n` +
      `setAssets(${JSON.stringify(assetsOf(files))});\n`,
  );
  modules.set(BOOT, `import { boot } from ${client};\nboot();\n`);
  for (const { name, url } of islands) {
    modules.set(
      `island_${name}`,
      `import "./${ASSETS}.ts";\n` +
        `import { register } from ${client};\n` +
        `import * as island from ${JSON.stringify(url.href)};\n` +
        `register(${JSON.stringify(name)}, island);\n`,
    );
  }
  return modules;
}

/** Gives each island a unique name that is valid in file names. */
function withNames(sources: IslandSource[]): { name: string; url: URL }[] {
  const used = new Set<string>();
  return sources.map(({ path, url }) => {
    const base = path.replace(/\.\w+$/, "").replace(/\W+/g, "_");
    let name = base;
    for (let n = 2; used.has(name); n++) name = `${base}_${n}`;
    used.add(name);
    return { name, url };
  });
}

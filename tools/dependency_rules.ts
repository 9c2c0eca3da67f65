import * as v from "valibot";

// The rules for every package of the product, as far as they can be checked
// without a service.

/** Licences of packages that may be shipped. */
export const LICENCES = [
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "Unlicense",
];
/** Additional licences for packages that only tests and tools use. */
export const TOOL_LICENCES = ["BlueOak-1.0.0", "CC0-1.0", "MPL-2.0"];
/** Packages that may be shipped under another licence, with that licence. The
 * MPL-2.0 covers the package's own files only: it is shipped unmodified, in a
 * separate script with a notice that names its source. */
const SHIPPED_EXCEPTIONS: Record<string, string> = { "ical.js": "MPL-2.0" };
/** npm's install scripts. Deno does not run them, and other tools must not
 * either. */
const INSTALL_SCRIPTS = ["preinstall", "install", "postinstall"];
/** Tools that work without their install script, which Deno does not run. The
 * build and its tests would fail if one did not. */
const NEEDLESS_SCRIPTS = ["esbuild"];

const Texts = v.record(v.string(), v.string());

/** A deno.lock, version 5. */
export const Lock = v.object({
  version: v.literal("5"),
  npm: v.record(
    v.string(),
    v.object({
      integrity: v.optional(v.string(), ""),
      dependencies: v.optional(v.array(v.string()), []),
      /** Systems and processors of the package; undefined for all. */
      os: v.optional(v.array(v.string())),
      cpu: v.optional(v.array(v.string())),
    }),
  ),
  jsr: v.optional(v.record(v.string(), v.unknown()), {}),
  remote: v.optional(Texts, {}),
});
export type Lock = v.InferOutput<typeof Lock>;

/** A package.json, with the registry's data about it. */
export const Manifest = v.object({
  license: v.optional(v.unknown()),
  scripts: v.optional(v.record(v.string(), v.unknown()), {}),
  deprecated: v.optional(v.union([v.string(), v.boolean()])),
});
export type Manifest = v.InferOutput<typeof Manifest>;

export interface Dependencies {
  lock: Lock;
  /** The import map of deno.json. */
  imports: Record<string, string>;
  /** Names in the import map that the product itself uses. */
  shipped: readonly string[];
  /** Returns an installed package by `name@version`; undefined if it is
   * missing. */
  manifest(id: string): Manifest | undefined;
  /** The system and the processor of this host, in npm's names. */
  platform: { os: string; cpu: string };
}

/** Returns the problems of the packages: one sentence each. */
export function problemsOf(dependencies: Dependencies): string[] {
  const { lock, imports } = dependencies;
  const shipped = closure(dependencies);
  return [
    ...Object.keys(lock.jsr).map((id) => `${id} is not from npm`),
    ...Object.keys(lock.remote).map((url) => `${url} is not from npm`),
    ...Object.entries(imports).flatMap(([name, target]) =>
      pinProblem(name, target)
    ),
    ...Object.entries(lock.npm).flatMap(([key, entry]) => [
      ...(/^sha512-[\w+/]{86}==$/.test(entry.integrity)
        ? []
        : [`${idOf(key)} has no SHA-512 in deno.lock`]),
      ...isForeign(entry, dependencies.platform) ? [] : manifestProblems(
        idOf(key),
        dependencies.manifest(idOf(key)),
        shipped.has(key),
      ),
    ]),
  ];
}

/** True if the package is for other platforms, so it is not installed here. */
function isForeign(
  { os, cpu }: Lock["npm"][string],
  platform: Dependencies["platform"],
): boolean {
  return os?.includes(platform.os) === false ||
    cpu?.includes(platform.cpu) === false;
}

/** Returns `name@version` of a key of the lock, which may also contain its
 * peers. */
export function idOf(key: string): string {
  return /^@?[^@]+@[^_]+/.exec(key)?.[0] ?? key;
}

function pinProblem(name: string, target: string): string[] {
  if (target.startsWith("./")) return [];
  return /^npm:@?[^@]+@\d+\.\d+\.\d+(-[\w.]+)?(\/[\w./-]+)?$/.test(target)
    ? []
    : [`${name} is not pinned to one version: ${target}`];
}

function manifestProblems(
  id: string,
  manifest: Manifest | undefined,
  isShipped: boolean,
): string[] {
  if (manifest === undefined) return [`${id} is not installed: deno install`];
  const { license, scripts, deprecated } = manifest;
  const exception = SHIPPED_EXCEPTIONS[id.slice(0, id.lastIndexOf("@"))];
  const allowed = isShipped
    ? [...LICENCES, ...exception === undefined ? [] : [exception]]
    : [...LICENCES, ...TOOL_LICENCES];
  const isNeedless = !isShipped &&
    NEEDLESS_SCRIPTS.some((name) => id.startsWith(`${name}@`));
  const runs = isNeedless
    ? []
    : INSTALL_SCRIPTS.filter((name) => name in scripts);
  return [
    ...(typeof license === "string" && allowed.includes(license)
      ? []
      : [`${id} has the licence ${JSON.stringify(license)}`]),
    ...runs.map((name) => `${id} runs a script at ${name}`),
    ...(deprecated ? [`${id} is deprecated: ${deprecated}`] : []),
  ];
}

/** Returns the keys of the lock that the shipped packages need. */
function closure({ lock, imports, shipped }: Dependencies): Set<string> {
  const keys = Object.keys(lock.npm);
  const found = new Set<string>();
  const waiting = shipped
    .map((name) => imports[name]?.replace("npm:", ""))
    .filter((id) => id !== undefined);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    // A dependency has no version in the lock if there is only one.
    const wanted = id;
    const key = keys.find((key) => key === wanted) ??
      keys.find((key) => idOf(key) === idOf(wanted)) ??
      keys.find((key) => key.startsWith(`${wanted}@`));
    if (key === undefined || found.has(key)) continue;
    found.add(key);
    waiting.push(...lock.npm[key]?.dependencies ?? []);
  }
  return found;
}

import * as v from "valibot";

// What every package must be that this product is made of, as far as it can be
// told without anybody else's service.

/** Licences under which packages may be shipped. */
export const LICENCES = [
  "MIT",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "Unlicense",
];
/** Those that only tests and tools use may have these too. */
export const TOOL_LICENCES = ["BlueOak-1.0.0", "CC0-1.0", "MPL-2.0"];
/** What npm runs at an installation. Deno does not, and others shall not either. */
const INSTALL_SCRIPTS = ["preinstall", "install", "postinstall"];
/** Tools that work without their install script, which Deno does not run. The
 * build and its tests would fail if one did not. */
const NEEDLESS_SCRIPTS = ["esbuild"];

const Texts = v.record(v.string(), v.string());

/** Of a deno.lock, version 5. */
export const Lock = v.object({
  version: v.literal("5"),
  npm: v.record(
    v.string(),
    v.object({
      integrity: v.optional(v.string(), ""),
      dependencies: v.optional(v.array(v.string()), []),
      /** Systems and processors that the package is for; undefined: all. */
      os: v.optional(v.array(v.string())),
      cpu: v.optional(v.array(v.string())),
    }),
  ),
  jsr: v.optional(v.record(v.string(), v.unknown()), {}),
  remote: v.optional(Texts, {}),
});
export type Lock = v.InferOutput<typeof Lock>;

/** Of a package.json, and of what the registry says about it. */
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
  /** What is installed, by `name@version`; undefined: nothing. */
  manifest(id: string): Manifest | undefined;
  /** The system and the processor of this computer, as npm names them. */
  platform: { os: string; cpu: string };
}

/** What is wrong with the packages: one sentence each. */
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

/** True if the package is for other computers, so that it is not installed here. */
function isForeign(
  { os, cpu }: Lock["npm"][string],
  platform: Dependencies["platform"],
): boolean {
  return os?.includes(platform.os) === false ||
    cpu?.includes(platform.cpu) === false;
}

/** `name@version` of a key of the lock, which may also name its peers. */
export function idOf(key: string): string {
  return /^@?[^@]+@[^_]+/.exec(key)?.[0] ?? key;
}

function pinProblem(name: string, target: string): string[] {
  if (target.startsWith("./")) return [];
  return /^npm:@?[^@]+@\d+\.\d+\.\d+(-[\w.]+)?$/.test(target)
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
  const allowed = isShipped ? LICENCES : [...LICENCES, ...TOOL_LICENCES];
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

/** Keys of the lock that what is shipped needs. */
function closure({ lock, imports, shipped }: Dependencies): Set<string> {
  const keys = Object.keys(lock.npm);
  const found = new Set<string>();
  const waiting = shipped
    .map((name) => imports[name]?.replace("npm:", ""))
    .filter((id) => id !== undefined);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    // A dependency is named without its version where there is only one.
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

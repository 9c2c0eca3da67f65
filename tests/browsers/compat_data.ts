import { createRequire } from "node:module";
import type {
  CompatData,
  Identifier,
  SimpleSupportStatement,
  SupportStatement,
} from "@mdn/browser-compat-data";
import type { Targets } from "@/tools/browser_targets.ts";

// Reads MDN's browser-compat-data: the version of each browser that brought each
// feature of JavaScript, the DOM and CSS.

/** A feature by its path in the data: `api.URL.parse_static`. */
export type FeatureId = string;

/** Browsers by their names in the data, with the family that each belongs to. */
const BROWSERS = [
  ["safari", "safari"],
  ["safari_ios", "safari"],
  ["chrome", "chrome"],
  ["firefox", "firefox"],
] as const;

const require = createRequire(import.meta.url);
const data: CompatData = require("@mdn/browser-compat-data");

/** The entry at a path, or undefined. */
export function entryAt(path: FeatureId): Identifier | undefined {
  let at: Identifier | undefined = {
    api: data.api,
    css: data.css,
    javascript: data.javascript,
  };
  for (const name of path.split(".")) {
    if (at === undefined || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

/** Paths of the direct members of an entry. */
export function membersOf(path: FeatureId): FeatureId[] {
  return Object.keys(entryAt(path) ?? {})
    .filter((name) => name !== "__compat")
    .map((name) => `${path}.${name}`);
}

/** Names the browsers among the targets that lack a feature. Empty: all have it,
 * or the data does not know it. */
export function lackingIn(path: FeatureId, targets: Targets): string[] {
  const support = entryAt(path)?.__compat?.support;
  if (support === undefined) return [];
  return BROWSERS
    .filter(([name, family]) => !isThere(support[name], targets[family]))
    .map(([name, family]) => `${name} ${targets[family]}`);
}

/** True if a browser has a feature whole, without a flag or another name. */
function isThere(
  statement: SupportStatement | undefined,
  version: string,
): boolean {
  if (statement === undefined) return true; // Never recorded.
  const statements = Array.isArray(statement) ? statement : [statement];
  return statements.some((each) => covers(each, version));
}

function covers(statement: SimpleSupportStatement, version: string): boolean {
  const { version_added: added, version_removed: removed } = statement;
  const isOther = statement.prefix !== undefined ||
    statement.alternative_name !== undefined || statement.flags !== undefined;
  if (isOther || typeof added !== "string" || added === "preview") return false;
  if (typeof removed === "string" && isAtLeast(version, removed)) return false;
  return isAtLeast(version, added.replace("≤", ""));
}

function isAtLeast(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major > otherMajor || (major === otherMajor && minor >= otherMinor);
}
